import { and, eq, lte, sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import type { PlansTx } from '../store/plans.ts'

export function planQueries({ db, schema: { plans } }: Database): PlansTx {
  const findDue = db
    .select({ pizzeria: plans.pizzeria })
    .from(plans)
    .where(and(sql`${plans.trouble} is null`, lte(plans.at, sql.placeholder('now'))))
    .prepare()
  return {
    plan: async (pizzeria) => (await db.select().from(plans).where(eq(plans.pizzeria, pizzeria)))[0],
    duePlans: async (now) => (await findDue.execute({ now })).map(({ pizzeria }) => pizzeria),
    insertPlan: async (plan) => {
      await db.insert(plans).values(plan)
    },
    failPlan: async (pizzeria, trouble) => {
      await db.update(plans).set({ trouble }).where(eq(plans.pizzeria, pizzeria))
    },
    dropPlan: async (pizzeria) =>
      (await db.delete(plans).where(eq(plans.pizzeria, pizzeria)).returning({ pizzeria: plans.pizzeria })).length > 0,
  }
}
