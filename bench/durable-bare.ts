import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { migrationsIn } from '../db/migrate.ts'
import { openSqlite } from '../db/sqlite.ts'
import { seedDemo } from '../db/demo/seed.ts'
import { newId } from '../server/ground/ids.ts'
import { argument, say } from './lib/process.ts'

/**
 * The statements of an order on the real tables and nothing else: no rules, no prices, no objects. This is the most
 * that group commit can gain on this disk.
 */
export interface BareLoad {
  perCommit: number
  seconds: number
}
export interface BareResult {
  perSecond: number
}

const { perCommit, seconds } = argument<BareLoad>()
const folder = mkdtempSync(join(tmpdir(), 'comanda-bare-'))
const file = join(folder, 'comanda.db')
const store = await openSqlite({ file, migrations: migrationsIn(new URL('../db/migrations/sqlite/', import.meta.url)) })
await store.write(null, (tx) => seedDemo(tx, 'no pin'))
await store.close()

const client = new SQLite(file)
for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON']) client.pragma(pragma)
const statement = (text: string) => client.prepare(text)
const [begin, commit] = [statement('BEGIN IMMEDIATE'), statement('COMMIT')]
const find = statement('select response from idempotency where scope = ? and key = ?')
const count = statement("update pizzerias set last_number = ? where id = 'napoli'")
const next = statement("update pizzerias set position = position + 1 where id = 'napoli' returning position")
const addEvent = statement(
  "insert into events (pizzeria, position, id, subject, version, type, at, actor, data) values ('napoli', ?, ?, " +
    "?, 1, 'order.placed', ?, 'counter', ?)",
)
const addOrder = statement(
  'insert into orders (id, pizzeria, tracking, day, number, state, pizzas, promise_at, placed_at, updated_at, ' +
    "queued_at, position, body) values (?, 'napoli', ?, '2026-01-01', ?, 'queued', 2, ?, ?, ?, ?, ?, ?)",
)
const addAnswer = statement(
  "insert into idempotency (scope, key, body_hash, response, at) values ('place:napoli', ?, ?, ?, ?)",
)
/** As long as the body of the order that `durable-writers.ts` places. */
const body = JSON.stringify('x'.repeat(1644))

let orders = 0
function place() {
  const [key, tracking, now] = [randomUUID(), newId(Date.now()), Date.now()]
  orders += 1
  find.get('place:napoli', key)
  count.run(orders)
  const { position } = next.get() as { position: number }
  addEvent.run(position, newId(now), `order:${tracking}`, now, body)
  addOrder.run(newId(now), tracking, orders, now, now, now, now, position, body)
  addAnswer.run(key, 'h'.repeat(43), JSON.stringify({ tracking }), now)
}

const start = performance.now()
while (performance.now() - start < seconds * 1000) {
  begin.run()
  for (let of = 0; of < perCommit; of++) place()
  commit.run()
}
const perSecond = (orders / (performance.now() - start)) * 1000
client.close()
rmSync(folder, { recursive: true, force: true })
say({ perSecond } satisfies BareResult)
