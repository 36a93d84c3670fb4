import { sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Pizzeria } from '../shared/menu/pizzeria.ts'
import type { Schema } from './schema.ts'
import type { KitchenLoad } from './store/kitchen-load.ts'

/**
 * The type that the queries are written against: drizzle's SQLite type, awaited everywhere, so that the PostgreSQL
 * driver (whose builders have the same methods) fits as well. Only what both dialects have may be used: rows come as
 * arrays, there is no `.get()`.
 */
export interface Database {
  db: Pick<BetterSQLite3Database, 'select' | 'selectDistinct' | 'insert' | 'update' | 'delete'>
  schema: Schema
  /**
   * Registers a cache of what was read, and returns it. The adapter empties it after a rollback, because a rollback
   * takes versions and positions back and gives them to other changes later. What only this transaction may know,
   * because it holds the row that says so, is emptied at the beginning of the next as well, unless the adapter knows
   * that nobody else has written since.
   */
  remember<Cache extends { clear(): void }>(cache: Cache, until?: 'rollback' | 'commit'): Cache
  /**
   * The same for what is known of each pizzeria, by its id, for as long as nobody else writes events of it: it counts
   * only while `positions` has the pizzeria.
   */
  rememberEach<Known>(cache: Map<string, Known>): Map<string, Known>
  /** The last positions of the pizzerias that nobody else can write to before the end of this transaction. */
  positions: ReadonlyMap<string, number>
  /** This transaction alone writes to the pizzeria from here on, whose position is this. */
  hold(pizzeria: string, position: number): void
  /** It has written the event of this position. */
  moveOn(pizzeria: string, position: number): void
  /** Rows of pizzerias, until the commit, by id. Whoever changes one MUST take it out, or put in what it is now. */
  pizzeriaRows: Map<string, Pizzeria>
  /**
   * What the kitchen has to do, by pizzeria. Who takes the position after it MUST move it on, and who changes an order
   * MUST count it in: then it is true at each position until another node writes.
   */
  kitchenLoads: Map<string, KitchenLoad>
  /** Days (`dayKey`) whose figures are marked as stale, until the commit. Whoever makes figures MUST take them out. */
  staleDays: Set<string>
}

export const dayKey = (pizzeria: string, day: string) => `${day} ${pizzeria}`

/**
 * Makes room in a cache of `max` entries before one is added: where nobody else writes, nothing else ever empties it.
 * What is forgotten MUST stand in the database as well.
 */
export function makeRoom(cache: { size: number; clear(): void }, max: number) {
  if (cache.size >= max) cache.clear()
}

/** A value for each of these columns, to be given when the prepared query runs. */
export const placeholders = <T extends SQLiteTable>(_table: T, columns: (keyof T['$inferInsert'] & string)[]) =>
  Object.fromEntries(columns.map((column) => [column, sql.placeholder(column)])) as never
