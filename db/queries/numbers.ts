import { and, eq, max, sql } from 'drizzle-orm'
import { makeRoom, placeholders, type Database } from '../database.ts'
import type { NumbersTx } from '../store/numbers.ts'

/** Of one pizzeria: today, and the days ahead that customers order for. */
const maxDays = 100

export function numberQueries({ db, schema: { numbers, orders }, rememberEach, positions }: Database): NumbersTx {
  /** The last number of each day, by pizzeria: whoever gives one writes an event as well. */
  const given = rememberEach(new Map<string, Map<string, number>>())

  function countersOf(test: boolean) {
    const isThatDay = (table: typeof numbers | typeof orders) =>
      and(eq(table.pizzeria, sql.placeholder('pizzeria')), eq(table.day, sql.placeholder('day')), eq(table.test, test))
    return {
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
      const { counted, highest } = test ? testCounters : realCounters
      const known = (positions.has(pizzeria) && given.get(pizzeria)) || new Map<string, number>()
      given.set(pizzeria, known)
      const keyOf = (day: string) => `${day} ${test}`
      async function lastOf(day: string): Promise<number> {
        const last = known.get(keyOf(day))
        if (last !== undefined) return last
        const [kept] = await counted.execute({ pizzeria, day })
        const [found] = kept ? [kept] : await highest.execute({ pizzeria, day })
        return found?.last ?? 0
      }
      let next = 1
      for (const day of days) next = Math.max(next, (await lastOf(day)) + 1)
      for (const day of days) {
        await keep.execute({ pizzeria, day, test, last: next })
        makeRoom(known, maxDays)
        known.set(keyOf(day), next)
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
