import type { Draft, Wish } from './draft.ts'
import { includedSide, lineOf, newDraft } from './draft.ts'
import type { Half, Line } from './line.ts'
import type { Menu, MenuCrust, MenuItem, MenuTopping, Text } from './menu.ts'
import { best, fitting, spell, type Named, type Spelled } from './typed-words.ts'

/**
 * A line as the counter types it while the phone is at their ear: `mar 2 l +oli -bas`. Beginnings of words of the item
 * (in any of the shop's languages, or its id; `mar/dia` is half and half), how many, the beginning of a size and of a
 * crust, `+` what is added (`++`, or what is on it already: extra), `-` what is left out; `/l` and `/r` put either on
 * one half; what stands in quotation marks is for the kitchen.
 */
export type TypedLine =
  | { name: 'empty' }
  | { name: 'line'; line: Line }
  /** Several things answer to `token`; each choice is the whole text with that one named in full. */
  | { name: 'choose'; token: string; choices: TypedChoice[] }
  | { name: 'unknown'; token: string }

export interface TypedChoice {
  label: Text
  text: string
}

/** A menu prepared for typing: made once for a menu, and asked at each key. */
export interface TypedMenu {
  menu: Menu
  items: Spelled<MenuItem>[]
  crusts: Spelled<MenuCrust>[]
  toppings: Spelled<MenuTopping>[]
}

export const typedMenu = (menu: Menu): TypedMenu => ({
  menu,
  items: spell(menu.items),
  crusts: spell(menu.crusts),
  toppings: spell(menu.toppings),
})

/** More of one line is a slip of the finger. */
const maxTyped = 999
const maxWishes = 30

interface Tokens {
  all: string[]
  /** Places in `all`. */
  bare: number[]
  wishes: { at: number; sign: '+' | '++' | '-'; word: string; half: Half; suffix: string }[]
  quantity: number
  note: string
  problem: string | null
}

const halves: Record<string, Half> = { l: 'left', g: 'left', s: 'left', r: 'right', d: 'right' }

function readTokens(text: string): Tokens {
  const note = /"([^"]*)"?/.exec(text)
  const all = text
    .replace(/"[^"]*"?/g, ' ')
    .split(/\s+/)
    .filter(Boolean)
  const tokens: Tokens = { all, bare: [], wishes: [], quantity: 0, note: note?.[1]?.trim() ?? '', problem: null }
  const numbers: number[] = []
  for (const [at, token] of all.entries()) {
    const wish = /^(\+\+?|-)(.*?)(\/([lgsrd]))?$/i.exec(token)
    if (/^(\d+x?|x\d+)$/i.test(token)) numbers.push(at)
    else if (!wish) tokens.bare.push(at)
    else if (wish[2])
      tokens.wishes.push({
        at,
        sign: wish[1] as '+' | '++' | '-',
        word: wish[2],
        half: halves[wish[4]?.toLowerCase() ?? ''] ?? 'whole',
        suffix: wish[3] ?? '',
      })
  }
  // A name may be a number, but only where nothing else is a name.
  if (tokens.bare.length === 0 && numbers.length > 0) tokens.bare.push(numbers.shift()!)
  const [first, second] = numbers
  tokens.quantity = first === undefined ? 1 : Number(all[first]!.replace(/x/i, ''))
  const tooMany = tokens.quantity < 1 || tokens.quantity > maxTyped
  tokens.problem = tooMany ? all[first!]! : second === undefined ? null : all[second]!
  return tokens
}

/** One way to understand the words that are no wishes. */
interface Reading {
  item: MenuItem
  other: MenuItem | null
  /** How many words name the item. */
  words: number
  fit: number
  /** What the words after the name say, each by its place. */
  rest: { at: number; sizes: Named[]; crusts: Named[] }[]
}

function readings(known: TypedMenu, { all, bare }: Tokens): Reading[] {
  const found: Reading[] = []
  for (let words = 1; words <= bare.length; words++) {
    const [left = '', right] = bare
      .slice(0, words)
      .map((at) => all[at]!)
      .join(' ')
      .split('/')
    for (const { item, other, fit } of named(known, left, right)) {
      const rest = bare.slice(words).map((at) => ({
        at,
        sizes: best(spell(item.sizes), all[at]!),
        crusts: item.kind === 'pizza' ? best(known.crusts, all[at]!) : [],
      }))
      if (rest.every(({ sizes, crusts }) => sizes.length + crusts.length > 0))
        found.push({ item, other, words, fit, rest })
    }
  }
  return found
}

function* named({ items }: TypedMenu, left: string, right: string | undefined) {
  const ones = fitting(items, left)
  if (right === undefined) {
    for (const { thing: item, fit } of ones) yield { item, other: null, fit }
    return
  }
  const pizzas = ({ thing }: { thing: MenuItem }) => thing.kind === 'pizza'
  for (const { thing: item, fit } of ones.filter(pizzas))
    for (const { thing: other, fit: more } of fitting(items, right).filter(pizzas))
      if (other.id !== item.id && item.sizes.some(({ id }) => other.sizes.some((size) => size.id === id)))
        yield { item, other, fit: fit + more }
}

/** What is on a pizza, and so can be left out. */
const onIt = ({ toppings }: TypedMenu, { item, other }: Reading) =>
  toppings.filter(({ thing }) => item.toppings.includes(thing.id) || other?.toppings.includes(thing.id))

/** Reads a typed line. Pure: the same menu and text always give the same answer. */
export function readTyped(known: TypedMenu, text: string): TypedLine {
  const tokens = readTokens(text)
  const { all, bare, wishes, quantity, note, problem } = tokens
  if (bare.length === 0) return all.length === 0 ? { name: 'empty' } : { name: 'unknown', token: all[0]! }
  if (problem) return { name: 'unknown', token: problem }

  const possible = readings(known, tokens)
  if (possible.length === 0) return { name: 'unknown', token: bare.map((at) => all[at]!).join(' ') }
  // What is left out tells which one is meant: only one of Margherita and Marinara has basil.
  const having = (reading: Reading, { sign, word }: Tokens['wishes'][number]) =>
    reading.item.kind === 'pizza' && (sign !== '-' || best(onIt(known, reading), word).length > 0)
  const fitted = possible.filter((reading) => wishes.every((wish) => having(reading, wish)))
  if (fitted.length === 0) {
    const wrong = wishes.find((wish) => !possible.some((reading) => having(reading, wish))) ?? wishes[0]!
    return { name: 'unknown', token: all[wrong.at]! }
  }
  const least = Math.min(...fitted.map(({ fit }) => fit))
  const meant = fitted.filter(({ fit }) => fit === least)
  const write = (replace: Map<number, string>) =>
    [...all.map((token, at) => replace.get(at) ?? token).filter(Boolean), ...(note ? [`"${note}"`] : [])].join(' ')
  const choose = (token: string, choices: TypedChoice[]): TypedLine => ({ name: 'choose', token, choices })

  const names = new Map(meant.map((one) => [`${one.item.id}/${one.other?.id ?? ''}`, one]))
  if (names.size > 1)
    return choose(
      bare
        .slice(0, meant[0]!.words)
        .map((at) => all[at]!)
        .join(' '),
      [...names.values()].map(({ item, other, words }) => ({
        label: other ? both(item.name, other.name) : item.name,
        text: write(
          new Map(bare.slice(0, words).map((at, n) => [at, n ? '' : other ? `${item.id}/${other.id}` : item.id])),
        ),
      })),
    )
  // The longest name leaves the fewest words to mean something else.
  const reading = meant.reduce((one, two) => (two.words > one.words ? two : one))
  const { item, other } = reading
  const draft: Draft = { ...newDraft(item), other: other?.id ?? null, quantity, note: note.slice(0, 140) }
  let sized = false
  for (const { at, sizes, crusts } of reading.rest) {
    const things = sizes.length > 0 && !sized ? sizes : crusts
    if (things.length === 0) return { name: 'unknown', token: all[at]! }
    if (things.length > 1)
      return choose(
        all[at]!,
        things.map(({ id, name }) => ({ label: name, text: write(new Map([[at, id]])) })),
      )
    if (things === sizes) {
      draft.size = things[0]!.id
      sized = true
    } else if (draft.crust) return { name: 'unknown', token: all[at]! }
    else draft.crust = things[0]!.id
  }
  if (other && !other.sizes.some(({ id }) => id === draft.size)) {
    const common = item.sizes.filter(({ id }) => other.sizes.some((size) => size.id === id))
    if (sized) return { name: 'unknown', token: all[bare[0]!]! }
    draft.size = common[0]!.id
  }

  for (const wish of wishes) {
    const found = best(wish.sign === '-' ? onIt(known, reading) : known.toppings, wish.word)
    const token = all[wish.at]!
    if (found.length > 1)
      return choose(
        token,
        found.map(({ id, name }) => ({
          label: name,
          text: write(new Map([[wish.at, `${wish.sign}${id}${wish.suffix}`]])),
        })),
      )
    const topping = found[0]?.id
    if (!topping || (!draft.wishes[topping] && Object.keys(draft.wishes).length === maxWishes))
      return { name: 'unknown', token }
    const before = draft.wishes[topping]
    draft.wishes[topping] = together(before, wishOf(known.menu, draft, topping, wish))
  }
  return { name: 'line', line: lineOf(known.menu, draft) }
}

function wishOf(
  menu: Menu,
  draft: Draft,
  topping: string,
  { sign, half }: { sign: '+' | '++' | '-'; half: Half },
): Wish {
  if (sign === '-') return { half, amount: 'none' }
  const side = includedSide(menu, draft, topping)
  return { half, amount: sign === '++' || side === 'whole' || (side !== null && side === half) ? 'extra' : 'normal' }
}

/** The same on the left and on the right is on the whole; else what was typed last counts. */
const together = (before: Wish | undefined, wish: Wish): Wish =>
  before && before.amount === wish.amount && before.half !== wish.half ? { ...wish, half: 'whole' } : wish

/** In each language, as far as both have it; where one lacks it, in English as everywhere. */
const both = (one: Text, two: Text): Text => ({
  fr: `${one.fr || one.en} / ${two.fr || two.en}`,
  en: `${one.en} / ${two.en}`,
  it: `${one.it || one.en} / ${two.it || two.en}`,
})
