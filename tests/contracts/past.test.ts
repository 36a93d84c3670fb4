import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import { migrationsIn, type MigrationFiles } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { streamKinds } from '../../server/live/stream-kinds.ts'
import { audiences } from '../../shared/live/streams.ts'
import { order, orderStates } from '../../shared/order/order.ts'
import { facts, layPast } from '../fixtures/past.ts'
import { newEvent } from './store-suite.ts'

const migrations = migrationsIn(new URL('../../db/migrations/sqlite/', import.meta.url))

/** The project's migrations, and one more that a later build could have. */
const withOneMore = (statement: string, tag = '9999_later'): MigrationFiles => ({
  async read(path) {
    if (path === `${tag}.sql`) return statement
    const text = await migrations.read(path)
    if (!path.endsWith('_journal.json')) return text
    const journal = JSON.parse(text) as { entries: object[] }
    const entry = { idx: 9999, version: '6', when: 9_999_999_999_999, tag, breakpoints: true }
    return JSON.stringify({ ...journal, entries: [...journal.entries, entry] })
  },
})

const left: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const tidy of left.splice(0).reverse()) await tidy()
})

function past() {
  const laid = layPast()
  left.push(laid.remove)
  return laid
}
async function open(file: string, files: MigrationFiles = migrations): Promise<Store> {
  const store = await openSqlite({ file, migrations: files })
  left.push(() => store.close())
  return store
}
const bringUpToDate = async (file: string) => await (await openSqlite({ file, migrations })).close()
const rowsOf = (file: string, table: string) => {
  const client = new SQLite(file, { readonly: true })
  const rows = client.prepare(`select * from ${table}`).all() as Record<string, unknown>[]
  client.close()
  return rows
}
const copies = (folder: string) => readdirSync(folder).filter((name) => name.includes('.before-'))

describe(`a database that build ${facts.commit} wrote`, () => {
  it('[OPS-1] opens, and every audience can read each of its orders and events', async () => {
    const { databaseFile } = past()
    const raw = rowsOf(databaseFile, 'orders')
    const store = await open(databaseFile)
    const epoch = facts.cursors[0]!.cursor.split(':')[0]
    expect(await store.read((tx) => tx.epoch())).toBe(epoch)

    const [head] = await store.read((tx) => tx.heads())
    expect(head).toMatchObject({ pizzeria: 'napoli', position: rowsOf(databaseFile, 'events').length, oldest: 1 })
    const events = await store.read((tx) => tx.eventsAfter('napoli', 0, 10_000))
    expect(events.map(({ position }) => position)).toEqual(Array.from(events, (_, index) => index + 1))
    expect(new Set(events.map(({ type }) => type)).size).toBeGreaterThanOrEqual(8)
    for (const audience of audiences)
      for (const event of events)
        expect(streamKinds[audience].project(event)).toMatchObject({ position: expect.any(Number) })

    for (const state of orderStates) {
      const found = await store.read((tx) => tx.order(facts.orders[state].id))
      expect(found).toMatchObject({ state, number: facts.orders[state].number })
      expect(order.parse(found)).toEqual(found)
    }
    for (const { tracking, body } of raw)
      expect(await store.read((tx) => tx.orderByTracking(tracking as string))).toMatchObject(
        JSON.parse(body as string) as object,
      )
  })

  it('[OPS-1] keeps counting: positions, versions and stock continue from where they were', async () => {
    const { databaseFile } = past()
    const store = await open(databaseFile)
    const before = (await store.read((tx) => tx.head('napoli')))!
    const pizzeria = (await store.read((tx) => tx.pizzeria('napoli')))!
    const menu = await store.read((tx) => tx.menuRows(pizzeria))
    expect(menu.items.find(({ id }) => id === 'tiramisu')).toMatchObject({ available: true, stock: 20 })
    expect(menu.items.find(({ id }) => id === 'focaccia')).toMatchObject({ available: false, until: null })
    expect(menu.toppings.find(({ id }) => id === 'anchovies')).toMatchObject({
      available: false,
      until: expect.any(String),
    })
    const appended = await store.write('napoli', (tx) => tx.append(newEvent()))
    expect(appended.position).toBe(before.position + 1)
  })

  it('[OPS-2] is copied before a migration changes it, and the copy equals the database before', async () => {
    const { databaseFile, folder } = past()
    const before = ['orders', 'events', 'sessions', 'screens', 'staff'].map((table) => rowsOf(databaseFile, table))
    await open(databaseFile, withOneMore('CREATE TABLE `later` (`id` text)'))
    const [copy] = copies(folder)
    expect(copy).toMatch(/^comanda\.db\.before-(0001|9999)_.*\.bak$/)
    const kept = join(folder, copy!)
    expect(['orders', 'events', 'sessions', 'screens', 'staff'].map((table) => rowsOf(kept, table))).toEqual(before)
    expect(rowsOf(kept, 'sqlite_master').some(({ name }) => name === 'later')).toBe(false)
    expect(rowsOf(kept, '__drizzle_migrations')).toHaveLength(1)
  })

  it('[OPS-2] is copied with what only its WAL holds', async () => {
    const { databaseFile, folder } = past()
    const other = new SQLite(databaseFile)
    left.push(() => void other.close())
    other.pragma('wal_autocheckpoint = 0')
    other.prepare('update pizzerias set name = ?').run('In the WAL')
    await open(databaseFile, withOneMore('CREATE TABLE `later` (`id` text)'))
    expect(rowsOf(join(folder, copies(folder)[0]!), 'pizzerias')[0]).toMatchObject({ name: 'In the WAL' })
  })

  it('[OPS-2] stays unchanged, with its copy, when a migration fails', async () => {
    const { databaseFile, folder } = past()
    await bringUpToDate(databaseFile)
    const before = rowsOf(databaseFile, 'sqlite_master')
    await expect(open(databaseFile, withOneMore('CREATE NONSENSE'))).rejects.toThrow()
    expect(rowsOf(databaseFile, 'sqlite_master')).toEqual(before)
    expect(copies(folder)).toContain('comanda.db.before-9999_later.bak')
  })

  it('[OPS-2] is not migrated when the copy cannot be made', async () => {
    const { databaseFile } = past()
    await bringUpToDate(databaseFile)
    const { length } = rowsOf(databaseFile, '__drizzle_migrations')
    // A folder of the same name is in the way: a file cannot replace it.
    mkdirSync(`${databaseFile}.before-9999_later.bak/full`, { recursive: true })
    await expect(open(databaseFile, withOneMore('CREATE TABLE `later` (`id` text)'))).rejects.toThrow()
    expect(rowsOf(databaseFile, '__drizzle_migrations')).toHaveLength(length)
  })

  it('[OPS-2] keeps the newest three copies; a new database and one that is up to date get none', async () => {
    const { databaseFile, folder } = past()
    await bringUpToDate(databaseFile)
    for (const [index, name] of ['a', 'b', 'c', 'd'].entries()) {
      const file = `${databaseFile}.before-000${index}_${name}.bak`
      writeFileSync(file, '')
      utimesSync(file, index, index)
    }
    writeFileSync(join(folder, 'other.db.before-0001_x.bak'), '')
    await bringUpToDate(databaseFile)
    expect(copies(folder).filter((name) => /000\d_[a-d]/.test(name))).toHaveLength(4)
    await open(databaseFile, withOneMore('CREATE TABLE `later` (`id` text)'))
    expect(copies(folder).filter((name) => name.startsWith('comanda.db'))).toHaveLength(3)
    expect(copies(folder)).toContain('comanda.db.before-9999_later.bak')
    expect(existsSync(join(folder, 'other.db.before-0001_x.bak'))).toBe(true)

    const fresh = join(folder, 'fresh.db')
    await open(fresh)
    expect(copies(folder).filter((name) => name.startsWith('fresh'))).toEqual([])
    expect(readFileSync(fresh).length).toBeGreaterThan(0)
  })
})
