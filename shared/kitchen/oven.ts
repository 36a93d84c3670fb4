import type { Ticket } from '../order/views.ts'
import { dueAt } from './queue.ts'
import { pizzasOf } from './ticket.ts'

export interface Oven {
  slots: number
  bakeSeconds: number
  reloadSeconds: number
}
export interface Load {
  id: string
  number: number
  pizzas: number
  /** ms, the last moment that still keeps the promise */ loadBy: number
}
export interface NextUp {
  free: number
  /** What goes in now. */ load: Load[]
  /** ms, when the next slots come free; null when none is taken. */ freeAt: number | null
}

/** When a baking ticket is done, ms: from the moment somebody said that it went in, never from a guess. */
export const doneAt = (ticket: Pick<Ticket, 'bakingAt' | 'updatedAt'>, { bakeSeconds }: Pick<Oven, 'bakeSeconds'>) =>
  Date.parse(ticket.bakingAt ?? ticket.updatedAt) + bakeSeconds * 1000

/** How long a loaded pizza may come before the moment it must go in: earlier than this it would wait and grow cold. */
const earliestMs = 6 * 60_000

/**
 * What to load next: the due-soonest tickets that fit in the free slots together. A ticket goes in whole where it can,
 * so that it is ready together; one larger than the whole oven goes in by ovenfuls. A small ticket may slip in behind
 * one that waits for room.
 */
export function nextUp(tickets: readonly Ticket[], oven: Oven, now: number): NextUp {
  const baking = tickets.filter((ticket) => ticket.state === 'baking')
  const taken = baking.reduce((sum, ticket) => sum + pizzasOf(ticket), 0)
  const free = Math.max(0, oven.slots - taken)
  const waiting = tickets
    .filter((ticket) => (ticket.state === 'queued' || ticket.state === 'making') && pizzasOf(ticket) > 0)
    .map((ticket) => ({
      id: ticket.id,
      number: ticket.number,
      pizzas: pizzasOf(ticket),
      loadBy: dueAt(ticket) - (oven.bakeSeconds + oven.reloadSeconds) * 1000,
    }))
    .sort((a, b) => a.loadBy - b.loadBy || a.number - b.number)
  const load: Load[] = []
  let room = free
  for (const one of waiting) {
    if (one.loadBy - earliestMs > now || room === 0) break
    const pizzas = one.pizzas > oven.slots ? Math.min(one.pizzas, room) : one.pizzas
    if (pizzas > room) continue
    load.push({ ...one, pizzas })
    room -= pizzas
  }
  return { free, load, freeAt: baking.length ? Math.min(...baking.map((ticket) => doneAt(ticket, oven))) : null }
}
