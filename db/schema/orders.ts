import { sql } from 'drizzle-orm'
import type { Order } from '../../shared/order/order.ts'
import type { Vocabulary } from './pizzerias.ts'

export function orderTables({
  table,
  text,
  integer,
  boolean,
  timestamp,
  json,
  index,
  uniqueIndex,
  ofPizzeria,
}: Vocabulary) {
  const orders = table(
    'orders',
    {
      id: text('id').primaryKey(),
      pizzeria: ofPizzeria(),
      tracking: text('tracking').notNull(),
      day: text('day').notNull(),
      number: integer('number').notNull(),
      /** Belongs to a rehearsal, which has its own numbers. */
      test: boolean('test').notNull().default(false),
      state: text('state').notNull(),
      /** Its number of pizzas: the unit of the make-line's and the oven's load. */
      pizzas: integer('pizzas').notNull(),
      promiseAt: timestamp('promise_at').notNull(),
      placedAt: timestamp('placed_at').notNull(),
      updatedAt: timestamp('updated_at').notNull(),
      /** When the kitchen got it, and when a screen proved that it shows it. */
      queuedAt: timestamp('queued_at'),
      shownAt: timestamp('shown_at'),
      /** Which of its lines screens have painted, until all of them are painted (`prove`). */
      painted: json<string[]>('painted'),
      /** How far an order that no screen proved to show has escalated: 0 to 3. */
      unseen: integer('unseen').notNull().default(0),
      /** Log position of its newest event: a screen that painted up to here has painted it. */
      position: integer('position').notNull(),
      /** What must be refunded to its customer, minor units: paid, and cancelled or amended since. */
      owed: integer('owed').notNull().default(0),
      /** The order still says who ordered; false once the personal data is erased. */
      people: boolean('people').notNull().default(true),
      /** Who ordered, by their number (E.164), to be found while they ring; null once it is erased. */
      phone: text('phone'),
      body: json<Order>('body').notNull(),
    },
    (t) => [
      uniqueIndex('orders_tracking').on(t.tracking),
      uniqueIndex('orders_number').on(t.pizzeria, t.day, t.test, t.number),
      index('orders_state').on(t.pizzeria, t.state, t.updatedAt),
      // Each index costs every order about a twentieth of its CPU time, so there is none that another can stand in for.
      // What the scheduled tasks query every few seconds, over all pizzerias: a few orders, however long the history.
      index('orders_unseen')
        .on(t.queuedAt)
        .where(sql`${t.state} = 'queued' and ${t.shownAt} is null`),
      index('orders_due')
        .on(t.promiseAt)
        .where(sql`${t.state} = 'scheduled'`),
      index('orders_waiting')
        .on(t.updatedAt)
        .where(sql`${t.state} = 'pending'`),
      index('orders_phone')
        .on(t.pizzeria, t.phone, t.placedAt)
        .where(sql`${t.phone} is not null`),
      index('orders_owed')
        .on(t.pizzeria)
        .where(sql`${t.owed} > 0`),
      // The history, the newest first: of those that still say who ordered, and of the others.
      index('orders_history').on(t.pizzeria, t.people, t.placedAt, t.id),
    ],
  )

  return { orders }
}
