import { and, eq, or, sql } from 'drizzle-orm'
import { dayKey, makeRoom, type Database } from '../database.ts'

/** In place of the count of changes that figures are right at, while they are made. */
export const beingMade = -2

/** Of all pizzerias. */
const maxDays = 1000

/** Notes that a day's figures are no longer those of its orders (`FiguresTx`). */
export type NoteChange = (pizzeria: string, day: string) => Promise<void>

export function staleDayQueries({ db, schema: { days }, staleDays }: Database): { noteChange: NoteChange } {
  const markStale = db
    .update(days)
    .set({ changes: sql`${days.changes} + 1`, folded: -1 })
    .where(
      and(
        eq(days.pizzeria, sql.placeholder('pizzeria')),
        eq(days.day, sql.placeholder('day')),
        or(eq(days.folded, days.changes), eq(days.folded, beingMade)),
      ),
    )
    .prepare()

  return {
    async noteChange(pizzeria, day) {
      const key = dayKey(pizzeria, day)
      if (staleDays.has(key)) return
      await markStale.execute({ pizzeria, day })
      makeRoom(staleDays, maxDays)
      staleDays.add(key)
    },
  }
}
