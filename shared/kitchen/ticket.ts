import type { Ticket } from '../order/views.ts'
import { orderStates } from '../order/order.ts'
import { isOpen } from '../order/moves.ts'

/** How long a cancelled ticket stays, struck through, so that nobody goes on making it. */
export const cancelledStaysMs = 60_000

/**
 * Reads a ticket from the wire without refusing it: a field that a newer server dropped or renamed must cost that
 * field, not the board. Null only when there is nothing to call it by.
 */
export function readTicket(data: unknown): Ticket | null {
  if (typeof data !== 'object' || data === null) return null
  const from = data as Partial<Ticket>
  if (typeof from.id !== 'string' || typeof from.version !== 'number') return null
  return Object.freeze({
    number: 0,
    state: 'queued',
    mode: 'pickup',
    table: null,
    note: '',
    name: '',
    test: false,
    promiseAt: '',
    placedAt: from.updatedAt ?? '',
    updatedAt: from.placedAt ?? '',
    queuedAt: null,
    bakingAt: null,
    readyAt: null,
    cancelledAt: null,
    recalledAt: null,
    ...from,
    lines: linesOf(from.lines).map((line) => ({
      ...line,
      toppings: line.toppings ?? [],
      removed: line.removed ?? [],
      note: line.note ?? '',
    })),
  } as Ticket)
}

/** What is no line is left out: it must cost that line, not the board. */
const linesOf = (lines: unknown): Ticket['lines'] =>
  Array.isArray(lines) ? lines.filter((line) => typeof line === 'object' && line !== null) : []

/** A state this build has never heard of. Its ticket is shown plainly: a question is better than a hole. */
export const isUnknown = (ticket: Pick<Ticket, 'state'>) => !(orderStates as readonly string[]).includes(ticket.state)

export const isCancelled = (ticket: Pick<Ticket, 'state'>) => ticket.state === 'cancelled'

/** Whether a ticket belongs on the screen. `now` is the server's clock, ms. */
export function isOnScreen(ticket: Ticket, now: number): boolean {
  if (isCancelled(ticket))
    return now - Date.parse(ticket.cancelledAt ?? ticket.updatedAt) < cancelledStaysMs && ticket.queuedAt !== null
  return isOpen(ticket.state) || isUnknown(ticket)
}

/** Pieces of a ticket that are pizzas. */
export const pizzasOf = (ticket: Pick<Ticket, 'lines'>) =>
  ticket.lines.reduce((sum, line) => sum + (line.kind === 'pizza' ? line.quantity : 0), 0)

/** What makes a ticket another one for who makes it; a payment or a step does not. */
export const contentOf = (ticket: Ticket) =>
  JSON.stringify([ticket.lines, ticket.note, ticket.mode, ticket.table, ticket.promiseAt])

const allergy = new RegExp(
  [
    /allerg|anaphyl|intol[eé]r|intoller|c[œoe]+l+ia[ckq]|celiac|épipen|epipen/,
    /\b(?:nut|gluten|lactose|dairy|peanut|egg|soy|shellfish)[- ]?free\b|\bno (?:nuts?|gluten|peanuts?|lactose)\b/,
    /\bsans (?:gluten|noix|arachides?|lactose|fruits? à coque)/,
    /\bsenza (?:glutine|noci|arachidi|lattosio|frutta a guscio)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'i',
)

/** Whether somebody's health is spoken of, in any of our languages: such words become a banner and are said aloud. */
export const mentionsAllergy = (text: string) => allergy.test(text)

/** Everything written by hand on a ticket, split into what is about allergies and what is not. */
export function notesOf(ticket: Pick<Ticket, 'note' | 'lines'>) {
  const notes = [ticket.note, ...ticket.lines.map((line) => line.note)].filter((note) => note !== '')
  return { allergy: notes.filter(mentionsAllergy), other: mentionsAllergy(ticket.note) ? '' : ticket.note }
}
