import { sql } from 'drizzle-orm'
import type { Vocabulary } from './pizzerias.ts'

export function peopleTables({ table, text, boolean, timestamp, index, uniqueIndex, ofPizzeria }: Vocabulary) {
  const staff = table(
    'staff',
    {
      id: text('id').primaryKey(),
      pizzeria: ofPizzeria(),
      name: text('name').notNull(),
      role: text('role').notNull(),
      /** scrypt, with its salt and cost. */
      pinHash: text('pin_hash').notNull(),
      /** A PIN of an earlier build, or one that a manager has given: whoever signs in with it must choose another. */
      mustChangePin: boolean('must_change_pin').notNull().default(true),
      /** When they left; their name stays for what they did. */
      removedAt: timestamp('removed_at'),
    },
    (t) => [index('staff_pizzeria').on(t.pizzeria)],
  )

  /** A sign-in or a paired screen. A cookie's rights end when its row does. */
  const sessions = table(
    'sessions',
    {
      id: text('id').primaryKey(),
      pizzeria: ofPizzeria(),
      kind: text('kind').notNull(),
      role: text('role').notNull(),
      name: text('name').notNull(),
      /** The kitchen screen that a session of kind `screen` belongs to. */
      screen: text('screen'),
      /** The member it belongs to, for kind `staff`; null where an earlier build began it. */
      member: text('member'),
      createdAt: timestamp('created_at').notNull(),
      expiresAt: timestamp('expires_at').notNull(),
      endedAt: timestamp('ended_at'),
    },
    (t) => [
      index('sessions_screen').on(t.screen),
      index('sessions_member').on(t.member),
      index('sessions_expiry').on(t.expiresAt),
      index('sessions_ended')
        .on(t.endedAt)
        .where(sql`${t.endedAt} is not null`),
    ],
  )

  /** A screen that shows a code and waits for somebody to enter it. */
  const pairings = table(
    'pairings',
    {
      code: text('code').primaryKey(),
      /** Hash of the token with which the screen asks whether it has been paired. */
      tokenHash: text('token_hash').notNull(),
      device: text('device').notNull(),
      pizzeria: text('pizzeria'),
      session: text('session'),
      expiresAt: timestamp('expires_at').notNull(),
    },
    (t) => [uniqueIndex('pairings_token').on(t.tokenHash), index('pairings_expiry').on(t.expiresAt)],
  )

  return { staff, sessions, pairings }
}
