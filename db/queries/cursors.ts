import { and, eq } from 'drizzle-orm'
import type { Database } from '../database.ts'
import type { CursorsTx } from '../store/cursors.ts'

export function cursorQueries({ db, schema: { cursors } }: Database): CursorsTx {
  return {
    cursor: async (reader, pizzeria) =>
      (
        await db
          .select()
          .from(cursors)
          .where(and(eq(cursors.reader, reader), eq(cursors.pizzeria, pizzeria)))
      )[0],
    async keepCursor(row) {
      const { reader: _reader, pizzeria: _pizzeria, ...change } = row
      await db
        .insert(cursors)
        .values(row)
        .onConflictDoUpdate({ target: [cursors.reader, cursors.pizzeria], set: change })
    },
  }
}
