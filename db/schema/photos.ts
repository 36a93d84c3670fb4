import type { Vocabulary } from './pizzerias.ts'

export function photoTables({ table, text, timestamp, index, primaryKey, ofPizzeria }: Vocabulary) {
  /** Uploaded pictures. The id is the hash of the bytes with their ending, so a picture never changes under it. */
  const photos = table(
    'photos',
    {
      pizzeria: ofPizzeria(),
      id: text('id').notNull(),
      at: timestamp('at').notNull(),
      /** Base64: the one form that both databases, a backup and a move treat alike. */
      data: text('data').notNull(),
    },
    (t) => [primaryKey({ columns: [t.pizzeria, t.id] }), index('photos_id').on(t.id)],
  )

  return { photos }
}
