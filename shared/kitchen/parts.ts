import type { Ticket } from '../order/views.ts'
import {
  bannerOf,
  heightOf,
  linesOf,
  noteOf,
  rowMetrics,
  tear,
  type Group,
  type LineRows,
  type RowMeasure,
} from './rows.ts'

/** A line on one part of a ticket. */
export interface PartLine extends LineRows {
  /** The line goes on from another part: its name is written again. */
  continued: boolean
}
/** What hangs as one piece: a ticket, or one part of a ticket that is taller than a column. Frozen. */
export interface Slip {
  /** The ticket's id; later parts add theirs. */
  key: string
  ticket: Ticket
  part: number
  of: number
  banner: Group | null
  lines: PartLine[]
  note: Group | null
  /** In type sizes, with its head. */
  height: number
}

const { head, pad, between } = rowMetrics
const least = 1e-6

/** Makes the slips of tickets for columns of one shape, and remembers them: an unchanged ticket costs nothing. */
export function slipMaker(measure: RowMeasure, columnHeight: number) {
  const made = new WeakMap<Ticket, readonly Slip[]>()
  return (ticket: Ticket): readonly Slip[] => {
    let slips = made.get(ticket)
    if (!slips) made.set(ticket, (slips = slipsOf(ticket, measure, columnHeight)))
    return slips
  }
}

/**
 * A ticket in one piece where a column holds it. A taller one is torn between its lines, a line taller than a column
 * between its wishes, and a wish between its rows; each part has the head, the banner, and the name of its line.
 */
function slipsOf(ticket: Ticket, measure: RowMeasure, columnHeight: number): readonly Slip[] {
  const lines = linesOf(ticket, measure)
  const banner = bannerOf(ticket, lines, measure)
  const note = noteOf(ticket, measure)
  const room = columnHeight - head - 2 * pad
  const pages = fillPages(lines, banner, note, room)
  return pages.map((page, index) =>
    Object.freeze({
      key: index === 0 ? ticket.id : `${ticket.id}/${index + 1}`,
      ticket,
      part: index + 1,
      of: pages.length,
      ...page,
      height: head + 2 * pad + pageHeight(page),
    }),
  )
}

type Page = Pick<Slip, 'banner' | 'lines' | 'note'>
const lineHeight = ({ title, rest }: LineRows) => heightOf(title) + heightOf(rest)
const pageHeight = ({ banner, lines, note }: Page) =>
  (banner?.height ?? 0) +
  (note?.height ?? 0) +
  lines.reduce((sum, line, at) => sum + lineHeight(line) + (at > 0 ? between : 0), 0)

function fillPages(lines: readonly LineRows[], banner: Group | null, note: Group | null, room: number): Page[] {
  const whole: Page = { banner, note, lines: lines.map((line) => ({ ...line, continued: false })) }
  if (pageHeight(whole) <= room + least) return [whole]
  // A banner or a note as tall as half a column is continued on the next part, so that each part shows a pizza.
  const banners = banner ? inPieces(banner, room / 2) : []
  const notes = note ? inPieces(note, room / 2) : []
  const pages: Page[] = []
  let page!: Page
  const left = () => room - pageHeight(page) + least
  const leftForLine = () => left() - (page.lines.length > 0 ? between : 0)
  const next = () => {
    pages.push((page = { banner: banners[Math.min(pages.length, banners.length - 1)] ?? null, lines: [], note: null }))
  }
  next()
  for (const line of lines) {
    if (lineHeight(line) <= leftForLine()) page.lines.push({ ...line, continued: false })
    else if (lineHeight(line) + (page.banner?.height ?? 0) <= room) {
      next()
      page.lines.push({ ...line, continued: false })
    } else tearLine(line)
  }
  for (const piece of notes) {
    if (piece.height > left() || page.note) next()
    page.note = piece
  }
  while (pages.length < banners.length) next()
  return pages

  /** A line taller than a column: as many of its wishes as fit, then its name again on the next part. */
  function tearLine(line: LineRows) {
    const title = heightOf(line.title)
    const smallest = Math.min(...line.rest.map((one) => one.height), rowMetrics.small)
    if (title + smallest > leftForLine()) next()
    let on: PartLine = { ...line, rest: [], continued: false }
    page.lines.push(on)
    // An allergy stands wherever its line does; one that leaves no room beside the banner is in the banner only.
    const allergies = line.rest
      .filter(({ kind, height }) => kind === 'allergy' && height <= room / 2 - title - rowMetrics.small)
      .map((group) => ({ ...group, repeated: true }))
    const go = () => {
      next()
      page.lines.push((on = { ...line, rest: [...allergies], continued: true }))
    }
    for (const whole of line.rest) {
      let rest: Group | null = whole
      if (rest.height > left() && on.rest.some(({ repeated }) => !repeated)) go()
      while (rest) {
        const [piece, more]: [Group, Group | null] = rest.height > left() ? tear(rest, left()) : [rest, null]
        on.rest.push(piece)
        if (more) go()
        rest = more
      }
    }
  }
}

function inPieces(whole: Group, room: number): Group[] {
  const pieces: Group[] = []
  for (let rest: Group | null = whole; rest;) {
    const [piece, more]: [Group, Group | null] = tear(rest, room)
    pieces.push(piece)
    rest = more
  }
  return pieces
}
