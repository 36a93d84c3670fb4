import { and, count, desc, eq, gt, inArray, lt, sql, sum } from 'drizzle-orm'
import { placeholders, type Database } from '../database.ts'
import type { BudgetsTx, Trusted } from '../store/budgets.ts'

export function budgetQueries({ db, schema: { budgets, orders, trust } }: Database): BudgetsTx {
  const findBudget = db
    .select({ until: budgets.until })
    .from(budgets)
    .where(and(eq(budgets.what, sql.placeholder('what')), eq(budgets.who, sql.placeholder('who'))))
    .prepare()
  const keepBudget = db
    .insert(budgets)
    .values(placeholders(budgets, ['what', 'who', 'until']))
    .onConflictDoUpdate({ target: [budgets.what, budgets.who], set: { until: sql`excluded.until` } })
    .prepare()
  const insertTrust = db
    .insert(trust)
    .values(placeholders(trust, ['pizzeria', 'who', 'order', 'state', 'first', 'pizzas', 'later', 'at', 'until']))
    .prepare()
  const laterPizzas = sum(sql`case when ${trust.later} then ${trust.pizzas} else 0 end`)
  const findTrust = db
    .select({ orders: count(), pizzas: sum(trust.pizzas), laterPizzas, state: trust.state })
    .from(trust)
    .where(
      and(
        eq(trust.pizzeria, sql.placeholder('pizzeria')),
        eq(trust.who, sql.placeholder('who')),
        gt(trust.until, sql.placeholder('now')),
      ),
    )
    .groupBy(trust.state)
    .prepare()
  const sumRush = db
    .select({ pizzas: sum(trust.pizzas) })
    .from(trust)
    .where(
      and(
        eq(trust.pizzeria, sql.placeholder('pizzeria')),
        eq(trust.state, 'open'),
        eq(trust.first, true),
        gt(trust.at, sql.placeholder('since')),
      ),
    )
    .prepare()

  const isHeldInQueue = and(sql`${trust.state} = 'held'`, inArray(orders.state, ['queued', 'scheduled']))
  const findHeld = db
    .select({ order: trust.order, who: trust.who })
    .from(trust)
    .innerJoin(orders, eq(orders.id, trust.order))
    .where(and(eq(trust.pizzeria, sql.placeholder('pizzeria')), isHeldInQueue))
    .limit(sql.placeholder('limit'))
    .prepare()
  const findWithHeld = db
    .selectDistinct({ pizzeria: trust.pizzeria })
    .from(trust)
    .innerJoin(orders, eq(orders.id, trust.order))
    .where(isHeldInQueue)
    .prepare()

  return {
    budgetUntil: async (what: string, who: string): Promise<number> =>
      (await findBudget.execute({ what, who }))[0]?.until ?? 0,
    keepBudget: async (row: { what: string; who: string; until: number }) => {
      await keepBudget.execute(row)
    },

    insertTrust: async (row: Trusted) => {
      await insertTrust.execute({ ...row })
    },
    trustOf: async (pizzeria, who, now) =>
      (await findTrust.execute({ pizzeria, who, now })).map((row) => ({
        state: row.state as Trusted['state'],
        orders: Number(row.orders),
        pizzas: Number(row.pizzas ?? 0),
        laterPizzas: Number(row.laterPizzas ?? 0),
      })),
    rushPizzas: async (pizzeria: string, since: number): Promise<number> =>
      Number((await sumRush.execute({ pizzeria, since }))[0]?.pizzas ?? 0),
    rushSources: async (pizzeria: string, since: number): Promise<{ who: string; orders: number; pizzas: number }[]> =>
      (
        await db
          .select({ who: trust.who, orders: count(), pizzas: sum(trust.pizzas) })
          .from(trust)
          .where(and(eq(trust.pizzeria, pizzeria), eq(trust.state, 'open'), eq(trust.first, true), gt(trust.at, since)))
          .groupBy(trust.who)
          .orderBy(desc(sum(trust.pizzas)))
      ).map((row) => ({ ...row, pizzas: Number(row.pizzas ?? 0) })),
    holdTrust: async (pizzeria, who, since, until) => {
      await db
        .update(trust)
        .set({ state: 'held', first: true, until })
        .where(and(eq(trust.pizzeria, pizzeria), eq(trust.who, who), eq(trust.state, 'open'), gt(trust.at, since)))
    },
    withHeldInQueue: async () => (await findWithHeld.execute()).map(({ pizzeria }) => pizzeria),
    heldInQueue: async (pizzeria, limit) => await findHeld.execute({ pizzeria, limit }),
    setTrust: async (order: string, state: Trusted['state'], until: number) => {
      await db.update(trust).set({ state, until }).where(eq(trust.order, order))
    },
    dropTrust: async (order: string) => {
      await db.delete(trust).where(eq(trust.order, order))
    },

    async sweepBudgets(now, limit) {
      const old = await db
        .select({ what: budgets.what, who: budgets.who })
        .from(budgets)
        .where(lt(budgets.until, now))
        .limit(limit)
      for (const { what, who } of old) await db.delete(budgets).where(and(eq(budgets.what, what), eq(budgets.who, who)))
      const ended = await db
        .select({ order: trust.order })
        .from(trust)
        .where(lt(trust.until, now))
        .groupBy(trust.order)
        .limit(limit)
      for (const { order } of ended) await db.delete(trust).where(and(eq(trust.order, order), lt(trust.until, now)))
      return Math.max(old.length, ended.length)
    },
  }
}
