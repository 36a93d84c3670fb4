import { and, asc, eq, lte, sql } from 'drizzle-orm'
import { completeText } from '../../shared/menu/menu-text.ts'
import type { MenuItem, MenuTopping } from '../../shared/menu/menu.ts'
import { placeholders, type Database } from '../database.ts'
import type { MenuRows, MenuTx } from '../store/menu.ts'

/**
 * What this connection has changed since the rows were read, by id, as it is now; and how often it raised the menu
 * version.
 */
interface Changed {
  items: Map<string, MenuItem>
  toppings: Map<string, MenuTopping>
  times: number
}

interface Known extends MenuRows {
  version: number
  changed: Changed
}

/** Notes what became of one, for the rows that are read next. */
function note<Kind extends 'items' | 'toppings'>(
  known: Known | undefined,
  kind: Kind,
  id: string,
  now: Partial<Known[Kind][number]>,
) {
  const changed = known?.changed[kind] as Map<string, object> | undefined
  const before = changed?.get(id) ?? known?.[kind].find((one) => one.id === id)
  if (before) changed!.set(id, { ...before, ...now })
}

const renew = <Row extends { id: string }>(rows: Row[], changed: Map<string, Row>) =>
  changed.size === 0 ? rows : rows.map((row) => changed.get(row.id) ?? row)

/** Rows that one statement writes: SQLite and PostgreSQL both limit its parameters. */
const rowsAtOnce = 50
const chunks = <T>(all: readonly T[]) =>
  Array.from({ length: Math.ceil(all.length / rowsAtOnce) }, (_, nth) =>
    all.slice(nth * rowsAtOnce, (nth + 1) * rowsAtOnce),
  )

/** For an upsert: these columns as the row that was in the way would have had them. */
const excluded = (of: object, columns: string[]) =>
  Object.fromEntries(
    columns.map((name) => [name, sql.raw(`excluded.${(of as Record<string, { name: string }>)[name]!.name}`)]),
  )

const iso = (time: number | null) => (time === null ? null : new Date(time).toISOString())
const ms = (time: string | null) => (time === null ? null : Date.parse(time))

export function menuQueries({ db, schema: { pizzerias, items, toppings }, remember, pizzeriaRows }: Database): MenuTx {
  /**
   * What was read, by menu version: every order is priced from it. A rollback empties it, because it may take a version
   * back. `changed` notes what this transaction's connection changes, so that only that is read again.
   */
  const cache = remember(new Map<string, Known>())

  const findItemsBack = db
    .select({ pizzeria: items.pizzeria, id: items.id })
    .from(items)
    .where(and(sql`${items.available} = false`, eq(items.archived, false), lte(items.until, sql.placeholder('now'))))
    .prepare()
  const findToppingsBack = db
    .select({ pizzeria: toppings.pizzeria, id: toppings.id })
    .from(toppings)
    .where(
      and(
        sql`${toppings.available} = false`,
        eq(toppings.archived, false),
        lte(toppings.until, sql.placeholder('now')),
      ),
    )
    .prepare()
  const counting = () =>
    db
      .update(pizzerias)
      .set({ menuVersion: sql`${pizzerias.menuVersion} + 1` })
      .where(eq(pizzerias.id, sql.placeholder('id')))
  const countMenu = counting().returning().prepare()
  const countKnownMenu = counting().returning({ menuVersion: pizzerias.menuVersion }).prepare()
  const [pizzeria, id] = [sql.placeholder('pizzeria'), sql.placeholder('id')]
  const thisItem = and(eq(items.pizzeria, pizzeria), eq(items.id, id), eq(items.archived, false))
  const thisTopping = and(eq(toppings.pizzeria, pizzeria), eq(toppings.id, id), eq(toppings.archived, false))
  // What the counter changes; the rest is as it was read, and need not be read again.
  const itemNow = { available: items.available, until: items.until, stock: items.stock }
  const toppingNow = { available: toppings.available, until: toppings.until }
  const saveItem = db
    .update(items)
    .set(placeholders(items, ['available', 'until']))
    .where(thisItem)
    .returning(itemNow)
    .prepare()
  const saveTopping = db
    .update(toppings)
    .set(placeholders(toppings, ['available', 'until']))
    .where(thisTopping)
    .returning(toppingNow)
    .prepare()
  const saveStock = db
    .update(items)
    .set(placeholders(items, ['stock']))
    .where(thisItem)
    .returning(itemNow)
    .prepare()
  const takeItem = db
    .update(items)
    .set({ stock: sql`${items.stock} - ${sql.placeholder('pieces')}` })
    .where(thisItem)
    .returning(itemNow)
    .prepare()
  type ItemNow = Pick<typeof items.$inferSelect, keyof typeof itemNow>
  type ToppingNow = Pick<typeof toppings.$inferSelect, keyof typeof toppingNow>

  /** Notes what an item is now; false: there is no such item. */
  function noteItem(pizzeria: string, id: string, row?: ItemNow): boolean {
    if (row) note(cache.get(pizzeria), 'items', id, { ...row, until: iso(row.until) })
    return row !== undefined
  }
  function noteTopping(pizzeria: string, id: string, row?: ToppingNow): boolean {
    if (row) note(cache.get(pizzeria), 'toppings', id, { ...row, until: iso(row.until) })
    return row !== undefined
  }
  /** As it was written. */
  const writtenItem = (row: typeof items.$inferSelect): MenuItem => ({
    ...row.body,
    available: row.available,
    until: iso(row.until),
    stock: row.stock,
  })
  const writtenTopping = (row: typeof toppings.$inferSelect): MenuTopping => ({
    ...row.body,
    available: row.available,
    until: iso(row.until),
  })
  /** As it is sold: whoever shows it, in whatever language, has words for it. */
  const toItem = (row: typeof items.$inferSelect): MenuItem => {
    const item = writtenItem(row)
    return {
      ...item,
      name: completeText(item.name),
      description: completeText(item.description),
      sizes: item.sizes.map((size) => ({ ...size, name: completeText(size.name) })),
    }
  }
  const toTopping = (row: typeof toppings.$inferSelect): MenuTopping => {
    const topping = writtenTopping(row)
    return { ...topping, name: completeText(topping.name) }
  }

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

    async countMenu(id) {
      const known = cache.get(id)
      if (known) known.changed.times += 1
      const before = pizzeriaRows.get(id)
      const [row] = before
        ? (await countKnownMenu.execute({ id })).map((counted) => ({ ...before, ...counted }))
        : await countMenu.execute({ id })
      if (row) pizzeriaRows.set(id, row)
      return row
    },

    async menuBook(pizzeria) {
      const [all, others] = [
        await db.select().from(items).where(eq(items.pizzeria, pizzeria)).orderBy(asc(items.sort), asc(items.id)),
        await db
          .select()
          .from(toppings)
          .where(eq(toppings.pizzeria, pizzeria))
          .orderBy(asc(toppings.sort), asc(toppings.id)),
      ]
      return {
        items: all.map((row) => ({ sort: row.sort, archived: row.archived, body: writtenItem(row) })),
        toppings: others.map((row) => ({ sort: row.sort, archived: row.archived, body: writtenTopping(row) })),
      }
    },
    async saveItems(pizzeria, entries) {
      cache.delete(pizzeria)
      for (const some of chunks(entries))
        await db
          .insert(items)
          .values(
            some.map(({ sort, archived, body: { available, until, stock, ...body } }) => {
              return { pizzeria, id: body.id, sort, archived, available, until: ms(until), stock, body }
            }),
          )
          .onConflictDoUpdate({
            target: [items.pizzeria, items.id],
            set: excluded(items, ['sort', 'archived', 'available', 'until', 'stock', 'body']),
          })
    },
    async saveToppings(pizzeria, entries) {
      cache.delete(pizzeria)
      for (const some of chunks(entries))
        await db
          .insert(toppings)
          .values(
            some.map(({ sort, archived, body: { available, until, ...body } }) => {
              return { pizzeria, id: body.id, sort, archived, available, until: ms(until), body }
            }),
          )
          .onConflictDoUpdate({
            target: [toppings.pizzeria, toppings.id],
            set: excluded(toppings, ['sort', 'archived', 'available', 'until', 'body']),
          })
    },

    async setItemAvailable(pizzeria, id, available, until) {
      const [row] = await saveItem.execute({ pizzeria, id, available, until })
      return noteItem(pizzeria, id, row)
    },
    async setToppingAvailable(pizzeria, id, available, until) {
      const [row] = await saveTopping.execute({ pizzeria, id, available, until })
      return noteTopping(pizzeria, id, row)
    },
    async setStock(pizzeria, id, stock) {
      const [row] = await saveStock.execute({ pizzeria, id, stock })
      return noteItem(pizzeria, id, row)
    },
    async takeStock(pizzeria, id, pieces) {
      const [row] = await takeItem.execute({ pizzeria, id, pieces })
      noteItem(pizzeria, id, row)
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
