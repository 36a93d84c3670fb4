import { and, asc, desc, eq, inArray, lt, lte, ne, or, sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import type { Delivery, Hook, HooksTx } from '../store/hooks.ts'

export function hookQueries({ db, schema: { hooks, deliveries, pizzerias } }: Database): HooksTx {
  // Two of these are asked every second.
  const findBehind = db
    .select({ id: hooks.id, pizzeria: hooks.pizzeria })
    .from(hooks)
    .innerJoin(pizzerias, eq(pizzerias.id, hooks.pizzeria))
    .where(or(ne(hooks.position, pizzerias.position), ne(hooks.epoch, sql.placeholder('epoch'))))
    .prepare()
  const isDue = lte(deliveries.dueAt, sql.placeholder('now'))
  const findDue = db.selectDistinct({ pizzeria: deliveries.pizzeria }).from(deliveries).where(isDue).prepare()
  const takeDue = db
    .select()
    .from(deliveries)
    .where(and(isDue, eq(deliveries.pizzeria, sql.placeholder('pizzeria'))))
    .orderBy(asc(deliveries.position))
    .limit(sql.placeholder('limit'))
    .prepare()

  return {
    hooksBehind: (epoch) => findBehind.execute({ epoch }),
    hooksOf: async (pizzeria) =>
      (await db.select().from(hooks).where(eq(hooks.pizzeria, pizzeria)).orderBy(asc(hooks.createdAt))) as Hook[],
    hook: async (id) => (await db.select().from(hooks).where(eq(hooks.id, id)))[0] as Hook | undefined,
    insertHook: async (hook) => {
      await db.insert(hooks).values(hook)
    },
    moveHook: async (id, epoch, position) => {
      await db.update(hooks).set({ epoch, position }).where(eq(hooks.id, id))
    },
    dropHook: async (id) => {
      await db.delete(deliveries).where(eq(deliveries.hook, id))
      await db.delete(hooks).where(eq(hooks.id, id))
    },
    insertDelivery: async (delivery) => {
      await db.insert(deliveries).values(delivery).onConflictDoNothing()
    },
    delivery: async (id) =>
      (await db.select().from(deliveries).where(eq(deliveries.id, id)))[0] as Delivery | undefined,
    deliveriesOf: async (hook, limit) =>
      (await db
        .select()
        .from(deliveries)
        .where(eq(deliveries.hook, hook))
        .orderBy(desc(deliveries.position))
        .limit(limit)) as Delivery[],
    pizzeriasWithDueDeliveries: async (now) => (await findDue.execute({ now })).map(({ pizzeria }) => pizzeria),
    async takeDueDeliveries(pizzeria, now, again, limit) {
      const found = (await takeDue.execute({ pizzeria, now, limit })) as Delivery[]
      for (const { id } of found) await db.update(deliveries).set({ dueAt: again }).where(eq(deliveries.id, id))
      return found
    },
    settleDelivery: async (id, change) => {
      await db.update(deliveries).set(change).where(eq(deliveries.id, id))
    },
    async dropDeliveriesBefore(time, limit) {
      const old = await db.select({ id: deliveries.id }).from(deliveries).where(lt(deliveries.at, time)).limit(limit)
      const ids = old.map(({ id }) => id)
      if (ids.length > 0) await db.delete(deliveries).where(inArray(deliveries.id, ids))
      return ids.length
    },
  }
}
