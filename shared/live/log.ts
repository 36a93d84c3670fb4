import type { Actor } from '../order/order.ts'

/** One row of the log: one accepted change and the state after it. */
export interface LogEvent {
  pizzeria: string
  /** Counts up by one per pizzeria, in commit order, without holes. */
  position: number
  id: string
  /** `order:{tracking}`, `menu`, or `kitchen`. */
  subject: string
  /** Counts up by one per subject. */
  version: number
  type: string
  /** ms since 1970 */
  at: number
  actor: Actor
  data: unknown
}
export type NewEvent = Omit<LogEvent, 'position'>
