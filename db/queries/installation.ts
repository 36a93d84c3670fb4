import { eq, sql } from 'drizzle-orm'
import { placeholders, type Database } from '../database.ts'
import type { InstallationTx } from '../store/installation.ts'

export function installationQueries({ db, schema: { secrets, erasures } }: Database): InstallationTx {
  const findSecret = db
    .select({ value: secrets.value })
    .from(secrets)
    .where(eq(secrets.name, sql.placeholder('name')))
    .prepare()
  const keepSecret = db
    .insert(secrets)
    .values(placeholders(secrets, ['name', 'value']))
    .onConflictDoUpdate({ target: secrets.name, set: { value: sql`excluded.value` } })
    .prepare()
  const noteErasure = db
    .insert(erasures)
    .values(placeholders(erasures, ['order', 'at']))
    .onConflictDoNothing()
    .prepare()

  return {
    secret: async (name) => (await findSecret.execute({ name }))[0]?.value ?? null,
    keepSecret: async (name, value) => {
      await keepSecret.execute({ name, value })
    },
    noteErasure: async (orders, at) => {
      for (const order of orders) await noteErasure.execute({ order, at })
    },
    erasedOrders: async (after, limit) =>
      (
        await db
          .select({ order: erasures.order })
          .from(erasures)
          .where(sql`${erasures.order} > ${after}`)
          .orderBy(erasures.order)
          .limit(limit)
      ).map(({ order }) => order),
  }
}
