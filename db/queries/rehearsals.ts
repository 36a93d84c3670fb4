import { and, eq } from 'drizzle-orm'
import type { Database } from '../database.ts'
import type { RehearsalsTx } from '../store/rehearsals.ts'

export function rehearsalQueries({ db, schema: { rehearsals } }: Database): RehearsalsTx {
  return {
    rehearsals: async () => await db.select().from(rehearsals),
    rehearsal: async (pizzeria) =>
      (await db.select().from(rehearsals).where(eq(rehearsals.pizzeria, pizzeria)))[0] ?? null,
    insertRehearsal: async (rehearsal) => {
      await db.insert(rehearsals).values(rehearsal)
    },
    touchRehearsal: async ({ pizzeria, id, placed, seenAt }) =>
      (
        await db
          .update(rehearsals)
          .set({ placed, seenAt })
          .where(and(eq(rehearsals.pizzeria, pizzeria), eq(rehearsals.id, id)))
          .returning({ id: rehearsals.id })
      ).length > 0,
    dropRehearsal: async (pizzeria, id) => {
      await db.delete(rehearsals).where(and(eq(rehearsals.pizzeria, pizzeria), eq(rehearsals.id, id)))
    },
  }
}
