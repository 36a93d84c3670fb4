import { z } from 'zod'
import { freeText, someText } from '../text-input.ts'
import { lineInput, type Line, type OrderLine } from '../menu/line.ts'
import type { Menu } from '../menu/menu.ts'
import { priceLine, priceLines, uncounted, type PriceRefusal } from '../menu/pricing.ts'
import { againOf } from './again.ts'
import type { Actor, Order, OrderState } from './order.ts'
import { customerInput } from './order.ts'

/** The body that changes an order after it was placed. What is left out stays. `total`: what whoever changes it saw. */
export const amendInput = z
  .strictObject({
    ifVersion: z.int().min(1),
    /** All lines as they shall be; one with the same wish as before is the same line. */
    lines: z.array(lineInput).min(1).max(50).optional(),
    note: freeText(280).optional(),
    customer: customerInput.partial().extend({ phone: customerInput.shape.phone.nullable() }).optional(),
    table: someText(10).nullable().optional(),
    /** Another time; null: as soon as possible. */
    for: z.iso.datetime().nullable().optional(),
    total: z.int().min(0).optional(),
  })
  .refine(({ lines, total }) => !lines || total !== undefined, { path: ['total'], error: 'Invalid input: total' })
export type AmendInput = z.infer<typeof amendInput>

const forStaff: readonly OrderState[] = ['scheduled', 'pending', 'queued', 'making', 'baking']
/** As long as nobody has started it. */
const forCustomer: readonly OrderState[] = ['scheduled', 'pending', 'queued']

/** Whether somebody may still change an order; `customers`: the pizzeria lets its customers. */
export function mayAmend(actor: Actor, { state, paid }: Pick<Order, 'state' | 'paid'>, customers: boolean): boolean {
  switch (actor) {
    case 'counter':
    case 'manager':
      return forStaff.includes(state)
    case 'customer':
      return customers && !paid && forCustomer.includes(state)
    case 'kitchen':
    case 'system':
      return false
    default:
      return actor satisfies never
  }
}

/** Whether two lines are of the same thing, however many. */
export const isSameWish = (one: Line, other: Line) => wishOf(one) === wishOf(other)

/** What becomes of the lines: those that stay, with how many of them, and what is wished anew. */
export interface LineChange {
  /** Lines that stay, in their order, with the number that stays. */
  kept: { line: OrderLine; quantity: number }[]
  /** What is not there yet, and must be priced and in stock. */
  added: Line[]
  /** What goes, as it was sold, with the number that goes. */
  struck: OrderLine[]
}

/** A wish in one spelling: the order in which somebody tapped it makes no other pizza. */
const wishOf = ({ item, size, crust, half, toppings, remove, note }: Omit<Line, 'quantity'>) =>
  JSON.stringify([
    item,
    size,
    crust ?? null,
    half ?? null,
    toppings.map((one) => [one.topping, one.half, one.amount].join()).sort(),
    [...new Set(remove)].sort(),
    note,
  ])

/**
 * Which lines stay. A line stays with its price when the same wish is there again; fewer of it strike some, and more of
 * it add some at today's price. A size that is left out is the one that the line had.
 */
export function changeLines(before: readonly OrderLine[], wanted: readonly Line[]): LineChange {
  const places = before.map((line) => ({ line, wish: wishOf(againOf(line)), left: line.quantity, kept: 0 }))
  const added: Line[] = []
  for (const line of wanted) {
    const size = line.size ?? before.find(({ item }) => item === line.item)?.size
    const wish = wishOf({ ...line, size })
    let missing = line.quantity
    for (const place of places) {
      if (place.wish !== wish || missing === 0) continue
      const stays = Math.min(place.left, missing)
      place.left -= stays
      place.kept += stays
      missing -= stays
    }
    if (missing > 0) added.push({ ...line, quantity: missing })
  }
  return {
    kept: places.filter(({ kept }) => kept > 0).map(({ line, kept }) => ({ line, quantity: kept })),
    added,
    struck: places.filter(({ left }) => left > 0).map(({ line, left }) => some(line, left)),
  }
}

export type AmendedLines =
  | { ok: true; lines: OrderLine[]; struck: OrderLine[]; /** Places of what is new. */ fresh: number[]; total: number }
  | { ok: false; rejection: PriceRefusal }

/**
 * An order's lines after a change: what stays at its price, what is new at today's. Counted stock is settled together
 * with what goes, when it is written: the last portion may change its size.
 */
export function priceAmended(
  menu: Menu,
  before: readonly OrderLine[],
  wanted: readonly Line[],
  { unlimited }: { unlimited: boolean },
): AmendedLines {
  const { kept, added, struck } = changeLines(before, wanted)
  const priced = priceLines(uncounted(menu), added, { unlimited })
  if (!priced.ok) return priced
  const lines = [
    ...kept.map(({ line, quantity }) => (quantity === line.quantity ? line : some(line, quantity))),
    ...priced.lines,
  ]
  const fresh = priced.lines.map((_, index) => kept.length + index)
  return { ok: true, lines, struck, fresh, total: lines.reduce((sum, line) => sum + line.total, 0) }
}

/** One line of it as it would be sold, or what refuses it. */
export function priceAmendedLine(menu: Menu, before: readonly OrderLine[], line: Line): OrderLine | PriceRefusal {
  const { kept, added } = changeLines(before, [line])
  const more = added[0] && priceLine(uncounted(menu), added[0])
  if (more && 'code' in more) return more
  const parts = [...kept.map((one) => some(one.line, one.quantity)), ...(more ? [more] : [])]
  return { ...parts[0]!, quantity: line.quantity, total: parts.reduce((sum, { total }) => sum + total, 0) }
}

/** So many of a line, at its own price. */
export const some = (line: OrderLine, quantity: number): OrderLine => ({
  ...line,
  quantity,
  total: line.unitPrice * quantity,
})
