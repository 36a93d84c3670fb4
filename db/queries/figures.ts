import { and, asc, between, desc, eq, gt, inArray, lt, sql, type SQL } from 'drizzle-orm'
import type { Text } from '../../shared/menu/menu.ts'
import { placeholders, type Database } from '../database.ts'
import type { FiguresTx, HistoryFilter } from '../store.ts'

/** Later than any order, so that the first page is found as the others are. */
const last = { placedAt: Number.MAX_SAFE_INTEGER, id: '' }

/** History and figures: what is asked of a past without end, always by the page. */
export function figuresQueries({ db, schema: { orders, days, items } }: Database): FiguresTx {
  const findOfDay = db
    .select({ body: orders.body })
    .from(orders)
    .where(
      and(
        eq(orders.pizzeria, sql.placeholder('pizzeria')),
        eq(orders.day, sql.placeholder('day')),
        eq(orders.test, false),
        gt(orders.number, sql.placeholder('after')),
      ),
    )
    .orderBy(asc(orders.number))
    .limit(sql.placeholder('limit'))
    .prepare()
  const findDayBefore = db
    .select({ day: orders.day })
    .from(orders)
    .where(and(eq(orders.pizzeria, sql.placeholder('pizzeria')), lt(orders.day, sql.placeholder('day'))))
    .orderBy(desc(orders.day))
    .limit(1)
    .prepare()
  const keep = db
    .insert(days)
    .values(placeholders(days, ['pizzeria', 'day', 'changes', 'folded', 'body']))
    .onConflictDoUpdate({
      target: [days.pizzeria, days.day],
      set: { folded: sql`excluded.folded`, body: sql`excluded.body` },
      setWhere: sql`${days.changes} = excluded.changes`,
    })
    .prepare()
  const findStale = db
    .select({ pizzeria: days.pizzeria, day: days.day })
    .from(days)
    .where(and(sql`${days.folded} <> ${days.changes}`, lt(days.day, sql.placeholder('before'))))
    .limit(sql.placeholder('limit'))
    .prepare()

  return {
    days: async (pizzeria, from, to) =>
      (
        await db
          .select()
          .from(days)
          .where(and(eq(days.pizzeria, pizzeria), between(days.day, from, to)))
          .orderBy(asc(days.day))
      ).map(({ day, changes, folded, body }) => ({ day, changes, isFresh: folded === changes, figures: body })),
    keepDay: async (pizzeria, day, changes, figures) => {
      await keep.execute({ pizzeria, day, changes, folded: changes, body: figures })
    },
    staleDays: async (before, limit) => await findStale.execute({ before, limit }),
    dayBefore: async (pizzeria, day) => (await findDayBefore.execute({ pizzeria, day }))[0]?.day,
    ordersOfDay: async (pizzeria, day, after, limit) =>
      (await findOfDay.execute({ pizzeria, day, after, limit })).map(({ body }) => body),

    itemNames: async (pizzeria, ids) =>
      new Map<string, Text>(
        ids.length === 0
          ? []
          : (
              await db
                .select({ id: items.id, body: items.body })
                .from(items)
                .where(and(eq(items.pizzeria, pizzeria), inArray(items.id, [...ids])))
            ).map(({ id, body }) => [id, body.name]),
      ),

    async history(pizzeria, { day, number, named, before = last }: HistoryFilter, limit) {
      const where: (SQL | undefined)[] = [
        eq(orders.pizzeria, pizzeria),
        eq(orders.test, false),
        day === undefined ? undefined : eq(orders.day, day),
        number === undefined ? undefined : eq(orders.number, number),
        // Part of the text, not a parameter, so that SQLite uses the index of these rows alone.
        named ? sql`${orders.people} = true` : undefined,
        sql`(${orders.placedAt}, ${orders.id}) < (${before.placedAt}, ${before.id})`,
      ]
      const found = await db
        .select({ body: orders.body })
        .from(orders)
        .where(and(...where))
        .orderBy(desc(orders.placedAt), desc(orders.id))
        .limit(limit)
      return found.map(({ body }) => body)
    },
  }
}
