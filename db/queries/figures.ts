import { and, asc, between, desc, eq, gt, inArray, lt, sql, type SQL } from 'drizzle-orm'
import { completeText } from '../../shared/menu/menu-text.ts'
import type { Text } from '../../shared/menu/menu.ts'
import { dayKey, type Database } from '../database.ts'
import type { FiguresTx, HistoryFilter } from '../store/figures.ts'
import { bodies } from './bodies.ts'
import { beingMade } from './stale-days.ts'

/** Later than any order, so that the first page is found as the others are. */
const last = { placedAt: Number.MAX_SAFE_INTEGER, id: '' }

/** History and figures: what is asked of a past without end, always by the page. */
export function figuresQueries({ db, schema: { orders, days, items }, staleDays }: Database): FiguresTx {
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
  /**
   * The days that a pizzeria has orders of, each found by one step in the index of the numbers: so that index finds a
   * number on all of them, and orders need none of their own for it.
   */
  const everyDay = (pizzeria: string) => {
    const next = (after: SQL) => sql`(select min(day) from ${orders} where pizzeria = ${pizzeria} and day > ${after})`
    return sql`(with recursive every(day) as (
      select ${next(sql`''`)} union all select ${next(sql`every.day`)} from every where every.day is not null
    ) select day from every where day is not null)`
  }
  const theDay = (pizzeria: string, day: string) => and(eq(days.pizzeria, pizzeria), eq(days.day, day))
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
      ).map(({ day, changes, folded, body }) => ({ day, isFresh: folded === changes, figures: body })),
    async beginDay(pizzeria, day) {
      staleDays.delete(dayKey(pizzeria, day))
      const [known] = await db
        .update(days)
        .set({ folded: beingMade })
        .where(theDay(pizzeria, day))
        .returning({ begun: days.changes })
      if (known) return known.begun
      const [some] = await findOfDay.execute({ pizzeria, day, after: 0, limit: 1 })
      if (!some) return undefined
      await db.insert(days).values({ pizzeria, day, changes: 0, folded: beingMade })
      return 0
    },
    keepDay: async (pizzeria, day, begun, figures) => {
      staleDays.delete(dayKey(pizzeria, day))
      await db
        .update(days)
        .set({ folded: begun, body: figures })
        .where(and(theDay(pizzeria, day), eq(days.changes, begun), eq(days.folded, beingMade)))
    },
    staleDays: async (before, limit) => await findStale.execute({ before, limit }),
    dayBefore: async (pizzeria, day) => (await findDayBefore.execute({ pizzeria, day }))[0]?.day,
    ordersOfDay: async (pizzeria, day, after, limit) =>
      await bodies(findOfDay.execute({ pizzeria, day, after, limit })),

    itemNames: async (pizzeria, ids) =>
      new Map<string, Text>(
        ids.length === 0
          ? []
          : (
              await db
                .select({ id: items.id, body: items.body })
                .from(items)
                .where(and(eq(items.pizzeria, pizzeria), inArray(items.id, [...ids])))
            ).map(({ id, body }) => [id, completeText(body.name)]),
      ),

    async history(pizzeria, { day, number, named, before = last }: HistoryFilter, limit) {
      const page = (...where: (SQL | undefined)[]) =>
        db
          .select({ id: orders.id, placedAt: orders.placedAt, body: orders.body })
          .from(orders)
          .where(
            and(
              eq(orders.pizzeria, pizzeria),
              eq(orders.test, false),
              ...where,
              sql`(${orders.placedAt}, ${orders.id}) < (${before.placedAt}, ${before.id})`,
            ),
          )
          .orderBy(desc(orders.placedAt), desc(orders.id))
          .limit(limit)
      // A day has some hundred orders, and a number one a day: the index of the numbers finds them.
      const found =
        day !== undefined || number !== undefined
          ? await page(
              day === undefined ? sql`${orders.day} in ${everyDay(pizzeria)}` : eq(orders.day, day),
              number === undefined ? undefined : eq(orders.number, number),
              named ? sql`${orders.people} is true` : undefined,
            )
          : // Their index has those that still say who ordered apart from the others.
            [...(await page(eq(orders.people, true))), ...(named ? [] : await page(eq(orders.people, false)))]
      return found
        .sort((a, b) => b.placedAt - a.placedAt || (a.id < b.id ? 1 : -1))
        .slice(0, limit)
        .map(({ body }) => body)
    },
  }
}
