import type { OrderLine } from '../menu/line.ts'
import type { Order } from './order.ts'

/** Somebody who ordered with a phone number before, as the counter sees them while they ring. */
export interface KnownCustomer {
  name: string
  /** E.164 */
  phone: string
  /** Their last order: when, and what. */
  placedAt: string
  lines: OrderLine[]
}

/** Who is behind the orders of one number: each name once, with what it had last. `orders`: the newest first. */
export function knownCustomers(orders: readonly Order[]): KnownCustomer[] {
  const known = new Map<string, KnownCustomer>()
  for (const { customer, placedAt, lines } of orders) {
    const { name, phone } = customer
    const key = name.trim().toLowerCase()
    if (phone && key && !known.has(key)) known.set(key, { name, phone, placedAt, lines })
  }
  return [...known.values()].slice(0, maxNames)
}

/** A household, or the desk of a firm. */
const maxNames = 4
