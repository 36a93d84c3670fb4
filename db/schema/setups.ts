import type { Vocabulary } from './pizzerias.ts'

export function setupTables({ table, text, timestamp }: Vocabulary) {
  /** One-time links that open a pizzeria. A used one is kept, so that somebody who opens it again is told so. */
  const setups = table('setups', {
    tokenHash: text('token_hash').primaryKey(),
    expiresAt: timestamp('expires_at').notNull(),
    usedAt: timestamp('used_at'),
    /** The pizzeria that it opened. */
    pizzeria: text('pizzeria'),
  })

  return { setups }
}
