import { isOpen } from '../order/moves.ts'
import type { KitchenState, Ticket } from '../order/views.ts'

type Due = Pick<Ticket, 'id' | 'number' | 'promiseAt' | 'queuedAt' | 'placedAt'>

interface Times {
  arrived: number
  due: number
}
const known = new WeakMap<object, Times>()

/** Of a frozen ticket they are read once: a wall asks for those of hundreds with each order and each second. */
function timesOf(ticket: Partial<Due>): Times {
  const before = known.get(ticket)
  if (before) return before
  const arrived = Date.parse(ticket.queuedAt ?? ticket.placedAt ?? '') || 0
  const times = { arrived, due: Date.parse(ticket.promiseAt ?? '') || arrived + 15 * 60_000 }
  if (Object.isFrozen(ticket)) known.set(ticket, times)
  return times
}

/** When a ticket arrived in the kitchen, ms. */
export const arrivedAt = (ticket: Pick<Ticket, 'queuedAt' | 'placedAt'>) => timesOf(ticket).arrived

/** When it was promised, ms; without a promise, what it would be by the age limits (late after 15 min). */
export const dueAt = (ticket: Pick<Ticket, 'promiseAt' | 'queuedAt' | 'placedAt'>) => timesOf(ticket).due

/** By promise, then by arrival. Number and id make it total, so that two screens agree. */
export const compareTickets = (a: Due, b: Due) =>
  dueAt(a) - dueAt(b) || arrivedAt(a) - arrivedAt(b) || a.number - b.number || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** Tickets in the queue's order; keys are read once each, because parsing a date takes longer than comparing it. */
export function sortTickets<T extends Due>(tickets: readonly T[]): T[] {
  return tickets
    .map((ticket) => ({ ticket, due: dueAt(ticket), arrived: arrivedAt(ticket) }))
    .sort(
      (a, b) =>
        a.due - b.due ||
        a.arrived - b.arrived ||
        a.ticket.number - b.ticket.number ||
        (a.ticket.id < b.ticket.id ? -1 : 1),
    )
    .map(({ ticket }) => ticket)
}

/** Up to here the kitchen's page carries all tickets that it is rendered with; else those that are due first. */
const maxRendered = 400
const firstDue = 60

/** What the kitchen's page carries of a state that no kitchen has on a good day (a `FirstPaint`). */
export function firstTickets(state: KitchenState): KitchenState | null {
  if (state.tickets.length <= maxRendered) return null
  return { ...state, tickets: sortTickets(state.tickets.filter(({ state }) => isOpen(state))).slice(0, firstDue) }
}
