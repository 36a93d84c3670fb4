import { and, eq, gte, inArray, isNull, lt, lte, sql } from 'drizzle-orm'
import { openStates } from '../../shared/order/moves.ts'
import type { Database } from '../database.ts'
import type { ShownTx } from '../store/shown.ts'
import { bodies } from './bodies.ts'

export function shownQueries({ db, schema: { orders } }: Database): ShownTx {
  const isOpenNotShown = and(inArray(orders.state, [...openStates]), isNull(orders.shownAt))
  // The state is part of the text, not a parameter, so that SQLite can use an index of that state's rows alone.
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

  return {
    notShownUpTo: async (pizzeria, position) =>
      await bodies(
        db
          .select({ body: orders.body })
          .from(orders)
          .where(and(eq(orders.pizzeria, pizzeria), isOpenNotShown, lte(orders.position, position))),
      ),
    async notShownAmong(pizzeria, ids) {
      const found = await db
        .select({ order: orders.body, painted: orders.painted })
        .from(orders)
        .where(and(inArray(orders.id, [...ids]), eq(orders.pizzeria, pizzeria), isOpenNotShown))
      return found.map(({ order, painted }) => ({ order, painted: painted ?? [] }))
    },

    unseenSince: async (before, level, limit) => await bodies(findUnseenSince.execute({ before, level, limit })),
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
  }
}
