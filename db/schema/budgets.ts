import { sql } from 'drizzle-orm'
import type { Vocabulary } from './pizzerias.ts'

export function budgetTables({ table, text, integer, boolean, timestamp, index, primaryKey, ofPizzeria }: Vocabulary) {
  /**
   * How much of a budget is used: one row for each source that used some lately. `until`: when it will be full again; a
   * moment in the past means unused.
   */
  const budgets = table(
    'budgets',
    {
      what: text('what').notNull(),
      /** A hash, because addresses and phone numbers must not be readable. */
      who: text('who').notNull(),
      until: timestamp('until').notNull(),
    },
    (t) => [primaryKey({ columns: [t.what, t.who] }), index('budgets_until').on(t.until)],
  )

  /** Strangers' orders that staff have not acted on yet, once for each of their sources: address, phone, table. */
  const trust = table(
    'trust',
    {
      pizzeria: ofPizzeria(),
      who: text('who').notNull(),
      order: text('order').notNull(),
      /** `open` in the kitchen's queue, `held` until the counter accepts it, `refused` by the counter or lapsed. */
      state: text('state').notNull(),
      /** Of several rows of an order, the one that the pizzeria's sum counts. */
      first: boolean('first').notNull(),
      pizzas: integer('pizzas').notNull(),
      /** The customer asked for a later time. */
      later: boolean('later').notNull(),
      at: timestamp('at').notNull(),
      /** It no longer counts from then on. */
      until: timestamp('until').notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.pizzeria, t.who, t.order] }),
      index('trust_order').on(t.order),
      index('trust_until').on(t.until),
      index('trust_rush').on(t.pizzeria, t.state, t.first, t.at),
      index('trust_held')
        .on(t.pizzeria)
        .where(sql`${t.state} = 'held'`),
    ],
  )

  return { budgets, trust }
}
