import type { Order } from '../../shared/order/order.ts'

/** What screens have proved to show. Facts beside an order's history: neither its version nor its position changes. */
export interface ShownTx {
  /** Open orders up to a log position that no screen has proved to show. */
  notShownUpTo(pizzeria: string, position: number): Promise<Order[]>
  /** Open orders among these that no screen has proved to show, and which of their lines were painted so far. */
  notShownAmong(pizzeria: string, ids: readonly string[]): Promise<{ order: Order; painted: string[] }[]>
  /**
   * Queued orders of all pizzerias, not proved shown, that the kitchen got before a time and that have escalated less
   * than `level`: the oldest, at most `limit`.
   */
  unseenSince(before: number, level: number, limit: number): Promise<Order[]>
  /** Orders that stand escalated, with their level and since when the kitchen has them. */
  unseen(pizzeria: string): Promise<{ id: string; level: number; since: number | null }[]>
  markShown(order: Order, at: number): Promise<void>
  /** Which of an order's lines were painted. */
  notePainted(id: string, painted: readonly string[]): Promise<void>
  /** Its proof of display begins again: nothing of it is painted, and it has not escalated. */
  forgetShown(id: string): Promise<void>
  markUnseen(id: string, level: number): Promise<void>
}
