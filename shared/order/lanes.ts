import { isOpen } from './moves.ts'
import type { Order } from './order.ts'
import type { CounterState, Unseen } from './views.ts'

/**
 * Where an order lies on the counter. `held` are those that strangers brought past their budget, answered all at once;
 * `first` wants somebody now: late, not proved shown, or waiting to be accepted.
 */
export const lanes = ['held', 'first', 'todo', 'ready', 'later', 'done'] as const
export type Lane = (typeof lanes)[number]

/** From this level on, the counter must deal with an order that no kitchen screen has proved to show (45 s). */
export const alarmLevel = 2
/** Minutes after which a ready order that nobody collected is proposed as a no-show. */
export const noShowMinutes = 60

const unseenAt = (order: Pick<Order, 'id' | 'state'>, unseen: Record<string, Unseen>) =>
  order.state === 'queued' ? (unseen[order.id]?.level ?? 0) : 0

/** Whether the promise has passed while the kitchen still works on it. `now` in ms, the server's clock. */
export const isLate = (order: Pick<Order, 'state' | 'promiseAt'>, now: number) =>
  isOpen(order.state) && Date.parse(order.promiseAt) <= now

export function laneOf(order: Order, unseen: Record<string, Unseen>, now: number): Lane {
  switch (order.state) {
    case 'pending':
      return order.heldFor ? 'held' : 'first'
    case 'queued':
    case 'making':
    case 'baking':
      return isLate(order, now) || unseenAt(order, unseen) >= alarmLevel ? 'first' : 'todo'
    case 'ready':
      return 'ready'
    case 'scheduled':
      return 'later'
    case 'collected':
    case 'rejected':
    case 'cancelled':
    case 'expired':
      return 'done'
    default:
      return order.state satisfies never
  }
}

/**
 * The day's orders in their lanes, each in the order in which the counter deals with it: unseen orders first, then by
 * promise; ready by waiting time; done with the latest on top.
 */
export function toLanes(orders: Iterable<Order>, unseen: Record<string, Unseen>, now: number): Record<Lane, Order[]> {
  const found: Record<Lane, Order[]> = { held: [], first: [], todo: [], ready: [], later: [], done: [] }
  for (const order of orders) found[laneOf(order, unseen, now)].push(order)
  found.held.sort((a, b) => byText(a.placedAt, b.placedAt) || a.number - b.number)
  found.first.sort((a, b) => unseenAt(b, unseen) - unseenAt(a, unseen) || byPromise(a, b))
  found.todo.sort(byPromise)
  found.later.sort(byPromise)
  found.ready.sort((a, b) => byText(a.readyAt ?? a.updatedAt, b.readyAt ?? b.updatedAt))
  found.done.sort((a, b) => byText(b.updatedAt, a.updatedAt))
  return found
}

/** Times of one form sort as they are; a comparison by language takes a hundred times as long, for each of 1,000. */
const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const byPromise = (a: Order, b: Order) =>
  byText(a.promiseAt, b.promiseAt) || byText(a.placedAt, b.placedAt) || a.number - b.number

/** Up to here the counter's page carries all orders that it is rendered with; else the first of each lane. */
const maxRendered = 60
export const firstOfLane = 8

/** What the counter's page carries of a long state (a `FirstPaint`): 1,000 orders would be megabytes. */
export function firstOrders(state: CounterState, now: number): CounterState | null {
  if (state.orders.length <= maxRendered) return null
  const orders = Object.values(toLanes(state.orders, state.unseen, now)).flatMap((lane) => lane.slice(0, firstOfLane))
  return { ...state, orders }
}

/** Orders of one source that wait together. */
export interface HeldSource {
  source: string
  orders: Order[]
}

/** Held orders by who brought them, those that brought most on top. */
export function heldSources(held: readonly Order[]): HeldSource[] {
  const sources = new Map<string, Order[]>()
  for (const order of held) {
    const source = order.heldFor ?? ''
    sources.set(source, [...(sources.get(source) ?? []), order])
  }
  return [...sources]
    .map(([source, orders]) => ({ source, orders }))
    .sort((a, b) => b.orders.length - a.orders.length || byText(a.source, b.source))
}

/** Pieces of all these orders together. */
export const piecesOf = (orders: readonly Pick<Order, 'lines'>[]) =>
  orders.reduce((sum, { lines }) => lines.reduce((more, { quantity }) => more + quantity, sum), 0)

const plain = (words: string) => words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()

/**
 * Whether an order matches a search: its number from the start, or any word of the name; accents and case are ignored.
 */
export function matches(order: Pick<Order, 'number' | 'customer' | 'table'>, search: string): boolean {
  const wanted = plain(search).replace(/^#/, '')
  if (!wanted) return true
  if (/^\d+$/.test(wanted))
    return (
      String(order.number).startsWith(wanted) ||
      order.table === wanted ||
      (wanted.length > 3 && (order.customer.phone ?? '').replace(/\D/g, '').includes(wanted))
    )
  return (
    plain(order.customer.name)
      .split(/\s+/)
      .some((word) => word.startsWith(wanted)) || plain(order.customer.name).includes(wanted)
  )
}
