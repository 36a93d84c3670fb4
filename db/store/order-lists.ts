import type { Order, OrderState } from '../../shared/order/order.ts'

/** Which orders are in a state, wait for something, or are somebody's. */
export interface OrderListsTx {
  /** Orders in any of `states`, and those of `recent` states changed since a time; oldest promise first. */
  ordersIn(
    pizzeria: string,
    states: readonly OrderState[],
    recent?: readonly OrderState[],
    since?: number,
  ): Promise<Order[]>
  /** How many wait for the counter's yes. */
  countPending(pizzeria: string): Promise<number>
  /** Waiting orders of all pizzerias, untouched since before a time: the oldest, at most `limit`. */
  pendingSince(before: number, limit: number): Promise<Order[]>
  /** Scheduled orders of all pizzerias that are promised up to a time. */
  dueScheduled(promisedBefore: number): Promise<Order[]>
  /** Orders whose customers have money to get back; oldest first. */
  owedOrders(pizzeria: string): Promise<Order[]>
  /** The latest orders of a phone number (E.164), the newest first. */
  ordersOfPhone(pizzeria: string, phone: string, limit: number): Promise<Order[]>
}
