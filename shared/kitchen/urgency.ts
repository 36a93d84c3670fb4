import type { Ticket } from '../order/views.ts'
import { arrivedAt, dueAt } from './queue.ts'

/**
 * calm, then `soon` (amber), `late` (red), `overdue` (red and pulsing). Each has its shape and its word beside the
 * colour.
 */
export const urgencies = ['calm', 'soon', 'late', 'overdue'] as const
export type Urgency = (typeof urgencies)[number]

const minute = 60_000
type Timed = Pick<Ticket, 'promiseAt' | 'queuedAt' | 'placedAt'>

/**
 * How pressing a ticket is: amber at 60 % of the time between arrival and promise, red at the promise, pulsing 5
 * minutes after. Without a promise 8 and 15 minutes of age (the usual setting of kitchen displays), pulsing 5 minutes
 * later.
 */
export function urgency(ticket: Timed, now: number): Urgency {
  const start = arrivedAt(ticket)
  const promise = Date.parse(ticket.promiseAt)
  const [amber, red] =
    promise > start
      ? [start + (promise - start) * 0.6, promise]
      : promise
        ? [promise, promise]
        : [start + 8 * minute, start + 15 * minute]
  if (now >= red + 5 * minute) return 'overdue'
  if (now >= red) return 'late'
  return now >= amber ? 'soon' : 'calm'
}

/** Minutes until a ticket is due, rounded up so that 0 means now; negative once it is late. */
export const dueIn = (ticket: Timed, now: number) => {
  const left = Math.ceil((dueAt(ticket) - now) / minute)
  return left === 0 ? 0 : left
}

/** Whole minutes since the ticket came; never negative, whatever the clocks say. */
export const age = (ticket: Timed, now: number) => Math.max(0, Math.floor((now - arrivedAt(ticket)) / minute))
