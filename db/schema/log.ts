import type { Vocabulary } from './pizzerias.ts'

export function logTables({ table, text, integer, timestamp, json, index, primaryKey, ofPizzeria }: Vocabulary) {
  /** One row: what belongs to the whole database. */
  const log = table('log', {
    id: integer('id').primaryKey(),
    /** A random word, new when the database is created or restored; cursors of another epoch are refused. */
    epoch: text('epoch').notNull(),
    /**
     * The time that is trusted: it follows the machine's clock, but not a jump of it until staff have confirmed the new
     * time.
     */
    trustedAt: timestamp('trusted_at'),
    /** How long the machine had been up then (ms), in which of its boots, and how far off its clock was (ms). */
    trustedUp: timestamp('trusted_up'),
    trustedBoot: text('trusted_boot'),
    clockOff: timestamp('clock_off'),
  })

  const events = table(
    'events',
    {
      pizzeria: ofPizzeria(),
      position: integer('position').notNull(),
      id: text('id').notNull(),
      /** `order:{tracking}`, `menu`, or `kitchen`. */
      subject: text('subject').notNull(),
      version: integer('version').notNull(),
      type: text('type').notNull(),
      at: timestamp('at').notNull(),
      actor: text('actor').notNull(),
      /** A member of staff, by id, or `screen:{device}`; null: not one of the pizzeria's people, or an older build. */
      by: text('by'),
      /** The whole state after the change; what an audience may see of it is decided when it is read. */
      data: json<unknown>('data').notNull(),
    },
    (t) => [primaryKey({ columns: [t.pizzeria, t.position] }), index('events_subject').on(t.subject, t.version)],
  )

  return { log, events }
}
