import type { Ticket, TicketLine } from '../order/views.ts'
import type { Language, Text } from '../menu/menu.ts'
import type { Half } from '../menu/line.ts'

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

/** The words of a whole ticket, in the order in which they are made: pizzas first. */
export const ticketLines = (ticket: Pick<Ticket, 'lines'>, language: Language) =>
  [...ticket.lines]
    .sort((a, b) => Number(b.kind === 'pizza') - Number(a.kind === 'pizza'))
    .map((line) => ({ line, text: lineText(line, language) }))
