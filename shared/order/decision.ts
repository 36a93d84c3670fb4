import type { Actor, Order } from './order.ts'
import type { Rejection } from './rejections.ts'

/** The step that made a version: who took it, when (ISO 8601 UTC), and the order as it was before. */
export interface Step {
  actor: Actor
  at: string
  before: Order
}

export interface DecideContext {
  actor: Actor
  /** ISO 8601 UTC */ now: string
  /**
   * What an accepted order is promised: the promise starts again when it is accepted. `later`: the kitchen waits for
   * it.
   */
  accept?: { promiseAt: string; later: boolean } & Partial<Pick<Order, 'day' | 'number'>>
  /** The step that an undo takes back, or null when its version was no step or is no longer kept. */
  step?: Step | null
}

export type Decision =
  | { outcome: 'changed'; type: 'order.moved' | 'order.paid'; order: Order }
  | { outcome: 'unchanged'; order: Order }
  | { outcome: 'refused'; rejection: Rejection }
