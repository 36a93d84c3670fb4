import type { Ticket, TicketLine } from '../order/views.ts'
import type { Language } from '../menu/menu.ts'
import { lineRows, rowsOf, ticketLines, type LineText, type Measure } from './lines.ts'
import { split } from './split.ts'
import { notesOf } from './ticket.ts'

/**
 * What fills one tile: a ticket, or one part of a long one. Frozen, and the same object as long as its ticket is the
 * same.
 */
export interface Slip {
  /** The ticket's id; later parts add theirs. */
  key: string
  ticket: Ticket
  part: number
  of: number
  lines: { line: TicketLine; text: LineText }[]
  /** On the first part only. */
  allergy: string[]
  note: string
  /**
   * Below 1 where a single line with its banner is taller than the tile: smaller letters are better than a NO that is
   * cut off.
   */
  scale: number
}

/** Makes slips for tiles of one shape and language, and remembers them: a ticket that did not change costs nothing. */
export function slipMaker(language: Language, measure: Measure & { textRows: number }) {
  const made = new WeakMap<Ticket, Slip[]>()
  return (ticket: Ticket): Slip[] => {
    const known = made.get(ticket)
    if (known) return known
    const slips = slipsOf(ticket, language, measure)
    made.set(ticket, slips)
    return slips
  }
}

/** The line that says where a split ticket goes on, in rows. */
const continues = 0.5

function slipsOf(ticket: Ticket, language: Language, measure: Measure & { textRows: number }): Slip[] {
  const { allergy, other } = notesOf(ticket)
  const said = new Set(allergy)
  // A line's note that is in the banner already is not written twice.
  const lines = ticketLines(ticket, language).map(({ line, text }) => ({
    line,
    text: said.has(text.note) ? { ...text, note: '' } : text,
  }))
  const rows = measure.textRows
  const tall = (text: string) => rowsOf(text, measure.wide) * 0.86 + 0.2
  const banner = allergy.reduce((sum, note) => sum + tall(`Allergy! ${note}`), 0) + (other ? tall(other) : 0)
  const heights = lines.map(({ text }) => lineRows(text, measure))
  const whole = heights.reduce((sum, height) => sum + height, banner) <= rows
  // A banner as tall as the tile still leaves room for a line: the banner is cut before the pizza is.
  const parts = whole
    ? split(heights, rows)
    : split(heights, Math.max(rows / 2, rows - banner - continues), rows - continues)
  return parts.map(({ part, of, lines: indexes }) =>
    Object.freeze({
      key: part === 1 ? ticket.id : `${ticket.id}/${part}`,
      ticket,
      part,
      of,
      lines: indexes.map((index) => lines[index]!),
      allergy: part === 1 ? allergy : [],
      note: part === 1 ? other : '',
      scale: Math.max(
        0.5,
        Math.min(
          1,
          (rows - (part < of ? continues : 0)) /
            (indexes.reduce((sum, index) => sum + heights[index]!, part === 1 ? banner : 0) || 1),
        ),
      ),
    }),
  )
}
