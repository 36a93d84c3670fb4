import { sql } from 'drizzle-orm'
import type { Vocabulary } from './pizzerias.ts'

export function hookTables({ table, text, integer, timestamp, json, index, ofPizzeria }: Vocabulary) {
  /** Who follows a pizzeria from outside, and how far they have been told. */
  const hooks = table(
    'hooks',
    {
      id: text('id').primaryKey(),
      pizzeria: ofPizzeria(),
      url: text('url').notNull(),
      secret: text('secret').notNull(),
      types: json<string[]>('types').notNull(),
      epoch: text('epoch').notNull(),
      position: integer('position').notNull(),
      createdAt: timestamp('created_at').notNull(),
    },
    (t) => [index('hooks_pizzeria').on(t.pizzeria)],
  )

  /** What a webhook is told: the place in the log alone, so that who is erased there is erased here. */
  const deliveries = table(
    'deliveries',
    {
      id: text('id').primaryKey(),
      hook: text('hook')
        .notNull()
        .references(() => hooks.id),
      pizzeria: ofPizzeria(),
      position: integer('position').notNull(),
      type: text('type').notNull(),
      number: integer('number').notNull(),
      at: timestamp('at').notNull(),
      /** When it is to be sent, or tried again; null: not any more. */
      dueAt: timestamp('due_at'),
      tries: integer('tries').notNull(),
      outcome: text('outcome').notNull(),
      answer: text('answer'),
    },
    (t) => [
      index('deliveries_due')
        .on(t.dueAt)
        .where(sql`${t.dueAt} is not null`),
      index('deliveries_hook').on(t.hook, t.position),
      index('deliveries_at').on(t.at),
    ],
  )

  return { hooks, deliveries }
}
