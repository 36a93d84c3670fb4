import type { Line, OrderLine } from './line.ts'
import type { Menu } from './menu.ts'
import { priceLine, priceLines, type PriceRefusal } from './pricing.ts'

export interface BasketLine {
  id: string
  line: Line
  /** The price of one piece (minor units) when the customer last agreed to it. */
  seen: number
}

export type BasketEntry = BasketLine &
  (
    | {
        state: 'priced'
        priced: OrderLine
        /** The previous price of one piece, when it has changed. */ before: number | null
      }
    | { state: 'refused'; rejection: PriceRefusal }
  )

export interface PricedBasket {
  entries: BasketEntry[]
  /** Minor units, of what is available. */
  total: number
  pieces: number
  /** What prevents ordering the basket as it is, or null. */
  problem: PriceRefusal | null
}

/**
 * A basket at today's prices: every line priced or refused on its own, and what the server would say about the whole
 * basket.
 */
export function priceBasket(menu: Menu, lines: BasketLine[]): PricedBasket {
  const entries = lines.map((one): BasketEntry => {
    const priced = priceLine(menu, one.line)
    if ('code' in priced) return { ...one, state: 'refused', rejection: priced }
    return { ...one, state: 'priced', priced, before: priced.unitPrice === one.seen ? null : one.seen }
  })
  const all = priceLines(
    menu,
    lines.map((one) => one.line),
  )
  return {
    entries,
    total: entries.reduce((sum, entry) => sum + (entry.state === 'priced' ? entry.priced.total : 0), 0),
    pieces: lines.reduce((sum, one) => sum + one.line.quantity, 0),
    problem: all.ok ? null : all.rejection,
  }
}

/** Adds a line; an identical line only raises the quantity. */
export function addLine(lines: BasketLine[], added: BasketLine): BasketLine[] {
  const same = lines.find((one) => wish(one) === wish(added))
  if (!same) return [...lines, added]
  return lines.map((one) =>
    one === same
      ? { ...one, seen: added.seen, line: { ...one.line, quantity: one.line.quantity + added.line.quantity } }
      : one,
  )
}

const wish = ({ line }: BasketLine) =>
  JSON.stringify([line.item, line.size, line.crust, line.half, line.toppings, line.remove, line.note])
