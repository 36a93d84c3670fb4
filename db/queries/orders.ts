import {
  and,
  asc,
  count as countRows,
  desc,
  eq,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  max,
  or,
  sql,
  sum,
  type SQL,
} from 'drizzle-orm'
import { openStates } from '../../shared/order/moves.ts'
import type { Order, OrderState } from '../../shared/order/order.ts'
import { owedOf } from '../../shared/order/payments.ts'
import { pizzasIn } from '../../shared/menu/pricing.ts'
import { grainOf } from '../../shared/menu/quote.ts'
import { dayKey, placeholders, type Database } from '../database.ts'
import type { KitchenLoad, OrdersTx } from '../store.ts'
import { beingMade } from './figures.ts'

const ms = (iso: string | null) => (iso === null ? null : Date.parse(iso))

const laterOf = (one: string, other = '') => (other > one ? other : one)

/** States whose orders hold a slot: one that waits to be accepted does not. */
const holding: OrderState[] = [...openStates, 'scheduled']

/** Adds an order's pizzas to the load, or takes them out. */
function count(load: KitchenLoad, order: Order, sign: 1 | -1) {
  if (!holding.includes(order.state)) return
  const [slot, pizzas] = [grainOf(Date.parse(order.promiseAt)), pizzasIn(order) * sign]
  const promised = (load.promised.get(slot) ?? 0) + pizzas
  if (promised === 0) load.promised.delete(slot)
  else load.promised.set(slot, promised)
  if (order.state !== 'scheduled') load.pizzasAhead += pizzas
}

/** Columns that most changes of an order leave as they are, or all of them. */
const settled = new Set<string>(['id', 'pizzeria', 'tracking', 'day', 'number', 'test', 'placedAt', 'phone'])

export function orderQueries({
  db,
  schema: { orders, numbers, days, idempotency },
  remember,
  staleDays,
}: Database): OrdersTx {
  /** The last number of each day that this transaction has given: nobody else can give one before its end. */
  const given = remember(new Map<string, number>(), 'commit')
  // The queries of every order are built once: building a query costs more than running it.
  const findOrder = db
    .select({ body: orders.body })
    .from(orders)
    .where(eq(orders.id, sql.placeholder('id')))
    .prepare()
  const findTracked = db
    .select({ body: orders.body })
    .from(orders)
    .where(eq(orders.tracking, sql.placeholder('tracking')))
    .prepare()
  /** All columns except `unseen`, which is a fact beside the order's own history. */
  const columns = [
    'shownAt',
    'queuedAt',
    'id',
    'pizzeria',
    'tracking',
    'day',
    'number',
    'test',
    'state',
    'pizzas',
    'promiseAt',
    'placedAt',
    'updatedAt',
    'owed',
    'phone',
    'position',
    'body',
  ] as const
  const insert = db
    .insert(orders)
    .values(placeholders(orders, [...columns]))
    .prepare()
  const updateOf = (changing: readonly (typeof columns)[number][]) =>
    db
      .update(orders)
      .set(placeholders(orders, [...changing]))
      .where(eq(orders.id, sql.placeholder('id')))
      .prepare()
  // SQLite writes each index anew that has a column which is set, also to what it was.
  const update = updateOf(columns.filter((column) => !settled.has(column)))
  const updateAll = updateOf(columns)
  const findHolding = db
    .select({ body: orders.body })
    .from(orders)
    .where(and(eq(orders.pizzeria, sql.placeholder('pizzeria')), inArray(orders.state, holding)))
    .prepare()
  // The state is part of the text, not a parameter, so that SQLite can use an index of that state's rows alone.
  const findDueScheduled = db
    .select({ body: orders.body })
    .from(orders)
    .where(and(sql`${orders.state} = 'scheduled'`, lte(orders.promiseAt, sql.placeholder('promisedBefore'))))
    .prepare()
  const findPendingSince = db
    .select({ body: orders.body })
    .from(orders)
    .where(and(sql`${orders.state} = 'pending'`, lt(orders.updatedAt, sql.placeholder('before'))))
    .orderBy(orders.updatedAt)
    .limit(sql.placeholder('limit'))
    .prepare()
  const findUnseenSince = db
    .select({ body: orders.body })
    .from(orders)
    .where(
      and(
        sql`${orders.state} = 'queued'`,
        isNull(orders.shownAt),
        lte(orders.queuedAt, sql.placeholder('before')),
        lt(orders.unseen, sql.placeholder('level')),
      ),
    )
    .orderBy(orders.queuedAt)
    .limit(sql.placeholder('limit'))
    .prepare()
  const placeholder = { promiseAt: sql.placeholder('promiseAt'), placedAt: sql.placeholder('placedAt') }
  const countAhead = db
    .select({ orders: countRows(), pizzas: sum(orders.pizzas) })
    .from(orders)
    .where(
      and(
        eq(orders.pizzeria, sql.placeholder('pizzeria')),
        inArray(orders.state, [...openStates]),
        lte(orders.promiseAt, placeholder.promiseAt),
        or(lt(orders.promiseAt, placeholder.promiseAt), lt(orders.placedAt, placeholder.placedAt)),
        eq(orders.test, false),
      ),
    )
    .prepare()
  const countPending = db
    .select({ waiting: countRows() })
    .from(orders)
    .where(and(eq(orders.pizzeria, sql.placeholder('pizzeria')), eq(orders.state, 'pending')))
    .prepare()
  const findAnswer = db
    .select({ bodyHash: idempotency.bodyHash, response: idempotency.response })
    .from(idempotency)
    .where(and(eq(idempotency.scope, sql.placeholder('scope')), eq(idempotency.key, sql.placeholder('key'))))
    .prepare()
  const insertAnswer = db
    .insert(idempotency)
    .values(placeholders(idempotency, ['scope', 'key', 'bodyHash', 'response', 'at']))
    .prepare()
  const findOldAnswers = db
    .select({ scope: idempotency.scope, key: idempotency.key })
    .from(idempotency)
    .where(lt(idempotency.at, sql.placeholder('time')))
    .limit(sql.placeholder('limit'))
    .prepare()
  const dropAnswer = db
    .delete(idempotency)
    .where(and(eq(idempotency.scope, sql.placeholder('scope')), eq(idempotency.key, sql.placeholder('key'))))
    .prepare()
  const lastNumbers = (test: boolean) => ({
    /** The usual case in one statement: one day, on which somebody has counted. */
    count: db
      .update(numbers)
      .set({ last: sql`${numbers.last} + 1` })
      .where(
        and(
          eq(numbers.pizzeria, sql.placeholder('pizzeria')),
          eq(numbers.day, sql.placeholder('day')),
          eq(numbers.test, test),
        ),
      )
      .returning({ last: numbers.last })
      .prepare(),
    counted: db
      .select({ last: numbers.last })
      .from(numbers)
      .where(
        and(
          eq(numbers.pizzeria, sql.placeholder('pizzeria')),
          eq(numbers.day, sql.placeholder('day')),
          eq(numbers.test, test),
        ),
      )
      .prepare(),
    highest: db
      .select({ last: max(orders.number) })
      .from(orders)
      .where(
        and(
          eq(orders.pizzeria, sql.placeholder('pizzeria')),
          eq(orders.day, sql.placeholder('day')),
          eq(orders.test, test),
        ),
      )
      .prepare(),
  })
  const [realNumbers, testNumbers] = [lastNumbers(false), lastNumbers(true)]
  const keepNumber = db
    .insert(numbers)
    .values(placeholders(numbers, ['pizzeria', 'day', 'test', 'last']))
    .onConflictDoUpdate({
      target: [numbers.pizzeria, numbers.day, numbers.test],
      set: { last: sql`excluded.last` },
    })
    .prepare()
  // Its figures are no longer those of its orders (`FiguresTx`).
  const changeDay = db
    .update(days)
    .set({ changes: sql`${days.changes} + 1`, folded: -1 })
    .where(
      and(
        eq(days.pizzeria, sql.placeholder('pizzeria')),
        eq(days.day, sql.placeholder('day')),
        or(eq(days.folded, days.changes), eq(days.folded, beingMade)),
      ),
    )
    .prepare()
  async function noteChange(pizzeria: string, day: string) {
    const key = dayKey(pizzeria, day)
    if (staleDays.has(key)) return
    await changeDay.execute({ pizzeria, day })
    staleDays.add(key)
  }
  /** By pizzeria. An order's change takes part in it; after any other event the load is read again. */
  const loads = remember(new Map<string, KitchenLoad>())
  function countIn(position: number, after: Order, before?: Order) {
    const known = loads.get(after.pizzeria)
    if (known?.position !== position - 1) return
    known.position = position
    if (before) count(known, before, -1)
    count(known, after, 1)
  }
  const row = (order: Order, position: number) => ({
    id: order.id,
    pizzeria: order.pizzeria,
    tracking: order.tracking,
    day: order.day,
    number: order.number,
    test: order.test,
    state: order.state,
    pizzas: pizzasIn(order),
    promiseAt: Date.parse(order.promiseAt),
    placedAt: Date.parse(order.placedAt),
    updatedAt: Date.parse(order.updatedAt),
    // When the kitchen got it as it is now: from then on somebody must have shown it.
    queuedAt: order.queuedAt === null ? null : Date.parse(laterOf(order.queuedAt, order.amended?.at)),
    shownAt: ms(order.shownAt),
    owed: owedOf(order),
    phone: order.customer.phone,
    position,
    body: order,
  })

  const inStates = async (pizzeria: string, states: readonly OrderState[], more?: SQL) =>
    await db
      .select({ body: orders.body, promiseAt: orders.promiseAt, placedAt: orders.placedAt })
      .from(orders)
      .where(and(eq(orders.pizzeria, pizzeria), inArray(orders.state, [...states]), more))

  return {
    order: async (id) => (await findOrder.execute({ id }))[0]?.body,
    orderByTracking: async (tracking) => (await findTracked.execute({ tracking }))[0]?.body,

    async insertOrder(order, position) {
      await insert.execute(row(order, position))
      if (!order.test) await noteChange(order.pizzeria, order.day)
      countIn(position, order)
    },
    async nextNumber(pizzeria, days, test) {
      const { count, counted, highest } = test ? testNumbers : realNumbers
      const keyOf = (day: string) => `${pizzeria} ${day} ${test}`
      const [first = ''] = days
      if (days.length === 1 && !given.has(keyOf(first))) {
        const [next] = await count.execute({ pizzeria, day: first })
        if (next) {
          given.set(keyOf(first), next.last)
          return next.last
        }
      }
      async function lastOf(day: string): Promise<number> {
        const last = given.get(keyOf(day))
        if (last !== undefined) return last
        const [kept] = await counted.execute({ pizzeria, day })
        const [found] = kept ? [kept] : await highest.execute({ pizzeria, day })
        return found?.last ?? 0
      }
      let next = 1
      for (const day of days) next = Math.max(next, (await lastOf(day)) + 1)
      for (const day of days) {
        await keepNumber.execute({ pizzeria, day, test, last: next })
        given.set(keyOf(day), next)
      }
      return next
    },
    async hasNumbers(pizzeria, test) {
      const [found] = await db
        .select({ last: numbers.last })
        .from(numbers)
        .where(and(eq(numbers.pizzeria, pizzeria), eq(numbers.test, test)))
        .limit(1)
      return found !== undefined
    },
    updateOrder: async (before, after, position) => {
      const isSettled =
        before.day === after.day && before.number === after.number && before.customer.phone === after.customer.phone
      await (isSettled ? update : updateAll).execute(row(after, position))
      if (!after.test) for (const day of new Set([before.day, after.day])) await noteChange(after.pizzeria, day)
      countIn(position, after, before)
    },

    async ordersIn(pizzeria, states, recent = [], since = 0) {
      // Two queries: joined by an "or" they would scan the pizzeria's whole history.
      const found = [
        ...(states.length > 0 ? await inStates(pizzeria, states) : []),
        ...(recent.length > 0 ? await inStates(pizzeria, recent, gte(orders.updatedAt, since)) : []),
      ]
      return found.sort((a, b) => a.promiseAt - b.promiseAt || a.placedAt - b.placedAt).map(({ body }) => body)
    },

    async load({ id, position }) {
      const known = loads.get(id)
      if (known?.position === position) return known
      const load: KitchenLoad = { position, promised: new Map(), pizzasAhead: 0 }
      for (const { body } of await findHolding.execute({ pizzeria: id })) count(load, body, 1)
      loads.set(id, load)
      return load
    },
    async ahead({ pizzeria, promiseAt, placedAt }) {
      const [found] = await countAhead.execute({ pizzeria, promiseAt: ms(promiseAt), placedAt: ms(placedAt) })
      return { orders: Number(found?.orders ?? 0), pizzas: Number(found?.pizzas ?? 0) }
    },
    owedOrders: async (pizzeria) =>
      (
        await db
          .select({ body: orders.body })
          .from(orders)
          .where(and(eq(orders.pizzeria, pizzeria), sql`${orders.owed} > 0`, eq(orders.test, false)))
          .orderBy(asc(orders.placedAt))
      ).map(({ body }) => body),
    ordersOfPhone: async (pizzeria, phone, limit) =>
      (
        await db
          .select({ body: orders.body })
          .from(orders)
          .where(and(eq(orders.pizzeria, pizzeria), isNotNull(orders.phone), eq(orders.phone, phone)))
          .orderBy(desc(orders.placedAt))
          .limit(limit)
      ).map(({ body }) => body),
    countPending: async (pizzeria) => Number((await countPending.execute({ pizzeria }))[0]?.waiting ?? 0),
    pendingSince: async (before, limit) =>
      (await findPendingSince.execute({ before, limit })).map((found) => found.body),
    dueScheduled: async (promisedBefore) =>
      (await findDueScheduled.execute({ promisedBefore })).map((found) => found.body),

    notShownUpTo: async (pizzeria, position) =>
      (
        await db
          .select({ body: orders.body })
          .from(orders)
          .where(
            and(
              eq(orders.pizzeria, pizzeria),
              inArray(orders.state, [...openStates]),
              isNull(orders.shownAt),
              lte(orders.position, position),
            ),
          )
      ).map((found) => found.body),

    notShownAmong: async (pizzeria, ids) =>
      (
        await db
          .select({ order: orders.body, painted: orders.painted })
          .from(orders)
          .where(
            and(
              inArray(orders.id, [...ids]),
              eq(orders.pizzeria, pizzeria),
              inArray(orders.state, [...openStates]),
              isNull(orders.shownAt),
            ),
          )
      ).map(({ order, painted }) => ({ order, painted: painted ?? [] })),

    unseenSince: async (before, level, limit) =>
      (await findUnseenSince.execute({ before, level, limit })).map((found) => found.body),

    unseen: async (pizzeria) =>
      await db
        .select({ id: orders.id, level: orders.unseen, since: orders.queuedAt })
        .from(orders)
        .where(
          and(eq(orders.pizzeria, pizzeria), eq(orders.state, 'queued'), isNull(orders.shownAt), gte(orders.unseen, 1)),
        ),

    markShown: async (order, at) => {
      await db
        .update(orders)
        .set({ shownAt: at, body: { ...order, shownAt: new Date(at).toISOString() } })
        .where(eq(orders.id, order.id))
    },
    notePainted: async (id, painted) => {
      await db
        .update(orders)
        .set({ painted: [...painted] })
        .where(eq(orders.id, id))
    },
    forgetShown: async (id) => {
      await db.update(orders).set({ shownAt: null, painted: null, unseen: 0 }).where(eq(orders.id, id))
    },
    markUnseen: async (id, level) => {
      await db.update(orders).set({ unseen: level }).where(eq(orders.id, id))
    },

    async answerTo(scope, key) {
      const [row] = await findAnswer.execute({ scope, key })
      return row
    },
    keepAnswer: async (answer) => {
      await insertAnswer.execute({ ...answer })
    },
    async dropAnswersBefore(time, limit) {
      const old = await findOldAnswers.execute({ time, limit })
      for (const { scope, key } of old) await dropAnswer.execute({ scope, key })
      return old.length
    },
  }
}
