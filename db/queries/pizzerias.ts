import { asc, eq, sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import type { PizzeriasTx } from '../store/pizzerias.ts'

export function pizzeriaQueries({ db, schema: { pizzerias }, pizzeriaRows }: Database): PizzeriasTx {
  const findAll = db.select().from(pizzerias).orderBy(asc(pizzerias.id)).prepare()
  const find = db
    .select()
    .from(pizzerias)
    .where(eq(pizzerias.id, sql.placeholder('id')))
    .prepare()

  return {
    pizzerias: () => findAll.execute(),
    async pizzeria(id) {
      const kept = pizzeriaRows.get(id)
      if (kept) return kept
      const [row] = await find.execute({ id })
      if (row) pizzeriaRows.set(id, row)
      return row
    },
    insertPizzeria: async (pizzeria) => {
      await db.insert(pizzerias).values(pizzeria)
    },
    updatePizzeria: async (id, change) => {
      pizzeriaRows.delete(id)
      await db.update(pizzerias).set(change).where(eq(pizzerias.id, id))
    },
  }
}
