import type { Order } from '../../shared/order/order.ts'

/** A place in a pizzeria's orders that still have their people: the last one that was looked at. */
export interface PeopleCursor {
  placedAt: number
  id: string
}

/** Which orders still say who ordered, and how they lose it. */
export interface ErasureTx {
  /** Orders that are over, were placed before a time, and still have their people; the oldest first. */
  overWithPeople(pizzeria: string, before: number, limit: number): Promise<Order[]>
  /** A page of the orders that still have their people, after a place among them; the oldest first. */
  withPeopleAfter(pizzeria: string, after: PeopleCursor, limit: number): Promise<Order[]>
  /** Those of some orders that still have their people. */
  withPeopleAmong(ids: string[]): Promise<Order[]>
  /**
   * Takes an order's people out of its row and of all its events, also those of the kitchen that carry it. Positions,
   * versions and figures MUST stay.
   */
  erasePeople(order: Order): Promise<void>
}
