import { sql } from 'drizzle-orm'
import type { DayFigures } from '../../shared/figures/day.ts'
import type { Vocabulary } from './pizzerias.ts'

export function figuresTables({ table, text, integer, json, index, primaryKey, ofPizzeria }: Vocabulary) {
  /**
   * What the orders of a business day come to (`addOrder`), made when somebody asks, or by the clockwork. They are
   * right while `folded` equals `changes`; -2: they are being made; otherwise, or without a row, they have yet to be.
   * The first change of an order after that counts `changes` up; further ones find nothing to do, and write nothing.
   */
  const days = table(
    'days',
    {
      pizzeria: ofPizzeria(),
      day: text('day').notNull(),
      changes: integer('changes').notNull(),
      folded: integer('folded').notNull().default(-1),
      body: json<DayFigures | null>('body'),
    },
    (t) => [
      primaryKey({ columns: [t.pizzeria, t.day] }),
      index('days_stale')
        .on(t.day)
        .where(sql`${t.folded} <> ${t.changes}`),
    ],
  )

  return { days }
}
