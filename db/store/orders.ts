import type { Order } from '../../shared/order/order.ts'

/** The orders. `position` is that of the event that made the order what it is; a change of it MUST come with one. */
export interface OrdersTx {
  order(id: string): Promise<Order | undefined>
  orderByTracking(tracking: string): Promise<Order | undefined>
  /** MUST throw when the number was given already on that day (ORD-9). */
  insertOrder(order: Order, position: number): Promise<void>
  /** `before`: the order as this transaction has read it. */
  updateOrder(before: Order, after: Order, position: number): Promise<void>
}
