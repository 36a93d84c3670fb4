import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { migrationsIn } from '../db/migrate.ts'
import { openSqlite } from '../db/sqlite.ts'
import { seedDemo } from '../db/demo/seed.ts'
import { placeOrder } from '../server/orders/place.ts'
import { createCommit } from '../server/ground/commit.ts'
import { orderStates, placeInput } from '../shared/order/order.ts'
import { Rejected } from '../shared/order/rejections.ts'
import { spread, type Spread } from './lib/figures.ts'
import { argument, say } from './lib/process.ts'
import { trustedClock } from '../tests/support/trusted.ts'

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
const context = { commit: createCommit(store, () => {}), clock: Date.now, trusted: trustedClock(Date.now) }
const wanted = {
  mode: 'pickup',
  customer: { name: 'Ada Lovelace', phone: '+33612345678' },
  lines: [
    { item: 'margherita', size: 'medium', quantity: 1 },
    { item: 'diavola', size: 'medium', quantity: 1 },
  ],
}
const total = await ask()

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

/** The price, as a client learns it: from the refusal of a wrong total. */
async function ask(): Promise<number> {
  try {
    await placeOrder(context, {
      pizzeria: 'napoli',
      key: randomUUID(),
      input: placeInput.parse({ ...wanted, total: 0 }),
      actor: 'counter',
    })
  } catch (error) {
    if (error instanceof Rejected && error.code === 'order.price_changed')
      return (error.details as { quote: { total: number } }).quote.total
  }
  throw new Error('the price is unknown')
}

const acknowledged = new Set<string>()
const latencies: number[] = []
async function write(until: number, keep: boolean) {
  while (performance.now() < until) {
    const start = performance.now()
    const { tracking } = await placeOrder(context, {
      pizzeria: 'napoli',
      key: randomUUID(),
      input: placeInput.parse({ ...wanted, total }),
      actor: 'counter',
    })
    if (keep) latencies.push(performance.now() - start)
    acknowledged.add(tracking)
  }
}
const all = (until: number, keep: boolean) => Promise.all(Array.from({ length: writers }, () => write(until, keep)))

/** Between slices the open orders are collected, as in a kitchen that keeps up; this time is not measured. */
const sliceMs = 500
async function handOver() {
  await store.write('napoli', async (tx) => {
    const { position } = (await tx.head('napoli'))!
    for (const order of await tx.ordersIn('napoli', ['queued', 'pending']))
      await tx.updateOrder(order, { ...order, state: 'collected' }, position)
  })
}

await all(performance.now() + sliceMs, false)
let [orders, measuredMs] = [0, 0]
while (measuredMs < seconds * 1000) {
  await handOver()
  const [before, start] = [acknowledged.size, performance.now()]
  await all(start + sliceMs, true)
  measuredMs += performance.now() - start
  orders += acknowledged.size - before
}
const perSecond = (orders / measuredMs) * 1000
await store.close()

const reopened = await openSqlite({ file, migrations })
const kept = await reopened.read((tx) => tx.ordersIn('napoli', orderStates))
const held = new Set(kept.map((order) => order.tracking))
await reopened.close()
rmSync(folder, { recursive: true, force: true })
say({
  perSecond,
  latency: spread(latencies),
  acknowledged: acknowledged.size,
  missing: [...acknowledged].filter((tracking) => !held.has(tracking)).length,
  surplus: [...held].filter((tracking) => !acknowledged.has(tracking)).length,
} satisfies DurableResult)
