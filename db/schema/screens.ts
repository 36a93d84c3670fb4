import { sql } from 'drizzle-orm'
import type { ScreenSettings } from '../../shared/kitchen/screen-settings.ts'
import type { ScreenReport } from '../../shared/order/views.ts'
import type { Vocabulary } from './pizzerias.ts'

export function screenTables({
  table,
  text,
  integer,
  boolean,
  timestamp,
  json,
  index,
  primaryKey,
  ofPizzeria,
}: Vocabulary) {
  /** Kitchen screens: their settings, and their health when last heard of. The id is the device's own. */
  const screens = table(
    'screens',
    {
      pizzeria: ofPizzeria(),
      id: text('id').notNull(),
      name: text('name').notNull(),
      paired: boolean('paired').notNull().default(false),
      settings: json<ScreenSettings>('settings').notNull(),
      connected: boolean('connected').notNull().default(false),
      seenAt: timestamp('seen_at').notNull(),
      shownPosition: integer('shown_position').notNull().default(0),
      report: json<ScreenReport>('report').notNull(),
      /** When it was taken away; for a while it can be brought back. */
      removedAt: timestamp('removed_at'),
    },
    (t) => [
      primaryKey({ columns: [t.pizzeria, t.id] }),
      index('screens_connected')
        .on(t.seenAt)
        .where(sql`${t.connected} = true`),
    ],
  )

  return { screens }
}
