import { and, asc, desc, eq, gte, inArray, isNull, lt, lte, or, sql, sum } from 'drizzle-orm'
import { openStates } from '../../shared/order/moves.ts'
import type { Order, OrderState } from '../../shared/order/order.ts'
import { pizzasIn } from '../../shared/menu/pricing.ts'
import { slotMs } from '../../shared/menu/quote.ts'
import type { Database } from '../database.ts'

const ms = (iso: string | null) => iso === null ? null : Date.parse(iso)

export function orderQueries({ db, schema: { orders, idempotency } }: Database) {
  const one = async (where: Parameters<ReturnType<ReturnType<typeof db.select>['from']>['where']>[0]): Promise<Order | undefined> =>
    (await db.select({ body: orders.body }).from(orders).where(where))[0]?.body
  const row = (order: Order, position: number) => ({
    id: order.id, pizzeria: order.pizzeria, tracking: order.tracking, day: order.day, number: order.number, state: order.state, pizzas: pizzasIn(order),
    promiseAt: Date.parse(order.promiseAt), placedAt: Date.parse(order.placedAt), updatedAt: Date.parse(order.updatedAt),
    queuedAt: ms(order.queuedAt), shownAt: ms(order.shownAt), position, body: order,
  })

  return {
    order: (id: string) => one(eq(orders.id, id)),
    orderByTracking: (tracking: string) => one(eq(orders.tracking, tracking)),

    insertOrder: async (order: Order, position: number) => { await db.insert(orders).values(row(order, position)) },
    updateOrder: async (order: Order, position: number) => { await db.update(orders).set(row(order, position)).where(eq(orders.id, order.id)) },

    /** Orders in any of `states`, and those of `recent` states changed since a time (ms); oldest promise first. */
    ordersIn: async (pizzeria: string, states: readonly OrderState[], recent: readonly OrderState[] = [], since = 0): Promise<Order[]> =>
      (await db.select({ body: orders.body }).from(orders)
        .where(and(eq(orders.pizzeria, pizzeria), or(inArray(orders.state, [...states]), and(inArray(orders.state, [...recent]), gte(orders.updatedAt, since)))))
        .orderBy(asc(orders.promiseAt), asc(orders.placedAt))).map(found => found.body),

    /** Newest orders first, for the history. */
    latestOrders: async (pizzeria: string, limit: number): Promise<Order[]> =>
      (await db.select({ body: orders.body }).from(orders).where(eq(orders.pizzeria, pizzeria)).orderBy(desc(orders.placedAt)).limit(limit)).map(found => found.body),

    /** Pizzas still to be made, by the quarter hour (ms) they are promised in: all that the promise needs of the kitchen's load. */
    async load(pizzeria: string): Promise<{ promised: Map<number, number>, pizzasAhead: number }> {
      const slot = sql<number>`${orders.promiseAt} / ${sql.raw(String(slotMs))}`
      const rows = await db.select({ slot, state: orders.state, pizzas: sum(orders.pizzas) }).from(orders)
        .where(and(eq(orders.pizzeria, pizzeria), inArray(orders.state, [...openStates, 'scheduled', 'pending']))).groupBy(slot, orders.state)
      const promised = new Map<number, number>()
      let pizzasAhead = 0
      for (const row of rows) {
        const [start, pizzas] = [Math.floor(Number(row.slot)) * slotMs, Number(row.pizzas ?? 0)]
        promised.set(start, (promised.get(start) ?? 0) + pizzas)
        if (row.state !== 'scheduled') pizzasAhead += pizzas
      }
      return { promised, pizzasAhead }
    },

    /** Scheduled orders that are due to be released. */
    dueScheduled: async (promisedBefore: number): Promise<Order[]> =>
      (await db.select({ body: orders.body }).from(orders).where(and(eq(orders.state, 'scheduled'), lte(orders.promiseAt, promisedBefore)))).map(found => found.body),

    /** Queued orders up to a log position that no screen has proved to show. */
    notShownUpTo: async (pizzeria: string, position: number): Promise<Order[]> =>
      (await db.select({ body: orders.body }).from(orders)
        .where(and(eq(orders.pizzeria, pizzeria), inArray(orders.state, [...openStates]), isNull(orders.shownAt), lte(orders.position, position)))).map(found => found.body),

    /** Queued orders, not proved shown, that the kitchen got before a time (ms) and that have escalated less than `level`. */
    unseenSince: async (before: number, level: number): Promise<Order[]> =>
      (await db.select({ body: orders.body }).from(orders)
        .where(and(eq(orders.state, 'queued'), isNull(orders.shownAt), lte(orders.queuedAt, before), lt(orders.unseen, level)))).map(found => found.body),

    /** Orders that stand escalated, with their level. */
    unseen: (pizzeria: string) => db.select({ id: orders.id, level: orders.unseen, since: orders.queuedAt }).from(orders)
      .where(and(eq(orders.pizzeria, pizzeria), eq(orders.state, 'queued'), isNull(orders.shownAt), gte(orders.unseen, 1))),

    /** A fact beside the order's own history: neither its version nor its position changes. */
    markShown: async (order: Order, at: number) => {
      await db.update(orders).set({ shownAt: at, body: { ...order, shownAt: new Date(at).toISOString() } }).where(eq(orders.id, order.id))
    },
    markUnseen: async (id: string, level: number) => { await db.update(orders).set({ unseen: level }).where(eq(orders.id, id)) },

    async answerTo(scope: string, key: string): Promise<{ bodyHash: string, response: unknown } | undefined> {
      const [row] = await db.select({ bodyHash: idempotency.bodyHash, response: idempotency.response }).from(idempotency).where(and(eq(idempotency.scope, scope), eq(idempotency.key, key)))
      return row
    },
    keepAnswer: async (answer: { scope: string, key: string, bodyHash: string, response: unknown, at: number }) => { await db.insert(idempotency).values(answer) },
    dropAnswersBefore: async (time: number) => { await db.delete(idempotency).where(lt(idempotency.at, time)) },
  }
}
