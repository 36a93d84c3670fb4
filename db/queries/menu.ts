import { and, asc, eq, lte, sql } from 'drizzle-orm'
import type { MenuItem, MenuTopping } from '../../shared/menu/menu.ts'
import { placeholders, type Database } from '../database.ts'
import type { MenuRows, MenuTx } from '../store.ts'

/**
 * What this connection has changed since the rows were read, by id, as it is now; and how often it raised the menu
 * version.
 */
interface Changed {
  items: Map<string, MenuItem>
  toppings: Map<string, MenuTopping>
  times: number
}

const renew = <Row extends { id: string }>(rows: Row[], changed: Map<string, Row>) =>
  changed.size === 0 ? rows : rows.map((row) => changed.get(row.id) ?? row)

const iso = (time: number | null) => (time === null ? null : new Date(time).toISOString())

export function menuQueries({ db, schema: { pizzerias, items, toppings }, remember }: Database): MenuTx {
  /**
   * What was read, by menu version: every order is priced from it. A rollback empties it, because it may take a version
   * back. `changed` notes what this transaction's connection changes, so that only that is read again.
   */
  const cache = remember(new Map<string, MenuRows & { version: number; changed: Changed }>())

  const findPizzerias = db.select().from(pizzerias).orderBy(asc(pizzerias.id)).prepare()
  const findItemsBack = db
    .select({ pizzeria: items.pizzeria, id: items.id })
    .from(items)
    .where(and(sql`${items.available} = false`, lte(items.until, sql.placeholder('now'))))
    .prepare()
  const findToppingsBack = db
    .select({ pizzeria: toppings.pizzeria, id: toppings.id })
    .from(toppings)
    .where(and(sql`${toppings.available} = false`, lte(toppings.until, sql.placeholder('now'))))
    .prepare()
  const findPizzeria = db
    .select()
    .from(pizzerias)
    .where(eq(pizzerias.id, sql.placeholder('id')))
    .prepare()
  const countMenu = db
    .update(pizzerias)
    .set({ menuVersion: sql`${pizzerias.menuVersion} + 1` })
    .where(eq(pizzerias.id, sql.placeholder('id')))
    .returning()
    .prepare()
  const thisItem = and(eq(items.pizzeria, sql.placeholder('pizzeria')), eq(items.id, sql.placeholder('id')))
  const thisTopping = and(eq(toppings.pizzeria, sql.placeholder('pizzeria')), eq(toppings.id, sql.placeholder('id')))
  const saveItem = db
    .update(items)
    .set(placeholders(items, ['available', 'until']))
    .where(thisItem)
    .returning()
    .prepare()
  const saveTopping = db
    .update(toppings)
    .set(placeholders(toppings, ['available', 'until']))
    .where(thisTopping)
    .returning()
    .prepare()
  const saveStock = db
    .update(items)
    .set(placeholders(items, ['stock']))
    .where(thisItem)
    .returning()
    .prepare()
  const takeItem = db
    .update(items)
    .set({ stock: sql`${items.stock} - ${sql.placeholder('pieces')}` })
    .where(thisItem)
    .returning()
    .prepare()
  const toItem = (row: typeof items.$inferSelect): MenuItem => ({
    ...row.body,
    available: row.available,
    until: iso(row.until),
    stock: row.stock,
  })
  const toTopping = (row: typeof toppings.$inferSelect): MenuTopping => ({
    ...row.body,
    available: row.available,
    until: iso(row.until),
  })

  async function readMenu(id: string): Promise<MenuRows> {
    return {
      items: (
        await db
          .select()
          .from(items)
          .where(and(eq(items.pizzeria, id), eq(items.archived, false)))
          .orderBy(asc(items.sort))
      ).map(toItem),
      toppings: (
        await db
          .select()
          .from(toppings)
          .where(and(eq(toppings.pizzeria, id), eq(toppings.archived, false)))
          .orderBy(asc(toppings.sort))
      ).map(toTopping),
    }
  }

  return {
    async menuRows({ id, menuVersion }) {
      const known = cache.get(id)
      if (known?.version === menuVersion) return known
      // Only we raised the version, so only what we touched is different.
      const ours = known && known.version + known.changed.times === menuVersion
      const rows = ours
        ? { items: renew(known.items, known.changed.items), toppings: renew(known.toppings, known.changed.toppings) }
        : await readMenu(id)
      const read = { ...rows, version: menuVersion, changed: { items: new Map(), toppings: new Map(), times: 0 } }
      cache.set(id, read)
      return read
    },

    pizzerias: () => findPizzerias.execute(),
    async pizzeria(id) {
      const [row] = await findPizzeria.execute({ id })
      return row
    },
    insertPizzeria: async (pizzeria) => {
      await db.insert(pizzerias).values(pizzeria)
    },
    updatePizzeria: async (id, change) => {
      await db.update(pizzerias).set(change).where(eq(pizzerias.id, id))
    },

    async countMenu(id) {
      const known = cache.get(id)
      if (known) known.changed.times += 1
      const [row] = await countMenu.execute({ id })
      return row
    },

    async insertItem(pizzeria, sort, { available, until, stock, ...body }) {
      await db.insert(items).values({
        pizzeria,
        id: body.id,
        sort,
        available,
        until: until === null ? null : Date.parse(until),
        stock,
        body,
      })
    },
    async insertTopping(pizzeria, sort, { available, until, ...body }) {
      await db
        .insert(toppings)
        .values({ pizzeria, id: body.id, sort, available, until: until === null ? null : Date.parse(until), body })
    },

    async setItemAvailable(pizzeria, id, available, until) {
      const [row] = await saveItem.execute({ pizzeria, id, available, until })
      if (row) cache.get(pizzeria)?.changed.items.set(id, toItem(row))
      return row !== undefined
    },
    async setToppingAvailable(pizzeria, id, available, until) {
      const [row] = await saveTopping.execute({ pizzeria, id, available, until })
      if (row) cache.get(pizzeria)?.changed.toppings.set(id, toTopping(row))
      return row !== undefined
    },
    async setStock(pizzeria, id, stock) {
      const [row] = await saveStock.execute({ pizzeria, id, stock })
      if (row) cache.get(pizzeria)?.changed.items.set(id, toItem(row))
    },
    async takeStock(pizzeria, id, pieces) {
      const [row] = await takeItem.execute({ pizzeria, id, pieces })
      if (row) cache.get(pizzeria)?.changed.items.set(id, toItem(row))
    },

    async backInStock(now) {
      const [found, others] = [await findItemsBack.execute({ now }), await findToppingsBack.execute({ now })]
      return [
        ...found.map((row) => ({ ...row, kind: 'item' as const })),
        ...others.map((row) => ({ ...row, kind: 'topping' as const })),
      ]
    },
  }
}
