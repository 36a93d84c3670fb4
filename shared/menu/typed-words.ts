import type { Text } from './menu.ts'

/** Something of the menu that can be named in writing: an item, a size, a crust, a topping. */
export interface Named {
  id: string
  name: Text
}

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
const wordsOf = (text: string) =>
  plain(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)

/** The names of one thing, word by word: in each language, and its id. */
export interface Spelled<Thing extends Named> {
  thing: Thing
  names: string[][]
}

export const spell = <Thing extends Named>(things: readonly Thing[]): Spelled<Thing>[] =>
  things.map((thing) => {
    const names = [...Object.values(thing.name), thing.id].map(wordsOf).filter((words) => words.length > 0)
    return { thing, names: [...new Map(names.map((words) => [words.join(' '), words])).values()] }
  })

/** Whether each asked word begins a word of the name, in the name's order; where the first of them stands, or -1. */
function beginsAt(asked: string[], name: string[], same: (word: string, asked: string) => boolean): number {
  let at = -1
  let first = -1
  for (const word of asked) {
    at = name.findIndex((other, index) => index > at && same(other, word))
    if (at < 0) return -1
    if (first < 0) first = at
  }
  return first
}
const isWhole = (word: string, asked: string) => word === asked
const begins = (word: string, asked: string) => word.startsWith(asked)

/** How well a thing answers to what was written: 0 its id, 4 a beginning somewhere in its name; null: not at all. */
function fit({ thing, names }: Spelled<Named>, written: string, asked: string[]): number | null {
  if (thing.id === written.toLowerCase()) return 0
  const all = asked.join(' ')
  if (names.some((words) => words.join(' ') === all)) return 1
  if (names.some((words) => beginsAt(asked, words, isWhole) >= 0)) return 2
  const starts = names.map((words) => beginsAt(asked, words, begins)).filter((at) => at >= 0)
  return starts.length === 0 ? null : starts.includes(0) ? 3 : 4
}

/** What answers to the words, each with how well (`fit`); the best first. */
export function fitting<Thing extends Named>(
  things: readonly Spelled<Thing>[],
  written: string,
): { thing: Thing; fit: number }[] {
  const asked = wordsOf(written)
  if (asked.length === 0) return []
  return things
    .flatMap((one) => {
      const found = fit(one, written, asked)
      return found === null ? [] : [{ thing: one.thing, fit: found }]
    })
    .sort((a, b) => a.fit - b.fit)
}

/** Only those that answer best. */
export function best<Thing extends Named>(things: readonly Spelled<Thing>[], written: string): Thing[] {
  const found = fitting(things, written)
  return found.filter(({ fit }) => fit === found[0]!.fit).map(({ thing }) => thing)
}
