import type { Ticket, TicketLine } from '../order/views.ts'
import type { Language } from '../menu/menu.ts'
import { ticketLines, type LineText, type Wish, type WishWord } from './lines.ts'
import { breakRows, textWidth, widestWord, type LetterWidth } from './measure.ts'
import { mentionsAllergy, notesOf } from './ticket.ts'

/**
 * Sizes in multiples of the type size, of which the styles use the same. Capitals of 1 have 20 arc minutes, of 0.8
 * they have 16, the least that is read: nothing on a ticket's lines is smaller than that.
 */
export const rowMetrics = {
  head: 0.86,
  /** A pizza's name, and everything below it. */
  name: 0.94,
  small: 0.84,
  smallFont: 0.8,
  /** Left and right of the text, above and below it, and between two lines. */
  side: 0.14,
  pad: 0.015,
  between: 0.08,
  /** How many, the size's letter, and the drawing before a name. */
  quantity: 0.56,
  size: 0.72,
  disc: 0.96,
  /** Of words in a box (NO), of a sign (half, allergy), and before the rows that follow the first of a wish. */
  box: 0.2,
  sign: 0.72,
  indent: 0.3,
} as const

/** The words that stand before a wish or in the banner, in the language of the screen and as they are painted. */
export type RowWords = Record<Exclude<WishWord, 'with'> | 'allergy', string>

export type RowKind = 'name' | 'half' | 'crust' | WishWord | 'note' | 'allergy'
/** Texts that belong together, each one row: a name, a wish, a note. Only its first row has a word or a sign. */
export interface Group {
  kind: RowKind
  /** On which half it lies, or which half it names. */
  half: 'whole' | 'left' | 'right'
  rows: string[]
  /** The rows' height, in type sizes. */
  height: number
  /** Below 1 where a name's longest word is wider than its row: then its letters are smaller, by a fifth at most. */
  scale: number
  /** The words are on another part, too: an allergy stands wherever its line does. */
  repeated?: boolean
  /** Whether these rows continue a group that began on another part. */
  continued?: boolean
}
/** A line of the order as rows: its title, then its wishes and its note. */
export interface LineRows {
  line: TicketLine
  text: LineText
  title: Group[]
  rest: Group[]
  /** Type sizes. */
  quantityWidth: number
}

export interface RowMeasure {
  /** A column's width, in type sizes. */
  width: number
  letter: LetterWidth
  words: RowWords
  language: Language
}

const small = rowMetrics.smallFont
/** A hair's breadth, em: browsers round where we add up. */
const hair = 0.02

/** Rows of a small text, with a word or a sign (type sizes) before the first. */
function smallRows(text: string, { width, letter }: RowMeasure, weight: 500 | 700, before: number, indent = before) {
  const room = width - 2 * rowMetrics.side
  return breakRows(text, weight, letter, (room - indent) / small - hair, (room - before) / small - hair)
}

const group = (
  kind: RowKind,
  rows: string[],
  half: Group['half'] = 'whole',
  height: number = rowMetrics.small,
): Group => ({
  kind,
  half,
  rows,
  height: rows.length * height,
  scale: 1,
})

function wishGroup(wish: Wish, measure: RowMeasure): Group {
  const { letter, words } = measure
  const space = letter(' ', 500)
  const word = wish.word === 'with' ? letter('+', 800) : textWidth(words[wish.word], 800, letter)
  const sign = wish.half === 'whole' ? 0 : rowMetrics.sign
  const before = sign + (word + space) * small + (wish.word === 'no' ? rowMetrics.box : 0)
  return group(wish.word, smallRows(wish.text, measure, 500, before, rowMetrics.indent), wish.half)
}

const noteGroup = (note: string, measure: RowMeasure): Group =>
  mentionsAllergy(note)
    ? group('allergy', smallRows(note, measure, 700, rowMetrics.sign + rowMetrics.box / 2, rowMetrics.box / 2))
    : group('note', smallRows(`“${note}”`, measure, 500, 0))

/** How wide the quantity stands, type sizes: most are of one digit. */
const quantityWidth = (quantity: number, letter: LetterWidth) =>
  Math.max(rowMetrics.quantity, textWidth(String(quantity), 800, letter) + 0.1)

/** The name beside the drawing, in full size; two halves stand below each other, a little smaller. */
function titleGroups(line: TicketLine, text: LineText, measure: RowMeasure): Group[] {
  const before =
    quantityWidth(text.quantity, measure.letter) +
    (text.size ? rowMetrics.size : 0) +
    (line.picture ? rowMetrics.disc : 0) +
    rowMetrics.side
  const room = measure.width - before - rowMetrics.side
  const half = (name: string, side: 'left' | 'right') =>
    group(
      'half',
      breakRows(name, 700, measure.letter, room / small - hair, (room - rowMetrics.sign) / small - hair),
      side,
    )
  if (text.other !== null) return [half(text.name, 'left'), half(text.other, 'right')]
  const widest = widestWord(text.name, 700, measure.letter)
  const scale = Math.max(small, Math.min(1, (room - hair) / widest || 1))
  const rows = breakRows(text.name, 700, measure.letter, room / scale - hair)
  return [{ ...group('name', rows, 'whole', rowMetrics.name), scale }]
}

export function lineRowsOf(line: TicketLine, text: LineText, measure: RowMeasure): LineRows {
  const wishes = [...text.all, ...text.left, ...text.right].map((wish) => wishGroup(wish, measure))
  return {
    line,
    text,
    title: titleGroups(line, text, measure),
    quantityWidth: quantityWidth(text.quantity, measure.letter),
    rest: [
      ...(text.note && mentionsAllergy(text.note) ? [noteGroup(text.note, measure)] : []),
      ...(text.crust ? [group('crust', smallRows(text.crust, measure, 500, 0))] : []),
      ...wishes,
      ...(text.note && !mentionsAllergy(text.note) ? [noteGroup(text.note, measure)] : []),
    ],
  }
}

/** The lines of a ticket, pizzas first. */
export const linesOf = (ticket: Ticket, measure: RowMeasure): LineRows[] =>
  ticketLines(ticket, measure.language).map(({ line, text }) => lineRowsOf(line, text, measure))

/** The banner says whose health is spoken of, in the order's own words and in those of each line with its name. */
export function bannerOf(ticket: Ticket, lines: readonly LineRows[], measure: RowMeasure): Group | null {
  const { allergy } = notesOf(ticket)
  if (allergy.length === 0) return null
  const own = mentionsAllergy(ticket.note) ? [ticket.note] : []
  const ofLines = lines
    .filter(({ text }) => mentionsAllergy(text.note))
    .map(({ text }) => `${[text.name, ...(text.other === null ? [] : [text.other])].join(' / ')}: ${text.note}`)
  const said = [...own, ...new Set(ofLines)].join(' · ')
  const before =
    rowMetrics.sign + rowMetrics.box / 2 + (textWidth(measure.words.allergy, 800, measure.letter) + 0.2) * small
  return group('allergy', smallRows(said, measure, 700, before, rowMetrics.box / 2))
}

export const noteOf = (ticket: Ticket, measure: RowMeasure): Group | null =>
  ticket.note && !mentionsAllergy(ticket.note) ? noteGroup(ticket.note, measure) : null

export const heightOf = (groups: readonly Group[]) => groups.reduce((sum, { height }) => sum + height, 0)

/** The first rows of a group, as many as fit into a height, and what is left of it. One row at least is taken. */
export function tear(from: Group, room: number): [Group, Group | null] {
  const row = from.height / from.rows.length
  const count = Math.max(1, Math.floor(room / row + 1e-9))
  if (count >= from.rows.length) return [from, null]
  const cut = (rows: string[]) => ({ ...from, rows, height: rows.length * row })
  return [cut(from.rows.slice(0, count)), { ...cut(from.rows.slice(count)), continued: true }]
}
