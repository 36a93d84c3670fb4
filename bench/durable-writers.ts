import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { migrationsIn } from '../db/migrate.ts'
import { openSqlite } from '../db/sqlite.ts'
import { seedDemo } from '../db/demo/seed.ts'
import { orderStates } from '../shared/order/order.ts'
import type { Spread } from './lib/figures.ts'
import { missingAndSurplus, place } from './lib/placing.ts'
import { argument, say } from './lib/process.ts'

/** Orders placed through the real code onto the real disk, by writers in this one process. */
export interface DurableLoad {
  writers: number
  /** How many writers share one flush at most. */
  batch: number
  seconds: number
  /** How much longer each flush takes than this machine's disk needs, ms. */
  slowerBy: number
}
export interface DurableResult {
  perSecond: number
  /** ms from the call to the answer, which comes after the flush. */
  latency: Spread
  acknowledged: number
  /** Acknowledged orders that the reopened file does not hold, and orders in it that nobody was told of. */
  missing: number
  surplus: number
}

const { writers, batch, seconds, slowerBy } = argument<DurableLoad>()
if (slowerBy > 0) slowFlush(slowerBy)
const migrations = migrationsIn(new URL('../db/migrations/sqlite/', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'comanda-bench-'))
const file = join(folder, 'comanda.db')

const store = await openSqlite({ file, migrations, batch })
await store.write(null, (tx) => seedDemo(tx, 'no pin'))
const { perSecond, latency, acknowledged } = await place(store, { pizzerias: ['napoli'], writers, seconds })
await store.close()

const reopened = await openSqlite({ file, migrations })
const kept = await reopened.read((tx) => tx.ordersIn('napoli', orderStates))
await reopened.close()
rmSync(folder, { recursive: true, force: true })
say({
  perSecond,
  latency,
  ...missingAndSurplus(acknowledged, new Set(kept.map((order) => order.tracking))),
} satisfies DurableResult)

/**
 * After each commit's own flush this thread blocks for as long as a slower disk would: SQLite flushes in the thread
 * that commits.
 */
function slowFlush(ms: number) {
  const { prepare } = SQLite.prototype
  const never = new Int32Array(new SharedArrayBuffer(4))
  SQLite.prototype.prepare = function (this: SQLite.Database, text: string) {
    const statement: SQLite.Statement<[]> = prepare.call(this, text) as never
    if (text !== 'COMMIT') return statement
    const run = statement.run.bind(statement)
    statement.run = () => {
      const done = run()
      Atomics.wait(never, 0, 0, ms)
      return done
    }
    return statement
  } as typeof prepare
}
