import type { Ticket, TicketLine } from '../order/views.ts'
import type { Language, Text } from '../menu/menu.ts'
import type { Half } from '../order/order.ts'

/** `with` is an addition; the others are always written as words, never as a sign or a colour alone. */
export type WishWord = 'no' | 'extra' | 'light' | 'with'
export interface Wish { word: WishWord, half: Half, text: string }

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
    ...line.removed.map(one => ({ word: 'no' as const, half: one.half, text: say(one.name, one.topping) })),
    ...line.toppings.map(one => ({ word: wordOf[one.amount] ?? 'with', half: one.half, text: say(one.name, one.topping) })),
  ].sort((a, b) => rank[a.word] - rank[b.word])
  const on = (half: Half) => wishes.filter(wish => wish.half === half)
  return {
    quantity: line.quantity,
    size: line.kind === 'pizza' ? say(line.sizeName, line.size) : '',
    name: say(line.name, line.item),
    other: line.half ? say(line.half.name, line.half.item) : null,
    crust: line.crust ? say(line.crustName, line.crust) : '',
    all: on('whole'), left: on('left'), right: on('right'),
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
    if (used > 0 && used + 1 + length > characters) { rows++; used = 0 }
    rows += Math.ceil(length / characters) - 1
    used = used === 0 ? length % characters || length : used + 1 + length
  }
  return rows
}

const wishText = (wish: Wish) => wish.word === 'with' ? `+ ${wish.text}` : `${wish.word} ${wish.text}`
/** Wishes are written at four fifths of the size, so that more of them stand in a row. */
const small = 0.8

/** Rows (in units of a full-size row) that a line takes on a large ticket. */
export function lineRows(line: LineText, characters: number): number {
  const half = Math.max(4, Math.floor(characters / small / 2))
  const whole = Math.floor(characters / small)
  const column = (name: string, wishes: Wish[]) => (name ? rowsOf(name, half) : 0) + wishes.reduce((sum, wish) => sum + rowsOf(wishText(wish), half), 0)
  const title = line.other === null ? rowsOf(line.name, characters) : 1
  const all = [line.crust, ...line.all.map(wishText)].filter(Boolean)
  const allRows = all.reduce((sum, text) => sum + rowsOf(text, whole), 0)
  const sides = hasSides(line) ? Math.max(column(line.other === null ? ' ' : line.name, line.left), column(line.other ?? (line.left.length ? ' ' : ''), line.right)) : 0
  const note = line.note ? rowsOf(line.note, whole) : 0
  return title + (allRows + sides + note) * small
}

/** The words of a whole ticket, in the order in which they are made: pizzas first. */
export const ticketLines = (ticket: Pick<Ticket, 'lines'>, language: Language) =>
  [...ticket.lines].sort((a, b) => Number(b.kind === 'pizza') - Number(a.kind === 'pizza')).map(line => ({ line, text: lineText(line, language) }))
