import { slipMaker } from '../../shared/kitchen/parts.ts'
import { railMetrics, shapeOf } from '../../shared/kitchen/rail-shape.ts'
import { startRail } from '../../shared/kitchen/rail.ts'
import { rowWords } from '../../shared/kitchen/row-words.ts'
import { tableWidth } from '../../shared/kitchen/measure.ts'
import type { Language } from '../../shared/menu/menu.ts'
import { languages } from '../../shared/menu/words.ts'
import type { Ticket } from '../../shared/order/views.ts'
import { friday } from './friday.ts'
import { gridOf, tilesOf } from './grid.ts'

/** Screens that kitchens have, full HD, and the distances they are read from. */
const screens = [
  { diagonal: 24, distance: 2 },
  { diagonal: 32, distance: 3 },
  { diagonal: 43, distance: 3 },
  { diagonal: 55, distance: 4 },
]

export interface Seen {
  /** Complete tickets that can be read at once: the mean over all starts of consecutive tickets. */
  whole: number
  torn: number
}
export interface RailRow {
  diagonal: number
  distance: number
  language: Language
  tickets: number
  grid: Seen
  rail: Seen
}

/**
 * How much of the same Friday can be read at once on the grid of build 321a3f3 and on the rail. Pure: rows are broken
 * with the font's measured widths. The evening wraps around to its beginning, so that each start has tickets after it.
 */
export function measureRail(): RailRow[] {
  const tickets = friday()
  return screens.flatMap((screen) =>
    languages.map((language) => ({
      ...screen,
      language,
      tickets: tickets.length,
      grid: onGrid(tickets, screen, language),
      rail: onRail(tickets, screen, language),
    })),
  )
}

const viewport = { width: 1920, height: 1080 }
const meanOver = (tickets: readonly Ticket[], count: (from: readonly Ticket[]) => number) =>
  tickets.reduce((sum, _, at) => sum + count([...tickets.slice(at), ...tickets.slice(0, at)]), 0) / tickets.length

function onGrid(tickets: readonly Ticket[], screen: (typeof screens)[number], language: Language): Seen {
  const grid = gridOf({ ...screen, ...viewport })
  const tiles = new Map(tickets.map((ticket) => [ticket, tilesOf(ticket, language, grid)]))
  return {
    whole: meanOver(tickets, (queue) => {
      let left = grid.tiles
      const over = queue.findIndex((ticket) => (left -= tiles.get(ticket)!) < 0)
      return over < 0 ? queue.length : over
    }),
    torn: [...tiles.values()].filter((count) => count > 1).length,
  }
}

function onRail(tickets: readonly Ticket[], screen: (typeof screens)[number], language: Language): Seen {
  const { columns, width, height } = shapeOf({ ...screen, ...viewport })
  const make = slipMaker({ width, language, letter: tableWidth, words: rowWords[language] }, height)
  const hanging = new Map(
    tickets.map((ticket) => [ticket, { id: ticket.id, parts: make(ticket).map((slip) => slip.height) }]),
  )
  const shape = { columns, height, gap: railMetrics.gap }
  return {
    whole: meanOver(tickets, (queue) => {
      const rail = startRail({ tickets: queue.map((one) => hanging.get(one)!), shape, now: 0, dwell: 9000 })
      // A ticket counts as complete when it hangs in one piece, read from the start of the queue.
      const pieces = rail.columns.flat()
      const over = queue.findIndex(
        (ticket) => hanging.get(ticket)!.parts.length > 1 || !pieces.some(({ id }) => id === ticket.id),
      )
      return over < 0 ? queue.length : over
    }),
    torn: [...hanging.values()].filter(({ parts }) => parts.length > 1).length,
  }
}
