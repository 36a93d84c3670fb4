import type { Language } from '../../shared/menu/menu.ts'
import type { Ticket } from '../../shared/order/views.ts'
import { hasSides, ticketLines, type LineText, type Wish } from '../../shared/kitchen/lines.ts'
import { notesOf } from '../../shared/kitchen/ticket.ts'
import { typeSize, type Viewing } from '../../shared/kitchen/type-size.ts'

/**
 * The wall of build 321a3f3, kept as the baseline that the rail is measured against: tiles of one size in a grid of two
 * to four columns and one or two rows, where a long ticket is split over several tiles. The figures are that build's.
 */
const metrics = { strip: 5.3, bar: 0.95, tail: 1.65, gap: 0.16, width: 6.6, height: 5.2, head: 1.4, before: 3.15 }
const [letter, small, air, continues] = [0.39, 0.8, 0.12, 0.5]

export interface Grid {
  tiles: number
  characters: number
  wide: number
  rows: number
}

export function gridOf(viewing: Viewing): Grid {
  const size = Math.max(
    14,
    Math.min(
      typeSize(viewing),
      viewing.width / (metrics.strip + 2 * metrics.width),
      viewing.height / (metrics.bar + metrics.tail + 2 * metrics.height),
    ),
  )
  const width = viewing.width / size - metrics.strip - metrics.gap
  const height = viewing.height / size - metrics.bar - metrics.tail - 2 * metrics.gap
  const columns = Math.min(4, Math.max(2, Math.floor(width / metrics.width)))
  const rows = Math.min(2, Math.max(1, Math.floor(height / metrics.height)))
  return {
    tiles: columns * rows,
    characters: Math.floor((width / columns - metrics.gap - metrics.before) / letter),
    wide: Math.floor((width / columns - metrics.gap - 0.5) / (letter * small)),
    rows: height / rows - metrics.gap - metrics.head - 0.1,
  }
}

/** How many tiles a ticket fills. */
export function tilesOf(ticket: Ticket, language: Language, { characters, wide, rows }: Grid): number {
  const { allergy, other } = notesOf(ticket)
  const heights = ticketLines(ticket, language).map(({ text }) =>
    lineRows(allergy.includes(text.note) ? { ...text, note: '' } : text, characters, wide),
  )
  const tall = (text: string) => rowsOf(text, wide) * 0.86 + 0.2
  const banner = allergy.reduce((sum, note) => sum + tall(`Allergy! ${note}`), 0) + (other ? tall(other) : 0)
  if (heights.reduce((sum, height) => sum + height, banner) <= rows) return 1
  let [tiles, room, used] = [1, Math.max(rows / 2, rows - banner - continues), 0]
  for (const height of heights) {
    if (height > room && used > 0) [tiles, room, used] = [tiles + 1, rows - continues, 0]
    room -= height
    used++
  }
  return tiles
}

function lineRows(line: LineText, characters: number, wide: number): number {
  const half = Math.max(4, Math.floor(wide / 2) - 1)
  const column = (name: string, wishes: Wish[]) =>
    (name ? rowsOf(name, half) : 0) + wishes.reduce((sum, wish) => sum + rowsOf(wishText(wish), half), 0)
  const longest = Math.max(...line.name.split(/\s+/).map((word) => word.length))
  const title = line.other === null ? rowsOf(line.name, Math.max(characters, longest)) : 1
  const all = [line.crust, ...line.all.map(wishText)].filter(Boolean).reduce((sum, text) => sum + rowsOf(text, wide), 0)
  const note = line.note ? rowsOf(line.note, wide) : 0
  return title + (all + sides() + note) * small * 1.06 + air

  function sides() {
    if (!hasSides(line)) return 0
    if (line.other !== null) return Math.max(column(line.name, line.left), column(line.other, line.right))
    if (line.left.length > 0 && line.right.length > 0)
      return Math.max(column('', line.left), column('', line.right)) + (half < 12 ? 1 : 0)
    return [...line.left, ...line.right].reduce((sum, wish) => sum + rowsOf(`xx ${wishText(wish)}`, wide), 0)
  }
}

const wishText = (wish: Wish) =>
  `${'x'.repeat(wish.word === 'with' ? 1 : Math.ceil(wish.word.length * 1.5) + 1)} ${wish.text}`

/** Rows that a text takes, estimated by counting its letters and breaking at words. */
function rowsOf(text: string, characters: number): number {
  let [rows, used] = [1, 0]
  for (const word of text.split(/\s+/)) {
    const length = Math.max(1, word.length)
    if (used > 0 && used + 1 + length > characters) [rows, used] = [rows + 1, 0]
    rows += Math.ceil(length / characters) - 1
    used = used === 0 ? length % characters || length : used + 1 + length
  }
  return rows
}
