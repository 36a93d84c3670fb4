import type { Ticket, TicketLine } from '../order/views.ts'
import type { Language, Text } from '../menu/menu.ts'
import type { Half } from '../menu/line.ts'
import { metrics } from './type-size.ts'

/** `with` is an addition; the others are always written as words, never as a sign or a colour alone. */
export type WishWord = 'no' | 'extra' | 'light' | 'with'
export interface Wish {
  word: WishWord
  half: Half
  text: string
}

/** A line as who makes it needs it: what it is, then what holds for all of it, then for its sides. */
export interface LineText {
  quantity: number
  size: string
  name: string
  /** The right half's name, when two pizzas share one base. */
  other: string | null
  crust: string
  all: Wish[]
  left: Wish[]
  right: Wish[]
  note: string
}

const wordOf = { none: 'no', light: 'light', normal: 'with', extra: 'extra' } as const
/** NO before EXTRA before LIGHT before additions: what is left off is what is forgotten. */
const rank = { no: 0, extra: 1, light: 2, with: 3 } as const

/** Puts a line into words of one language. Names fall back to English, then to the id: never to nothing. */
export function lineText(line: TicketLine, language: Language): LineText {
  const say = (text: Text | null | undefined, fallback: string) => text?.[language] || text?.en || fallback
  const wishes: Wish[] = [
    ...line.removed.map((one) => ({ word: 'no' as const, half: one.half, text: say(one.name, one.topping) })),
    ...line.toppings.map((one) => ({
      word: wordOf[one.amount] ?? 'with',
      half: one.half,
      text: say(one.name, one.topping),
    })),
  ].sort((a, b) => rank[a.word] - rank[b.word])
  const on = (half: Half) => wishes.filter((wish) => wish.half === half)
  return {
    quantity: line.quantity,
    size: line.kind === 'pizza' ? say(line.sizeName, line.size) : '',
    name: say(line.name, line.item),
    other: line.half ? say(line.half.name, line.half.item) : null,
    crust: line.crust ? say(line.crustName, line.crust) : '',
    all: on('whole'),
    left: on('left'),
    right: on('right'),
    note: line.note,
  }
}

export const hasSides = (line: LineText) => line.other !== null || line.left.length + line.right.length > 0

/** How many rows of text a text of so many characters takes, broken at words. */
export function rowsOf(text: string, characters: number): number {
  let rows = 1
  let used = 0
  for (const word of text.split(/\s+/)) {
    const length = Math.max(1, word.length)
    if (used > 0 && used + 1 + length > characters) {
      rows++
      used = 0
    }
    rows += Math.ceil(length / characters) - 1
    used = used === 0 ? length % characters || length : used + 1 + length
  }
  return rows
}

/** Words in capitals are about half as wide again. */
const wishText = (wish: Wish) =>
  `${'x'.repeat(wish.word === 'with' ? 1 : Math.ceil(wish.word.length * 1.5) + 1)} ${wish.text}`

/** Characters in a row: of a name beside its drawing, and of the smaller words below it. */
export interface Measure {
  characters: number
  wide: number
}

/** Rows (of full size) that a line takes on a large ticket. `wide` words are at four fifths of the size. */
export function lineRows(line: LineText, { characters, wide }: Measure): number {
  const half = Math.max(4, Math.floor(wide / 2) - 1)
  const column = (name: string, wishes: Wish[]) =>
    (name ? rowsOf(name, half) : 0) + wishes.reduce((sum, wish) => sum + rowsOf(wishText(wish), half), 0)
  const title = line.other === null ? rowsOf(line.name, Math.max(characters, longestWord(line.name))) : 1
  const all = [line.crust, ...line.all.map(wishText)].filter(Boolean).reduce((sum, text) => sum + rowsOf(text, wide), 0)
  const sides = !hasSides(line)
    ? 0
    : line.other === null
      ? line.left.length > 0 && line.right.length > 0
        ? Math.max(column('', line.left), column('', line.right)) + (half < 12 ? 1 : 0)
        : [...line.left, ...line.right].reduce((sum, wish) => sum + rowsOf(`xx ${wishText(wish)}`, wide), 0)
      : Math.max(column(line.name, line.left), column(line.other, line.right))
  const note = line.note ? rowsOf(line.note, wide) : 0
  return title + (all + sides + note) * metrics.small * 1.06 + metrics.air
}

const longestWord = (text: string) => Math.max(...text.split(/\s+/).map((word) => word.length))

/** How much smaller a name is written so that its longest word stands in one row: never below three quarters. */
export const fitScale = (text: string, characters: number) =>
  Math.max(0.75, Math.min(1, characters / longestWord(text)))

/** The words of a whole ticket, in the order in which they are made: pizzas first. */
export const ticketLines = (ticket: Pick<Ticket, 'lines'>, language: Language) =>
  [...ticket.lines]
    .sort((a, b) => Number(b.kind === 'pizza') - Number(a.kind === 'pizza'))
    .map((line) => ({ line, text: lineText(line, language) }))
