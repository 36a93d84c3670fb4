import type { Vocabulary } from './pizzerias.ts'

export function answerTables({ table, text, timestamp, json, index, primaryKey }: Vocabulary) {
  /**
   * Answers that were given, so that a repeated request gets the same one; `response` holds what is needed to give it
   * again.
   */
  const idempotency = table(
    'idempotency',
    {
      scope: text('scope').notNull(),
      key: text('key').notNull(),
      bodyHash: text('body_hash').notNull(),
      response: json<unknown>('response').notNull(),
      at: timestamp('at').notNull(),
    },
    (t) => [primaryKey({ columns: [t.scope, t.key] }), index('idempotency_at').on(t.at)],
  )

  return { idempotency }
}
