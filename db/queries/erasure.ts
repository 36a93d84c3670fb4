import { and, asc, between, eq, gte, inArray, lt, notInArray, sql } from 'drizzle-orm'
import { activeStates } from '../../shared/order/moves.ts'
import type { Order } from '../../shared/order/order.ts'
import { withoutPeople } from '../../shared/order/people.ts'
import type { Database } from '../database.ts'
import type { ErasureTx } from '../store/erasure.ts'
import { bodies } from './bodies.ts'

const day = 86_400_000

export function erasureQueries({ db, schema: { orders, events } }: Database): ErasureTx {
  const named = eq(orders.people, true)

  return {
    overWithPeople: async (pizzeria, before, limit) =>
      await bodies(
        db
          .select({ body: orders.body })
          .from(orders)
          .where(
            and(
              eq(orders.pizzeria, pizzeria),
              named,
              lt(orders.placedAt, before),
              notInArray(orders.state, [...activeStates]),
            ),
          )
          .orderBy(asc(orders.placedAt))
          .limit(limit),
      ),

    withPeopleAfter: async (pizzeria, { placedAt, id }, limit) =>
      await bodies(
        db
          .select({ body: orders.body })
          .from(orders)
          .where(
            and(eq(orders.pizzeria, pizzeria), named, sql`(${orders.placedAt}, ${orders.id}) > (${placedAt}, ${id})`),
          )
          .orderBy(asc(orders.placedAt), asc(orders.id))
          .limit(limit),
      ),

    withPeopleAmong: async (ids) =>
      ids.length === 0
        ? []
        : await bodies(
            db
              .select({ body: orders.body })
              .from(orders)
              .where(and(inArray(orders.id, ids), named)),
          ),

    async erasePeople(order) {
      await db
        .update(orders)
        .set({ people: false, phone: null, body: withoutPeople(order) })
        .where(eq(orders.id, order.id))
      const own = await db
        .select({ position: events.position, data: events.data })
        .from(events)
        .where(
          and(
            eq(events.subject, `order:${order.tracking}`),
            // The condition changes no result, but without it SQLite scans the pizzeria's log.
            gte(events.version, 0),
            eq(events.pizzeria, order.pizzeria),
          ),
        )
      for (const { position, data } of own) await rewrite(order.pizzeria, position, withoutPeople(data as Order))
      // A kitchen event also carries the whole order, within a day of the order's life.
      const [from, to] = [Date.parse(order.placedAt), Date.parse(order.updatedAt) + day]
      const kitchen = await db
        .select({ position: events.position, data: events.data })
        .from(events)
        .where(
          and(
            eq(events.subject, 'kitchen'),
            between(events.version, from, to),
            eq(events.pizzeria, order.pizzeria),
            eq(events.type, 'kitchen.unseen'),
          ),
        )
      for (const { position, data } of kitchen) {
        const about = data as { order: Order }
        if (about.order.id === order.id)
          await rewrite(order.pizzeria, position, { ...about, order: withoutPeople(about.order) })
      }
    },
  }

  async function rewrite(pizzeria: string, position: number, data: unknown) {
    await db
      .update(events)
      .set({ data })
      .where(and(eq(events.pizzeria, pizzeria), eq(events.position, position)))
  }
}
