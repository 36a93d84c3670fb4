import type { Vocabulary } from './pizzerias.ts'

export function rehearsalTables({ table, text, integer, timestamp, ofPizzeria }: Vocabulary) {
  /** A running rehearsal, on whatever node; it runs for as long as its row exists. */
  const rehearsals = table('rehearsals', {
    pizzeria: ofPizzeria().primaryKey(),
    id: text('id').notNull(),
    planned: integer('planned').notNull(),
    placed: integer('placed').notNull().default(0),
    endsAt: timestamp('ends_at').notNull(),
    /** When its node was last alive: a node that died leaves the row behind. */
    seenAt: timestamp('seen_at').notNull(),
  })

  return { rehearsals }
}
