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
  day: string
  lastNumber: number
}

interface Rows { items: MenuItem[], toppings: MenuTopping[] }
/** Ids that this connection has changed since the rows were read, and how often it counted the menu up. */
interface Changed { items: Set<string>, toppings: Set<string>, times: number }

const withFresh = <Row extends { id: string }>(rows: Row[], fresh: Row[]) =>
  fresh.length === 0 ? rows : rows.map(row => fresh.find(({ id }) => id === row.id) ?? row)

const iso = (time: number | null) => time === null ? null : new Date(time).toISOString()

export function menuQueries({ db, schema: { pizzerias, items, toppings } }: Database) {
  /**
   * What was read, by menu version: every order is priced from it. Forgotten after a rollback, which may take a version back.
   * What this transaction's connection changes is noted in `changed`, so that only that is read again.
   */
  const cache = new Map<string, Rows & { version: number, changed: Changed }>()

  const findPizzeria = db.select().from(pizzerias).where(eq(pizzerias.id, sql.placeholder('id'))).prepare()
  const countNumber = db.update(pizzerias).set(placeholders(pizzerias, ['day', 'lastNumber'])).where(eq(pizzerias.id, sql.placeholder('id'))).prepare()
  const countMenu = db.update(pizzerias).set({ menuVersion: sql`${pizzerias.menuVersion} + 1` }).where(eq(pizzerias.id, sql.placeholder('id'))).returning({ version: pizzerias.menuVersion }).prepare()
  const saveItem = db.update(items).set(placeholders(items, ['available', 'until'])).where(and(eq(items.pizzeria, sql.placeholder('pizzeria')), eq(items.id, sql.placeholder('id')))).returning({ id: items.id }).prepare()
  const saveTopping = db.update(toppings).set(placeholders(toppings, ['available', 'until'])).where(and(eq(toppings.pizzeria, sql.placeholder('pizzeria')), eq(toppings.id, sql.placeholder('id')))).returning({ id: toppings.id }).prepare()

  const findItem = db.select().from(items).where(and(eq(items.pizzeria, sql.placeholder('pizzeria')), eq(items.id, sql.placeholder('id')))).prepare()
  const findTopping = db.select().from(toppings).where(and(eq(toppings.pizzeria, sql.placeholder('pizzeria')), eq(toppings.id, sql.placeholder('id')))).prepare()
  const toItem = (row: typeof items.$inferSelect): MenuItem => ({ ...row.body, available: row.available, until: iso(row.until), stock: row.stock })
  const toTopping = (row: typeof toppings.$inferSelect): MenuTopping => ({ ...row.body, available: row.available, until: iso(row.until) })

  async function readMenu(id: string): Promise<Rows> {
    return {
      items: (await db.select().from(items).where(eq(items.pizzeria, id)).orderBy(asc(items.sort))).map(toItem),
      toppings: (await db.select().from(toppings).where(eq(toppings.pizzeria, id)).orderBy(asc(toppings.sort))).map(toTopping),
    }
  }

  /** Reads again what was changed, and nothing else. */
  async function renew({ items, toppings }: Rows, pizzeria: string, changed: Changed): Promise<Rows> {
    const fresh: Rows = { items: [], toppings: [] }
    for (const id of changed.items) fresh.items.push(toItem((await findItem.execute({ pizzeria, id }))[0]!))
    for (const id of changed.toppings) fresh.toppings.push(toTopping((await findTopping.execute({ pizzeria, id }))[0]!))
    return { items: withFresh(items, fresh.items), toppings: withFresh(toppings, fresh.toppings) }
  }

  return {
    /** Items and toppings as of `menuVersion`, which every change of them counts up (`nextMenuVersion`). */
    async menuRows({ id, menuVersion }: Pick<Pizzeria, 'id' | 'menuVersion'>): Promise<Rows> {
      const known = cache.get(id)
      if (known?.version === menuVersion) return known
      // Counted up by us alone: only what we touched is another.
      const ours = known && known.version + known.changed.times === menuVersion
      const read = { ...ours ? await renew(known, id, known.changed) : await readMenu(id), version: menuVersion, changed: { items: new Set<string>(), toppings: new Set<string>(), times: 0 } }
      cache.set(id, read)
      return read
    },
    forgetMenus: () => cache.clear(),

    pizzerias: (): Promise<Pizzeria[]> => Promise.resolve(db.select().from(pizzerias).orderBy(asc(pizzerias.id))),
    async pizzeria(id: string): Promise<Pizzeria | undefined> {
      const [row] = await findPizzeria.execute({ id })
      return row
    },
    insertPizzeria: async (pizzeria: Pick<Pizzeria, 'id' | 'name' | 'currency' | 'timezone' | 'settings'>) => { await db.insert(pizzerias).values(pizzeria) },
    updatePizzeria: async (id: string, change: Partial<Omit<Pizzeria, 'id' | 'position'>>) => { await db.update(pizzerias).set(change).where(eq(pizzerias.id, id)) },
    /** The number that was given last, of a business day. */
    setLastNumber: async (id: string, day: string, number: number) => { await countNumber.execute({ id, day, lastNumber: number }) },

    /** The version of the menu after this change: the subject `menu` of the log. */
    async nextMenuVersion(id: string): Promise<number> {
      const known = cache.get(id)
      if (known) known.changed.times += 1
      const [row] = await countMenu.execute({ id })
      return row!.version
    },

    async insertItem(pizzeria: string, sort: number, { available, until, stock, ...body }: MenuItem) {
      await db.insert(items).values({ pizzeria, id: body.id, sort, available, until: until === null ? null : Date.parse(until), stock, body })
    },
    async insertTopping(pizzeria: string, sort: number, { available, until, ...body }: MenuTopping) {
      await db.insert(toppings).values({ pizzeria, id: body.id, sort, available, until: until === null ? null : Date.parse(until), body })
    },

    setItemAvailable: async (pizzeria: string, id: string, available: boolean, until: number | null) => {
      cache.get(pizzeria)?.changed.items.add(id)
      return (await saveItem.execute({ pizzeria, id, available, until })).length > 0
    },
    setToppingAvailable: async (pizzeria: string, id: string, available: boolean, until: number | null) => {
      cache.get(pizzeria)?.changed.toppings.add(id)
      return (await saveTopping.execute({ pizzeria, id, available, until })).length > 0
    },
    takeStock: async (pizzeria: string, id: string, pieces: number) => {
      cache.get(pizzeria)?.changed.items.add(id)
      await db.update(items).set({ stock: sql`${items.stock} - ${pieces}` }).where(and(eq(items.pizzeria, pizzeria), eq(items.id, id)))
    },

    /** What was out until a time that has come. */
    async backInStock(now: number): Promise<{ pizzeria: string, kind: 'item' | 'topping', id: string }[]> {
      const [found, others] = [
        await db.select({ pizzeria: items.pizzeria, id: items.id }).from(items).where(and(eq(items.available, false), lte(items.until, now))),
        await db.select({ pizzeria: toppings.pizzeria, id: toppings.id }).from(toppings).where(and(eq(toppings.available, false), lte(toppings.until, now))),
      ]
      return [...found.map(row => ({ ...row, kind: 'item' as const })), ...others.map(row => ({ ...row, kind: 'topping' as const }))]
    },
  }
}
