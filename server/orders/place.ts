import { hash } from 'node:crypto'
import type { Pizzeria } from '../../shared/menu/pizzeria.ts'
import type { Tx } from '../../db/store.ts'
import { businessDay, businessDays } from '../../shared/menu/hours.ts'
import { pizzasIn } from '../../shared/menu/pricing.ts'
import { needsTable } from '../../shared/order/modes.ts'
import type { Actor, Order, OrderState, PlaceInput } from '../../shared/order/order.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import { maxWaiting } from '../../shared/order/waiting.ts'
import { pickCustomerOrder, toCustomerOrder, type CustomerOrder } from '../../shared/order/views.ts'
import type { Context } from '../context.ts'
import { hasTables, readPrices, requireMode, requireOpen, requirePizzeria } from '../menu/pizzeria.ts'
import { newId } from '../ground/ids.ts'
import { moveStock } from '../menu/stock.ts'
import { readPhone } from '../ground/phone.ts'
import { isForLater, quoteIn, type Quote } from './quote.ts'
import { countIn, sourceToHold } from './trust.ts'

export interface Placement {
  pizzeria: string
  /** The client's `Idempotency-Key`. */
  key: string
  input: PlaceInput
  actor: Actor
  /** The sources of a stranger's order, as hashes, the address first. What staff place is not counted. */
  whos?: readonly string[]
  /** A rehearsal's order. */
  test?: boolean
}

export interface Placed {
  order: CustomerOrder
  tracking: string
}

/** When a customer may try again while too many orders wait, s. */
const retryAfter = 60

/**
 * Places an order. Price, stock, promise, number, order, event and the claimed key are one transaction, so that fifty
 * requests with the same key make one order and a refusal writes nothing.
 */
export async function placeOrder(
  { commit, clock, trusted }: Pick<Context, 'commit' | 'clock' | 'trusted'>,
  { pizzeria: id, key, input, actor, whos = [], test = false }: Placement,
): Promise<Placed> {
  const scope = `place:${id}`
  const bodyHash = hash('sha256', JSON.stringify([input, test]), 'base64url')
  const placed = await commit(id, async (tx, append) => {
    // Asked together: a database that is elsewhere answers both at once.
    const [before, pizzeria] = await Promise.all([tx.answerTo(scope, key), requirePizzeria(tx, id)])
    if (before && before.bodyHash !== bodyHash) throw new Rejected('idempotency.reused')
    if (before) return await placedBefore(tx, id, before.response as Kept)

    const now = clock()
    const byStaff = actor === 'counter' || actor === 'manager'
    if (!byStaff) requireOpen(pizzeria, now, input.for)
    const table = settleTable(pizzeria, input, byStaff)
    requireDetails(pizzeria, input, byStaff)
    const phone = input.customer.phone ? readPhone(input.customer.phone, pizzeria.country) : null
    const prices = await readPrices(tx, pizzeria)
    const quote = await quoteIn(tx, pizzeria, prices, input.lines, { now, later: input.for, unlimited: byStaff, test })
    if (quote.total !== input.total) throw new Rejected('order.price_changed', { quote })
    requirePromise(pizzeria, input, quote)

    const pizzas = pizzasIn(quote)
    const later = input.for !== undefined
    const heldFor = byStaff ? null : await sourceToHold(tx, { pizzeria, whos, pizzas, later, now })
    const waits = !byStaff && (heldFor !== null || pizzeria.settings.acceptByHand)
    // Thrown after the commit, so that this source's orders stay out of the queue.
    if (waits && (await tx.countPending(id)) >= maxWaiting) return null
    const order = await newOrder(tx, pizzeria, {
      input,
      table,
      phone,
      quote,
      now,
      off: trusted.off() ?? 0,
      test,
      waits,
      heldFor,
    })
    const event = await append({
      pizzeria: id,
      id: newId(now),
      subject: `order:${order.tracking}`,
      version: 1,
      type: 'order.placed',
      at: now,
      actor,
      data: order,
    })
    await tx.insertOrder(order, event.position)
    if (!byStaff) await countIn(tx, order, whos, now)
    // An order that waits to be accepted holds nothing yet.
    if (order.state !== 'pending') await moveStock(tx, append, { pizzeria, order, direction: 'take', actor, now })
    await tx.keepAnswer({ scope, key, bodyHash, response: { tracking: order.tracking } satisfies Kept, at: now })
    return { order: pickCustomerOrder(order), tracking: order.tracking }
  })
  if (!placed) throw new Rejected('order.too_many_waiting', { retryAfter })
  return placed
}

/** What is stored of an answer: the log has the rest, and keeps it for longer than a key is valid. */
interface Kept {
  tracking: string
}

/** The answer that this key got: the order as it was placed, whatever happened to it since. */
async function placedBefore(tx: Tx, pizzeria: string, { tracking }: Kept): Promise<Placed> {
  const [placed] = await tx.subjectEventsAfter(pizzeria, `order:${tracking}`, 0, 1)
  return { order: toCustomerOrder(placed!.data as Order), tracking }
}

/**
 * The table that an order is for, by its name: the one of the QR code, or the one that was written. Where the tables
 * have codes, a name alone would be a guess (`order.table_unknown`); staff see who sits there.
 */
function settleTable({ settings }: Pizzeria, { mode, table, tableToken }: PlaceInput, byStaff: boolean): string | null {
  const found = settings.tables?.find(({ token }) => token === tableToken)
  if (found) return found.name
  const needsCode = needsTable[mode] && hasTables(settings) && !byStaff
  if (tableToken !== undefined || needsCode) throw new Rejected('order.table_unknown')
  if (needsTable[mode] && !table) throw new Rejected('order.table_required')
  return table ?? null
}

function requireDetails(pizzeria: Pizzeria, { mode, customer }: PlaceInput, byStaff: boolean) {
  const { settings } = pizzeria
  if (!byStaff) requireMode(pizzeria, mode)
  if (settings.policies.phoneRequired && !customer.phone && !byStaff) throw new Rejected('order.phone_required')
}

/**
 * How much later (minutes) an order may become than the customer saw before they are asked, unless the pizzeria sets
 * it.
 */
const usualPatienceMinutes = 10

/** Refuses with the new quote when the order would be ready much later than the customer agreed to. */
function requirePromise({ settings }: Pizzeria, { promise: seen }: PlaceInput, quote: Quote) {
  const patience = (settings.policies.patienceMinutes ?? usualPatienceMinutes) * 60_000
  if (seen !== undefined && Date.parse(quote.promise.at) - Date.parse(seen) > patience)
    throw new Rejected('order.promise_changed', { quote })
}

interface NewOrder {
  input: PlaceInput
  table: string | null
  phone: string | null
  quote: Quote
  now: number
  /** How far the machine's clock is from what is believed, ms. */
  off: number
  test: boolean
  /** Waits to be accepted by the counter, and because of which source. */
  waits: boolean
  heldFor: string | null
}

async function newOrder(
  tx: Tx,
  pizzeria: Pizzeria,
  { input, table, phone, quote, now, off, test, waits, heldFor }: NewOrder,
): Promise<Order> {
  // A number belongs to the day on which it is called out, which is the day of the promise.
  const day = businessDay(Date.parse(quote.promise.at), pizzeria.timezone)
  const days = businessDays(Date.parse(quote.promise.at), off, pizzeria.timezone)
  const number = await tx.nextNumber(pizzeria.id, days, test)
  const { calledAs } = pizzeria.settings.policies
  const at = new Date(now).toISOString()
  const later = isForLater(pizzeria, { wantedAt: input.for ?? null, promiseAt: quote.promise.at }, now)
  const state: OrderState = waits ? 'pending' : later ? 'scheduled' : 'queued'
  return {
    id: newId(now),
    pizzeria: pizzeria.id,
    tracking: newId(now),
    number,
    day,
    state,
    version: 1,
    mode: input.mode,
    table,
    customer: { name: input.customer.name, phone },
    lines: quote.lines,
    note: input.note,
    total: quote.total,
    currency: quote.currency,
    paid: false,
    promiseAt: quote.promise.at,
    wantedAt: input.for ?? null,
    ...(heldFor && { heldFor }),
    ...(calledAs && { calledAs }),
    placedAt: at,
    updatedAt: at,
    queuedAt: state === 'queued' ? at : null,
    bakingAt: null,
    readyAt: null,
    collectedAt: null,
    cancelledAt: null,
    cancelReason: null,
    recalledAt: null,
    shownAt: null,
    test,
  }
}
