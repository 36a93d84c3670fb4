import SQLite from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { migrationsIn } from '../../db/migrate.ts'
import { moveToPostgres } from '../../db/move.ts'
import { serveMoved } from '../../db/moved.ts'
import { openPostgres } from '../../db/postgres.ts'
import { openSqlite } from '../../db/sqlite.ts'
import { secretKeeper } from '../../server/system/secrets.ts'
import { facts, layPast } from '../fixtures/past.ts'
import { noPostgres, startCluster, type Cluster } from '../support/postgres.ts'
import { newEvent } from './store-suite.ts'

const migrations = {
  sqlite: migrationsIn(new URL('../../db/migrations/sqlite/', import.meta.url)),
  postgres: migrationsIn(new URL('../../db/migrations/postgres/', import.meta.url)),
}

if (noPostgres) console.warn(noPostgres)

describe.skipIf(noPostgres)('moving up', () => {
  let cluster: Cluster
  let past: ReturnType<typeof layPast>
  let to: string
  beforeAll(async () => {
    cluster = await startCluster()
  })
  afterAll(() => cluster.dispose())
  beforeEach(async () => {
    past = layPast()
    to = await cluster.createDatabase()
  })
  afterEach(() => past.remove())

  const sessionPassword = 'a password of more than thirty-two letters'
  const move = () =>
    moveToPostgres({
      from: past.databaseFile,
      to,
      migrations,
      secrets: JSON.stringify({ sessionPassword, demoPin: '2468' }),
      erased: ['o1', 'o2'],
      now: 1,
    })
  const ask = (text: string) => cluster.ask<Record<string, unknown>>(text, new URL(to).pathname.slice(1))
  const change = (text: string, ...values: unknown[]) => {
    const client = new SQLite(past.databaseFile)
    client.prepare(text).run(...values)
    client.close()
  }

  it('[OPS-9] takes every row of an old shop along, odd letters and secrets too', async () => {
    change('update staff set name = ?', 'Giulia \0 Bianchi')
    change('update orders set body = json_set(body, ?, ?)', '$.note', 'no \0 nuts')
    const counts = await move()
    const before = await openSqlite({ file: past.databaseFile, migrations: migrations.sqlite })
    expect(counts.orders).toBeGreaterThan(5)
    expect(counts.events).toBeGreaterThan(counts.orders!)
    const after = await openPostgres({ url: to, migrations: migrations.postgres })
    for (const { id } of Object.values(facts.orders))
      expect(await after.read((tx) => tx.order(id))).toEqual(await before.read((tx) => tx.order(id)))
    const events = (store: typeof after) => store.read((tx) => tx.eventsAfter('napoli', 0, 10_000))
    expect(await events(after)).toEqual(await events(before))
    // Everybody takes one snapshot; who is signed in stays so.
    expect(await after.read((tx) => tx.epoch())).not.toBe(await before.read((tx) => tx.epoch()))
    expect(await secretKeeper(null, after).read()).toEqual({ sessionPassword, demoPin: '2468' })
    expect(await after.read((tx) => tx.erasedOrders('', 10))).toEqual(['o1', 'o2'])
    expect((await ask('select name from staff'))[0]).toEqual({ name: 'Giulia \uFFFD Bianchi' })
    expect((await after.write('napoli', (tx) => tx.append(newEvent()))).position).toBe(counts.events! + 1)
    await Promise.all([before.close(), after.close()])
  })

  it('[OPS-9] takes webhooks and what they are still to be told along', async () => {
    const before = await openSqlite({ file: past.databaseFile, migrations: migrations.sqlite })
    const event = { pizzeria: 'napoli', position: 1, type: 'order.placed', number: 1, at: 1, dueAt: 2 }
    await before.write('napoli', async (tx) => {
      const follower = { pizzeria: 'napoli', url: 'https://example.com/', secret: 'secret', types: [], epoch: 'e' }
      await tx.insertHook({ ...follower, id: 'hook', position: 1, createdAt: 1 })
      await tx.insertDelivery({ ...event, id: 'delivery', hook: 'hook', tries: 0, outcome: 'waiting', answer: null })
    })
    await before.close()
    expect(await move()).toMatchObject({ hooks: 1, deliveries: 1 })
  })

  it('[OPS-9] goes on where it was cut short, and does nothing twice', async () => {
    const counts = await move()
    await ask("delete from events where position % 2 = 0; delete from orders where state = 'collected'")
    expect(await move()).toEqual(counts)
    expect(await move()).toEqual(counts)
  })

  it('[OPS-9] finds a row that is not the same, and one too many', async () => {
    await move()
    await ask('update orders set promise_at = promise_at + 1 where id = (select min(id) from orders)')
    await expect(move()).rejects.toThrow(/of "orders" is not the same in PostgreSQL \(promise_at\)/)
    await ask('delete from orders')
    await ask("insert into budgets values ('pin', 'nobody', 1)")
    await expect(move()).rejects.toThrow('PostgreSQL has more rows of "budgets"')
  })

  it('[OPS-9] copies nothing into a database that nodes have served, and none serves half a shop', async () => {
    const node = () => openPostgres({ url: to, migrations: migrations.postgres })
    await move()
    await ask("insert into secrets values ('move unfinished', '')")
    const early = await node()
    await expect(serveMoved(early)).rejects.toThrow('has not come to its end: run "npm run move" again.')
    await early.close()
    await move()
    const served = await node()
    await serveMoved(served)
    await served.close()
    // Somebody signed out.
    await ask('delete from sessions')
    await expect(move()).rejects.toThrow('Nodes have run on this PostgreSQL database since it was moved')
    expect(await ask('select id from sessions')).toEqual([])
  })

  it('[OPS-9] refuses a database that nodes run on', async () => {
    const node = await openPostgres({ url: to, migrations: migrations.postgres })
    await node.read((tx) => tx.pizzerias())
    await expect(move()).rejects.toThrow('Nodes run on this PostgreSQL database. Stop them, then move.')
    await node.close()
    await move()
  })

  it('[OPS-9] refuses a database that is not its own, and one that is written to', async () => {
    const other = await openPostgres({ url: to, migrations: migrations.postgres })
    await other.write(null, (tx) =>
      tx.insertPizzeria({ id: 'roma', name: 'Roma', currency: 'EUR', timezone: 'UTC', settings: {} as never }),
    )
    await other.close()
    await expect(move()).rejects.toThrow('rows of another Comanda')
    const busy = new SQLite(past.databaseFile)
    busy.exec('BEGIN IMMEDIATE')
    await expect(move()).rejects.toThrow('Stop it, then move')
    busy.close()
  })

  it('[OPS-9] refuses a database that a server has open, also while nobody writes to it', async () => {
    const idle = await openSqlite({ file: past.databaseFile, migrations: migrations.sqlite })
    await expect(move()).rejects.toThrow(`A server runs on ${past.databaseFile}. Stop it, then move.`)
    await idle.close()
    await move()
  })
})
