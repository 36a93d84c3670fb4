import { and, eq, inArray, lt, lte, sql } from 'drizzle-orm'
import { placeholders, type Database } from '../database.ts'
import type { PushesTx } from '../store/pushes.ts'

export function pushQueries({ db, schema: { pushes } }: Database): PushesTx {
  const isDue = lte(pushes.dueAt, sql.placeholder('now'))
  // Every second somebody asks this, and every order that becomes ready the one below.
  const findDue = db.selectDistinct({ pizzeria: pushes.pizzeria }).from(pushes).where(isDue).prepare()
  const setDue = db
    .update(pushes)
    .set(placeholders(pushes, ['dueAt']))
    .where(eq(pushes.order, sql.placeholder('order')))
    .prepare()
  const takeDue = db
    .select()
    .from(pushes)
    .where(and(isDue, eq(pushes.pizzeria, sql.placeholder('pizzeria'))))
    .limit(sql.placeholder('limit'))
    .prepare()
  const thisPush = (order: string, endpoint: string) => and(eq(pushes.order, order), eq(pushes.endpoint, endpoint))

  return {
    savePush: async (push) => {
      const { order: _order, endpoint: _endpoint, ...change } = push
      await db
        .insert(pushes)
        .values(push)
        .onConflictDoUpdate({ target: [pushes.order, pushes.endpoint], set: change })
    },
    pushesOf: async (order) =>
      (await db.select({ endpoint: pushes.endpoint }).from(pushes).where(eq(pushes.order, order))).map(
        ({ endpoint }) => endpoint,
      ),
    setPushesDue: async (order, dueAt) => {
      await setDue.execute({ order, dueAt })
    },
    pizzeriasWithDuePushes: async (now) => (await findDue.execute({ now })).map(({ pizzeria }) => pizzeria),
    async takeDuePushes(pizzeria, now, again, limit) {
      const found = await takeDue.execute({ pizzeria, now, limit })
      for (const { order, endpoint, tries } of found)
        await db
          .update(pushes)
          .set({ dueAt: again, tries: tries + 1 })
          .where(thisPush(order, endpoint))
      return found.map(({ dueAt: _, ...push }) => push)
    },
    dropPush: async (order, endpoint) => {
      await db.delete(pushes).where(thisPush(order, endpoint))
    },
    dropPushesOf: async (order) => {
      await db.delete(pushes).where(eq(pushes.order, order))
    },
    async dropPushesBefore(time, limit) {
      const old = await db.select({ order: pushes.order }).from(pushes).where(lt(pushes.at, time)).limit(limit)
      if (old.length > 0)
        await db.delete(pushes).where(
          inArray(
            pushes.order,
            old.map(({ order }) => order),
          ),
        )
      return old.length
    },
  }
}
