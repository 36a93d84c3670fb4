import { and, asc, eq, lte, sql } from 'drizzle-orm'
import type { MenuItem, MenuTopping } from '../../shared/menu/menu.ts'
import { placeholders, type Database } from '../database.ts'
import type { PizzeriaSettings } from '../schema.ts'

export interface Pizzeria {
  id: string
  name: string
  currency: string
  timezone: string
  settings: PizzeriaSettings
  pausedUntil: number | null
  busyMinutes: number
  position: number
  oldest: number
  menuVersion: number
  country: string
  phone: string | null
  address: string | null
}

interface Rows {
  items: MenuItem[]
  toppings: MenuTopping[]
}
/**
 * What this connection has changed since the rows were read, as it is now, by id; and how often it counted the menu up.
 */
interface Changed {
  items: Map<string, MenuItem>
  toppings: Map<string, MenuTopping>
  times: number
}

const renew = <Row extends { id: string }>(rows: Row[], changed: Map<string, Row>) =>
  changed.size === 0 ? rows : rows.map((row) => changed.get(row.id) ?? row)

const iso = (time: number | null) => (time === null ? null : new Date(time).toISOString())

export function menuQueries({ db, schema: { pizzerias, items, toppings } }: Database) {
  /**
   * What was read, by menu version: every order is priced from it. Forgotten after a rollback, which may take a version
   * back. What this transaction's connection changes is noted in `changed`, so that only that is read again.
   */
  const cache = new Map<string, Rows & { version: number; changed: Changed }>()

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

  async function readMenu(id: string): Promise<Rows> {
    return {
      items: (await db.select().from(items).where(eq(items.pizzeria, id)).orderBy(asc(items.sort))).map(toItem),
      toppings: (await db.select().from(toppings).where(eq(toppings.pizzeria, id)).orderBy(asc(toppings.sort))).map(
        toTopping,
      ),
    }
  }

  return {
    /** Items and toppings as of `menuVersion`, which every change of them counts up (`countMenu`). */
    async menuRows({ id, menuVersion }: Pick<Pizzeria, 'id' | 'menuVersion'>): Promise<Rows> {
      const known = cache.get(id)
      if (known?.version === menuVersion) return known
      // Counted up by us alone: only what we touched is another.
      const ours = known && known.version + known.changed.times === menuVersion
      const rows = ours
        ? { items: renew(known.items, known.changed.items), toppings: renew(known.toppings, known.changed.toppings) }
        : await readMenu(id)
      const read = { ...rows, version: menuVersion, changed: { items: new Map(), toppings: new Map(), times: 0 } }
      cache.set(id, read)
      return read
    },
    forgetMenus: () => cache.clear(),

    pizzerias: (): Promise<Pizzeria[]> => findPizzerias.execute(),
    async pizzeria(id: string): Promise<Pizzeria | undefined> {
      const [row] = await findPizzeria.execute({ id })
      return row
    },
    insertPizzeria: async (
      pizzeria: Pick<Pizzeria, 'id' | 'name' | 'currency' | 'timezone' | 'settings'> &
        Partial<Pick<Pizzeria, 'country' | 'phone' | 'address'>>,
    ) => {
      await db.insert(pizzerias).values(pizzeria)
    },
    updatePizzeria: async (id: string, change: Partial<Omit<Pizzeria, 'id' | 'position'>>) => {
      await db.update(pizzerias).set(change).where(eq(pizzerias.id, id))
    },
    /**
     * Counts `menuVersion` up, which is the version of the subject `menu` in the log, and answers with the pizzeria as
     * it is then.
     */
    async countMenu(id: string): Promise<Pizzeria | undefined> {
      const known = cache.get(id)
      if (known) known.changed.times += 1
      const [row] = await countMenu.execute({ id })
      return row
    },

    async insertItem(pizzeria: string, sort: number, { available, until, stock, ...body }: MenuItem) {
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
    async insertTopping(pizzeria: string, sort: number, { available, until, ...body }: MenuTopping) {
      await db
        .insert(toppings)
        .values({ pizzeria, id: body.id, sort, available, until: until === null ? null : Date.parse(until), body })
    },

    /** False: there is no such item. */
    async setItemAvailable(pizzeria: string, id: string, available: boolean, until: number | null): Promise<boolean> {
      const [row] = await saveItem.execute({ pizzeria, id, available, until })
      if (row) cache.get(pizzeria)?.changed.items.set(id, toItem(row))
      return row !== undefined
    },
    async setToppingAvailable(
      pizzeria: string,
      id: string,
      available: boolean,
      until: number | null,
    ): Promise<boolean> {
      const [row] = await saveTopping.execute({ pizzeria, id, available, until })
      if (row) cache.get(pizzeria)?.changed.toppings.set(id, toTopping(row))
      return row !== undefined
    },
    async takeStock(pizzeria: string, id: string, pieces: number) {
      const [row] = await takeItem.execute({ pizzeria, id, pieces })
      if (row) cache.get(pizzeria)?.changed.items.set(id, toItem(row))
    },

    /** What was out until a time that has come. */
    async backInStock(now: number): Promise<{ pizzeria: string; kind: 'item' | 'topping'; id: string }[]> {
      const [found, others] = [await findItemsBack.execute({ now }), await findToppingsBack.execute({ now })]
      return [
        ...found.map((row) => ({ ...row, kind: 'item' as const })),
        ...others.map((row) => ({ ...row, kind: 'topping' as const })),
      ]
    },
  }
}
