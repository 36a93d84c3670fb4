import { createHash } from 'node:crypto'
import type { Tx } from '../../db/store.ts'
import { pizzasIn, piecesByItem } from '../../shared/menu/pricing.ts'
import type { Pizzeria } from '../../shared/menu/pizzeria.ts'
import { grainOf, hasRoom } from '../../shared/menu/quote.ts'
import { mayAmend, priceAmended, type AmendInput } from '../../shared/order/amend.ts'
import { needsTable } from '../../shared/order/modes.ts'
import type { Actor, Order } from '../../shared/order/order.ts'
import { factsOf, isPaid } from '../../shared/order/payments.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import type { Append, Context } from '../context.ts'
import { newId } from '../ground/ids.ts'
import { readPhone } from '../ground/phone.ts'
import { hasTables, readMenu, requirePizzeria } from '../menu/pizzeria.ts'
import { moveStock } from '../menu/stock.ts'
import { viewFor } from './change.ts'
import { isForLater, promiseIn } from './quote.ts'
import { renumber } from './renumber.ts'

export interface Amendment {
  /** Which order: staff name it by its id, its customer by their key. */
  which: { id: string } | { tracking: string }
  /** The order must belong to it; null: the customer's key is enough. */
  pizzeria: string | null
  key: string | null
  input: AmendInput
  actor: Actor
}

export interface Amended {
  order: Order
  /** What the order costs more (or, negative, less) than before, minor units. */
  difference: number
}

interface Kept {
  version: number
  difference: number
}

/**
 * Changes an order that was placed: lines, note, name, table, time. Price, stock and promise are settled in one
 * transaction, as placing does it; lines that stay keep their price, and need no longer be on the menu. Throws
 * `order.unknown`, `order.stale`, `order.illegal`, `order.price_changed` (with the new quote), and what placing throws.
 */
export async function amendOrder(
  { store, commit, clock }: Pick<Context, 'store' | 'commit' | 'clock'>,
  { which, pizzeria, key, input, actor }: Amendment,
): Promise<Amended> {
  const find = (tx: Tx) => ('id' in which ? tx.order(which.id) : tx.orderByTracking(which.tracking))
  const found = await store.read(find)
  if (!found || (pizzeria !== null && found.pizzeria !== pizzeria)) throw new Rejected('order.unknown')
  const scope = `amend:${found.id}`
  const bodyHash = createHash('sha256').update(JSON.stringify(input)).digest('base64url')
  return await commit(found.pizzeria, async (tx, append) => {
    const before = key === null ? undefined : await tx.answerTo(scope, key)
    if (before && before.bodyHash !== bodyHash) throw new Rejected('idempotency.reused')
    const order = (await find(tx))!
    if (before) return await amendedBefore(tx, order, before.response as Kept)
    const now = clock()
    const amended = await amendIn(tx, append, { order, input, actor, now })
    const response: Kept = { version: amended.order.version, difference: amended.difference }
    if (key !== null) await tx.keepAnswer({ scope, key, bodyHash, response, at: now })
    return amended
  })
}

/** The answer that this key got: the order as it was then, as long as the log has it. */
async function amendedBefore(tx: Tx, order: Order, { version, difference }: Kept): Promise<Amended> {
  const [then] = await tx.subjectEventsAfter(order.pizzeria, `order:${order.tracking}`, version - 1, 1)
  return { order: then?.version === version ? (then.data as Order) : order, difference }
}

type Amending = { order: Order; input: AmendInput; actor: Actor; now: number }

async function amendIn(tx: Tx, append: Append, { order, input, actor, now }: Amending): Promise<Amended> {
  const refuse = (code: 'order.stale' | 'order.illegal', seen = viewFor(actor, order)) =>
    new Rejected(code, { order: seen })
  if (order.version !== input.ifVersion) throw refuse('order.stale')
  const pizzeria = await requirePizzeria(tx, order.pizzeria)
  if (!mayAmend(actor, order, pizzeria.settings.policies.customersAmend ?? false)) throw refuse('order.illegal')
  const isStaff = actor === 'counter' || actor === 'manager'

  const lines = await settleLines(tx, pizzeria, { order, input, isStaff, now })
  const details = settleDetails(pizzeria, order, input, isStaff)
  const time = await settleTime(tx, pizzeria, { order, input, pizzas: pizzasIn(lines), now })
  const total = lines.lines.reduce((sum, line) => sum + line.total, 0)
  if (input.total !== undefined && input.total !== total)
    throw new Rejected('order.price_changed', {
      quote: { lines: lines.lines, total, currency: order.currency, promise: { at: time.promiseAt, because: 'base' } },
    })

  const at = new Date(now).toISOString()
  const touched = { lines: lines.lines, total, ...details, ...time }
  const same = Object.entries(touched).every(
    ([name, value]) => JSON.stringify(value) === JSON.stringify(order[name as keyof Order]),
  )
  if (same) return { order, difference: 0 }
  const after: Order = {
    ...order,
    ...touched,
    version: order.version + 1,
    updatedAt: at,
    shownAt: null,
    amended: { at, struck: lines.struck, fresh: lines.fresh },
    // What a station has finished is finished, unless something new came for it.
    ...(order.done && {
      done: order.done.filter((part) => !lines.fresh.some((index) => isOf(part, lines.lines[index]!))),
    }),
    ...(order.paid || order.payments ? { payments: factsOf(order) } : {}),
  }
  after.paid = isPaid(after)
  const event = await append({
    pizzeria: order.pizzeria,
    id: newId(now),
    subject: `order:${order.tracking}`,
    version: after.version,
    // Of a type that walls of earlier builds know: they show the lines as they are now.
    type: 'order.moved',
    at: now,
    actor,
    data: after,
  })
  await tx.updateOrder(order, after, event.position)
  await tx.forgetShown(after.id)
  await moveDifference(tx, append, { pizzeria, before: order, after, actor, now })
  return { order: after, difference: after.total - order.total }
}

const isOf = (part: 'pizza' | 'sides', { kind }: { kind: string }) => (part === 'pizza') === (kind === 'pizza')

async function settleLines(
  tx: Tx,
  pizzeria: Pizzeria,
  { order, input, isStaff, now }: { order: Order; input: AmendInput; isStaff: boolean; now: number },
) {
  if (!input.lines) return { lines: order.lines, struck: [], fresh: [] }
  const amended = priceAmended(await readMenu(tx, pizzeria, now), order.lines, input.lines, { unlimited: isStaff })
  if (!amended.ok) throw new Rejected(amended.rejection.code, amended.rejection.details)
  const pieces = amended.lines.reduce((sum, line) => sum + line.quantity, 0)
  const { maxPieces } = pizzeria.settings.policies
  if (!isStaff && pieces > maxPieces) throw new Rejected('order.quantity', { most: maxPieces })
  return amended
}

function settleDetails(pizzeria: Pizzeria, order: Order, { note, customer, table }: AmendInput, isStaff: boolean) {
  // Where the tables have codes, the one that was scanned stays: another name would be a guess.
  if (table !== undefined && table !== order.table && !isStaff && hasTables(pizzeria.settings))
    throw new Rejected('order.table_unknown')
  if (table === null && needsTable[order.mode]) throw new Rejected('order.table_required')
  const phone = customer?.phone
  return {
    note: note ?? order.note,
    table: table === undefined ? order.table : table,
    customer: {
      name: customer?.name ?? order.customer.name,
      phone: phone === undefined ? order.customer.phone : phone === null ? null : readPhone(phone, pizzeria.country),
    },
  }
}

type Timed = Pick<Order, 'promiseAt' | 'wantedAt' | 'day' | 'number' | 'state' | 'queuedAt'>

/**
 * Its time stays while its quarter hour has room for what is new, so that the ticket keeps its place; else it is
 * promised anew, without its own pizzas in the way.
 */
async function settleTime(
  tx: Tx,
  pizzeria: Pizzeria,
  { order, input, pizzas, now }: { order: Order; input: AmendInput; pizzas: number; now: number },
): Promise<Timed> {
  const { promiseAt, day, number, state, queuedAt } = order
  const wantedAt = input.for === undefined ? (order.wantedAt ?? null) : input.for
  const stays = { promiseAt, wantedAt: order.wantedAt, day, number, state, queuedAt }
  const moves = input.for !== undefined && input.for !== (order.wantedAt ?? null)
  const load = await tx.load(pizzeria)
  const own = { at: grainOf(Date.parse(promiseAt)), pizzas: state === 'pending' ? 0 : pizzasIn(order) }
  const without = {
    promised: new Map(load.promised).set(own.at, Math.max(0, (load.promised.get(own.at) ?? 0) - own.pizzas)),
    pizzasAhead: Math.max(0, load.pizzasAhead - (state === 'scheduled' || state === 'pending' ? 0 : own.pizzas)),
  }
  const more = pizzas - pizzasIn(order)
  const fits = hasRoom(pizzeria.settings.kitchen, without.promised, own.at, pizzas)
  if (!moves && (more <= 0 || fits || state === 'making' || state === 'baking')) return stays
  const later = wantedAt ?? undefined
  const promise = promiseIn(pizzeria, without, { now, later, pizzas, unlimited: true })
  const at = moves ? promise.at : Math.max(promise.at, Date.parse(promiseAt))
  const next = new Date(at).toISOString()
  const waits = isForLater(pizzeria, { wantedAt, promiseAt: next }, now)
  return {
    promiseAt: next,
    wantedAt,
    ...(await renumber(tx, pizzeria, order, at)),
    ...(state === 'queued' && waits
      ? { state: 'scheduled', queuedAt: null }
      : state === 'scheduled' && !waits
        ? { state: 'queued', queuedAt: new Date(now).toISOString() }
        : { state, queuedAt }),
  }
}

/** Counted portions: what is new is taken, and what goes is given back where nobody has started. */
async function moveDifference(
  tx: Tx,
  append: Append,
  {
    pizzeria,
    before,
    after,
    actor,
    now,
  }: { pizzeria: Pizzeria; before: Order; after: Order; actor: Actor; now: number },
) {
  if (before.state === 'pending') return
  const [was, is] = [piecesByItem(before.lines), piecesByItem(after.lines)]
  const change = [...new Set([...was.keys(), ...is.keys()])].map((item) => ({
    item,
    quantity: (is.get(item) ?? 0) - (was.get(item) ?? 0),
  }))
  const started = before.state === 'making' || before.state === 'baking'
  const more = change.filter(({ quantity }) => quantity > 0)
  const less = started ? [] : change.filter(({ quantity }) => quantity < 0)
  const { test } = after
  const given = less.map(({ item, quantity }) => ({ item, quantity: -quantity }))
  if (given.length > 0)
    await moveStock(tx, append, { pizzeria, order: { lines: given, test }, direction: 'give', actor, now })
  if (more.length === 0) return
  const menuNow = given.length > 0 ? await requirePizzeria(tx, pizzeria.id) : pizzeria
  await moveStock(tx, append, { pizzeria: menuNow, order: { lines: more, test }, direction: 'take', actor, now })
}
