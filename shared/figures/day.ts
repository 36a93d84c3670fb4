import { wallClock } from '../menu/hours.ts'
import type { OrderLine } from '../menu/line.ts'
import { piecesByItem, pizzasIn } from '../menu/pricing.ts'
import { slotMs } from '../menu/quote.ts'
import type { PaymentMethod } from '../order/money.ts'
import type { Actor, Order } from '../order/order.ts'
import { dueOf, factsOf, owedOf } from '../order/payments.ts'

/** Why an order was ready after its promise, as far as its own times tell. */
export const lateReasons = ['unseen', 'amended', 'oven', 'kitchen'] as const
export type LateReason = (typeof lateReasons)[number]

/** Who called an order off: a member of staff by id where the log still knows, and in any case in which role. */
export interface Canceller {
  by: string | null
  /** Null: the log no longer tells. */
  actor: Actor | null
}

/**
 * What the orders of one business day come to. Everything of an order counts on the day of its promise, also money that
 * came or went on another day, so that orders and payments always agree. Money in minor units, times in seconds.
 * Short keys: a year has 365 of these, and all of them are read for its figures.
 */
export interface DayFigures {
  /** Orders that were not called off, and their pizzas. */
  orders: number
  pizzas: number
  /** By quarter hour of the wall clock, 0 to 95, in which they came (or for which they were wanted). */
  quarters: Record<number, [orders: number, pizzas: number]>
  /** From placed to ready, of orders that were wanted as soon as possible. */
  waits: number[]
  kept: number
  late: Partial<Record<LateReason, number>>
  /** By item: orders with it, pieces, and of those with a wait how many and how long together. */
  items: Record<string, [orders: number, pieces: number, waits: number, seconds: number]>
  cancelled: ({ order: string; total: number } & Canceller)[]
  /** What the orders cost that were not called off; still to be paid; to be returned. */
  sold: number
  due: number
  owed: number
  methods: Partial<Record<PaymentMethod, [paid: number, returned: number]>>
  /** What was sold, by the VAT class of the lines; empty: they have none. */
  vat: Record<string, number>
}

export const emptyDay = (): DayFigures => ({
  orders: 0,
  pizzas: 0,
  quarters: {},
  waits: [],
  kept: 0,
  late: {},
  items: {},
  cancelled: [],
  sold: 0,
  due: 0,
  owed: 0,
  methods: {},
  vat: {},
})

export const isCalledOff = ({ state }: Pick<Order, 'state'>) => state === 'cancelled' || state === 'rejected'

/** Adds an order to its day; one of a rehearsal counts nowhere. `who`: who called it off. */
export function addOrder(day: DayFigures, order: Order, timezone: string, who: Canceller = { by: null, actor: null }) {
  if (order.test) return
  addMoney(day, order)
  if (isCalledOff(order)) {
    day.cancelled.push({ order: order.id, total: order.total, ...who })
    return
  }
  const pizzas = pizzasIn(order)
  day.orders += 1
  day.pizzas += pizzas
  const quarter = (day.quarters[quarterOf(order, timezone)] ??= [0, 0])
  quarter[0] += 1
  quarter[1] += pizzas
  const wait = waitOf(order)
  if (wait !== null) day.waits.push(wait)
  addPromise(day, order)
  for (const [id, pieces] of piecesByItem(order.lines)) {
    const item = (day.items[id] ??= [0, 0, 0, 0])
    item[0] += 1
    item[1] += pieces
    if (wait === null) continue
    item[2] += 1
    item[3] += wait
  }
}

function quarterOf({ placedAt, promiseAt, wantedAt }: Order, timezone: string) {
  // The zones' offsets are whole quarters, so the wall clock is read once for each quarter, not for each order.
  const at = Math.floor(Date.parse(wantedAt ? promiseAt : placedAt) / slotMs) * slotMs
  return Math.floor(wallClock(at, timezone).minutes / 15)
}

const waitOf = ({ placedAt, readyAt, wantedAt }: Order) =>
  readyAt === null || wantedAt ? null : Math.max(0, Math.round((Date.parse(readyAt) - Date.parse(placedAt)) / 1000))

/** A screen that shows an order later than this after the kitchen got it has cost time, ms (the counter's alarm). */
const seenWithinMs = 45_000

function addPromise(day: DayFigures, order: Order) {
  if (order.readyAt === null) return
  if (order.readyAt <= order.promiseAt) day.kept += 1
  else {
    const reason = lateBecause(order)
    day.late[reason] = (day.late[reason] ?? 0) + 1
  }
}

function lateBecause({ queuedAt, shownAt, promiseAt, bakingAt, amended }: Order): LateReason {
  if (amended) return 'amended'
  if (queuedAt && (shownAt === null || Date.parse(shownAt) - Date.parse(queuedAt) > seenWithinMs)) return 'unseen'
  // It was in time for the oven, and the oven was not.
  if (bakingAt !== null && bakingAt <= promiseAt) return 'oven'
  return 'kitchen'
}

function addMoney(day: DayFigures, order: Order) {
  if (!isCalledOff(order)) {
    day.sold += order.total
    for (const line of order.lines) day.vat[vatOf(line)] = (day.vat[vatOf(line)] ?? 0) + line.total
  }
  day.due += dueOf(order)
  day.owed += owedOf(order)
  for (const { kind, method, amount } of factsOf(order)) {
    const sums = (day.methods[method] ??= [0, 0])
    sums[kind === 'payment' ? 0 : 1] += amount
  }
}

/** Lines of a menu without VAT classes have none. */
const vatOf = ({ vat = '' }: OrderLine) => vat
