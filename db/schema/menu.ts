import { sql } from 'drizzle-orm'
import type { MenuItem, MenuTopping } from '../../shared/menu/menu.ts'
import type { Vocabulary } from './pizzerias.ts'

export function menuTables({
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
  const items = table(
    'items',
    {
      pizzeria: ofPizzeria(),
      id: text('id').notNull(),
      sort: integer('sort').notNull(),
      available: boolean('available').notNull().default(true),
      /** When it comes back by itself. */
      until: timestamp('until'),
      stock: integer('stock'),
      /** No longer on the menu; orders that sold it keep its id for ever. */
      archived: boolean('archived').notNull().default(false),
      body: json<Omit<MenuItem, 'available' | 'until' | 'stock'>>('body').notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.pizzeria, t.id] }),
      index('items_back')
        .on(t.until)
        .where(sql`${t.available} = false`),
    ],
  )

  const toppings = table(
    'toppings',
    {
      pizzeria: ofPizzeria(),
      id: text('id').notNull(),
      sort: integer('sort').notNull(),
      available: boolean('available').notNull().default(true),
      until: timestamp('until'),
      archived: boolean('archived').notNull().default(false),
      body: json<Omit<MenuTopping, 'available' | 'until'>>('body').notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.pizzeria, t.id] }),
      index('toppings_back')
        .on(t.until)
        .where(sql`${t.available} = false`),
    ],
  )

  return { items, toppings }
}
