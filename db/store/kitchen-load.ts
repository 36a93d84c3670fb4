import type { Order } from '../../shared/order/order.ts'

/** Pizzas still to be made: all that the promise needs of the kitchen's load. */
export interface KitchenLoad {
  /** The log position it is true at. */
  position: number
  /** By the five minutes (ms, `grainOf`) they are promised in. */
  promised: Map<number, number>
  pizzasAhead: number
}

/** How much the kitchen has to do. */
export interface KitchenLoadTx {
  /** `position`: the log's head, read in the same transaction. */
  load(pizzeria: { id: string; position: number }): Promise<KitchenLoad>
  /** What the kitchen makes before an order: promised earlier, or for the same time and placed earlier. */
  ahead(order: Pick<Order, 'pizzeria' | 'promiseAt' | 'placedAt'>): Promise<{ orders: number; pizzas: number }>
}
