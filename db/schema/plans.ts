import { sql } from 'drizzle-orm'
import type { MenuDocument } from '../../shared/menu/document.ts'
import type { Vocabulary } from './pizzerias.ts'

export function planTables({ table, text, timestamp, json, index, ofPizzeria }: Vocabulary) {
  /** A menu that is to be published at a time: one of a pizzeria at most. */
  const plans = table(
    'menu_plans',
    {
      pizzeria: ofPizzeria().primaryKey(),
      at: timestamp('at').notNull(),
      /** The published menu that it was made from. */
      base: json<MenuDocument>('base').notNull(),
      menu: json<MenuDocument>('menu').notNull(),
      /** Who planned it: a member of staff, by id. */
      by: text('by'),
      /** The code of why it could not be published at its time; it then waits for a person. */
      trouble: text('trouble'),
    },
    (t) => [
      index('menu_plans_due')
        .on(t.at)
        .where(sql`${t.trouble} is null`),
    ],
  )

  return { plans }
}
