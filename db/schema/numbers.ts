import type { Vocabulary } from './pizzerias.ts'

export function numberTables({ table, text, integer, boolean, primaryKey, ofPizzeria }: Vocabulary) {
  /** The last number given, by business day; a rehearsal's orders are numbered separately. */
  const numbers = table(
    'numbers',
    {
      pizzeria: ofPizzeria(),
      day: text('day').notNull(),
      test: boolean('test').notNull(),
      last: integer('last').notNull(),
    },
    (t) => [primaryKey({ columns: [t.pizzeria, t.day, t.test] })],
  )

  return { numbers }
}
