import { and, eq, max, sql } from 'drizzle-orm'
import { placeholders, type Database } from '../database.ts'
import type { NumbersTx } from '../store/numbers.ts'

export function numberQueries({ db, schema: { numbers, orders }, remember }: Database): NumbersTx {
  /** The last number of each day that this transaction has given: nobody else can give one before its end. */
  const given = remember(new Map<string, number>(), 'commit')

  function countersOf(test: boolean) {
    const isThatDay = (table: typeof numbers | typeof orders) =>
      and(eq(table.pizzeria, sql.placeholder('pizzeria')), eq(table.day, sql.placeholder('day')), eq(table.test, test))
    return {
      /** The usual case in one statement: one day, on which somebody has counted. */
      count: db
        .update(numbers)
        .set({ last: sql`${numbers.last} + 1` })
        .where(isThatDay(numbers))
        .returning({ last: numbers.last })
        .prepare(),
      counted: db.select({ last: numbers.last }).from(numbers).where(isThatDay(numbers)).prepare(),
      highest: db
        .select({ last: max(orders.number) })
        .from(orders)
        .where(isThatDay(orders))
        .prepare(),
    }
  }
  const [realCounters, testCounters] = [countersOf(false), countersOf(true)]
  const keep = db
    .insert(numbers)
    .values(placeholders(numbers, ['pizzeria', 'day', 'test', 'last']))
    .onConflictDoUpdate({
      target: [numbers.pizzeria, numbers.day, numbers.test],
      set: { last: sql`excluded.last` },
    })
    .prepare()

  return {
    async nextNumber(pizzeria, days, test) {
      const { count, counted, highest } = test ? testCounters : realCounters
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
        await keep.execute({ pizzeria, day, test, last: next })
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
  }
}
