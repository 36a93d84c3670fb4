import { and, asc, count, desc, eq, gte, inArray, isNotNull, lt, lte, sql, type SQL } from 'drizzle-orm'
import type { OrderState } from '../../shared/order/order.ts'
import type { Database } from '../database.ts'
import type { OrderListsTx } from '../store/order-lists.ts'
import { bodies } from './bodies.ts'

export function orderListQueries({ db, schema: { orders } }: Database): OrderListsTx {
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
  const countPending = db
    .select({ waiting: count() })
    .from(orders)
    .where(and(eq(orders.pizzeria, sql.placeholder('pizzeria')), eq(orders.state, 'pending')))
    .prepare()
  const inStates = async (pizzeria: string, states: readonly OrderState[], more?: SQL) =>
    await db
      .select({ body: orders.body, promiseAt: orders.promiseAt, placedAt: orders.placedAt })
      .from(orders)
      .where(and(eq(orders.pizzeria, pizzeria), inArray(orders.state, [...states]), more))

  return {
    async ordersIn(pizzeria, states, recent = [], since = 0) {
      // Two queries: joined by an "or" they would scan the pizzeria's whole history.
      const found = [
        ...(states.length > 0 ? await inStates(pizzeria, states) : []),
        ...(recent.length > 0 ? await inStates(pizzeria, recent, gte(orders.updatedAt, since)) : []),
      ]
      return found.sort((a, b) => a.promiseAt - b.promiseAt || a.placedAt - b.placedAt).map(({ body }) => body)
    },

    countPending: async (pizzeria) => Number((await countPending.execute({ pizzeria }))[0]?.waiting ?? 0),
    pendingSince: async (before, limit) => await bodies(findPendingSince.execute({ before, limit })),
    dueScheduled: async (promisedBefore) => await bodies(findDueScheduled.execute({ promisedBefore })),

    owedOrders: async (pizzeria) =>
      await bodies(
        db
          .select({ body: orders.body })
          .from(orders)
          .where(and(eq(orders.pizzeria, pizzeria), sql`${orders.owed} > 0`, eq(orders.test, false)))
          .orderBy(asc(orders.placedAt)),
      ),
    ordersOfPhone: async (pizzeria, phone, limit) =>
      await bodies(
        db
          .select({ body: orders.body })
          .from(orders)
          .where(and(eq(orders.pizzeria, pizzeria), isNotNull(orders.phone), eq(orders.phone, phone)))
          .orderBy(desc(orders.placedAt))
          .limit(limit),
      ),
  }
}
