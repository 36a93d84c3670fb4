import { sql } from 'drizzle-orm'
import type { Vocabulary } from './pizzerias.ts'

export function pushTables({ table, text, integer, timestamp, index, primaryKey, ofPizzeria }: Vocabulary) {
  /** Browsers that are told when an order is ready (Web Push); gone when the order is over. */
  const pushes = table(
    'pushes',
    {
      order: text('order').notNull(),
      endpoint: text('endpoint').notNull(),
      pizzeria: ofPizzeria(),
      p256dh: text('p256dh').notNull(),
      auth: text('auth').notNull(),
      title: text('title').notNull(),
      body: text('body').notNull(),
      at: timestamp('at').notNull(),
      /** When it is to be sent, or tried again; null: not yet. */
      dueAt: timestamp('due_at'),
      tries: integer('tries').notNull().default(0),
    },
    (t) => [
      primaryKey({ columns: [t.order, t.endpoint] }),
      index('pushes_due')
        .on(t.dueAt)
        .where(sql`${t.dueAt} is not null`),
      index('pushes_at').on(t.at),
    ],
  )

  return { pushes }
}
