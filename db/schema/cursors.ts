import type { Vocabulary } from './pizzerias.ts'

export function cursorTables({ table, text, integer, timestamp, primaryKey, ofPizzeria }: Vocabulary) {
  /** How far a reader of the log has come, and which node reads for it until when. */
  const cursors = table(
    'cursors',
    {
      reader: text('reader').notNull(),
      pizzeria: ofPizzeria(),
      epoch: text('epoch').notNull(),
      position: integer('position').notNull(),
      holder: text('holder').notNull(),
      heldUntil: timestamp('held_until').notNull(),
    },
    (t) => [primaryKey({ columns: [t.reader, t.pizzeria] })],
  )

  return { cursors }
}
