import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { seedDemo } from '../../db/demo/seed.ts'
import { migrationsIn } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store, Tx } from '../../db/store.ts'
import { createCommit } from '../../server/ground/commit.ts'
import { addDays } from '../../shared/menu/hours.ts'
import { buildOrder } from '../support/build.ts'
import { root } from '../support/sources.ts'
import { figuresSuite } from './figures-suite.ts'
import { menuNodesSuite } from './menu-nodes-suite.ts'
import { nodesSuite } from './nodes-suite.ts'
import { queriesSuite } from './queries-suite.ts'
import { newEvent, pizzeria, storeSuite, type OpenOptions, type Subject } from './store-suite.ts'

/**
 * Every statement that the stores of this file have prepared: the suites together run all the queries of the server.
 */
const prepared = vi.hoisted(() => new Set<string>())

/** A connection that the store opened, so that a test can fill its disk, and every statement that it ran. */
type Opened = SQLite.Database & { ran: string[] }
const opened = vi.hoisted(() => [] as Opened[])
vi.mock('better-sqlite3', async (original) => {
  const { default: Real } = await original<{ default: typeof SQLite }>()
  return {
    default: class extends Real {
      ran: string[] = []
      constructor(file?: string, options?: SQLite.Options) {
        super(file, { ...options, verbose: (text) => this.ran.push(String(text)) })
        opened.push(this)
      }
      override prepare(text: string) {
        prepared.add(text)
        return super.prepare(text) as never
      }
    },
  }
})

const migrations = migrationsIn(new URL('../../db/migrations/sqlite/', import.meta.url))

async function open(first: OpenOptions): Promise<Subject & { file: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'comanda-store-'))
  const file = join(folder, 'deep', 'comanda.db')
  const stores = new Set<Store>()
  const openStore = async ({ lockWaitMs } = first): Promise<Store> => {
    const store = await openSqlite({ file, migrations, lockWaitMs })
    stores.add(store)
    return { ...store, close: () => (stores.delete(store) ? store.close() : Promise.resolve()) }
  }
  return {
    file,
    store: await openStore(),
    reopen: openStore,
    async lock() {
      const other = new SQLite(file)
      other.exec('BEGIN IMMEDIATE')
      return async () => {
        other.exec('ROLLBACK')
        other.close()
      }
    },
    async dispose() {
      await Promise.all([...stores].map((store) => store.close()))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

storeSuite('SQLite', open)
queriesSuite('SQLite', open)
figuresSuite('SQLite', open)
nodesSuite('SQLite', open)
menuNodesSuite('SQLite', open)

describe('SQLite', () => {
  let subject: Awaited<ReturnType<typeof open>>
  let store: Store
  let writer: Opened
  beforeEach(async () => {
    opened.length = 0
    subject = await open({ lockWaitMs: 250 })
    store = subject.store
    writer = opened[0]!
    await store.write(null, (tx) => seedDemo(tx, 'hash'))
  })
  afterEach(() => subject.dispose())

  const big = (kilobytes: number) => newEvent({ data: { note: 'x'.repeat(kilobytes * 1024) } })
  const settled = (work: Promise<{ position: number }>) =>
    work.then(
      ({ position }) => position,
      (error: { code: string }) => error.code,
    )
  /** Limits the disk to that many more pages. */
  const limitDisk = (pages: number) =>
    writer.pragma(`max_page_count = ${Number(writer.pragma('page_count', { simple: true })) + pages}`)
  const positions = async () =>
    (await store.read((tx) => tx.eventsAfter(pizzeria, 0, 1000))).map((event) => event.position)

  it('[LOG-4] flushes every commit to the disk', () => {
    expect([
      writer.pragma('journal_mode', { simple: true }),
      writer.pragma('synchronous', { simple: true }),
      writer.pragma('foreign_keys', { simple: true }),
    ]).toEqual(['wal', 2, 1])
  })

  it('[LOG-1] reader and writer use the same connection, and another one only while both are under way', async () => {
    const spare = opened[1]!
    const head = (tx: Tx) => tx.head(pizzeria)
    spare.ran.length = 0
    await store.write(pizzeria, (tx) => tx.append(newEvent()))
    expect(await store.read(head)).toMatchObject({ position: 1 })
    await Promise.all([store.write(pizzeria, (tx) => tx.append(newEvent())), store.read(head)])
    expect(spare.ran).toEqual([])
    await store.write(pizzeria, async (tx) => {
      await tx.append(newEvent())
      expect(await store.read(head)).toMatchObject({ position: 2 })
    })
    expect(spare.ran.filter((text) => text.startsWith('select'))).toHaveLength(1)
    expect(await store.read(head)).toMatchObject({ position: 3 })
    expect(spare.ran.filter((text) => text.startsWith('select'))).toHaveLength(1)
  })

  it('[ORD-9] remembers few of the days that it has given numbers of, and goes on counting on each', async () => {
    const days = Array.from({ length: 1002 }, (_, index) => addDays('2026-01-01', index))
    const [early = '', last = ''] = [days[1], days.at(-1)]
    const order = (day: string, number: number) =>
      buildOrder({ id: `${day} ${number}`, tracking: `${day} ${number}`, pizzeria, day, number })
    const place = (day: string) =>
      store.write(pizzeria, async (tx) => {
        const number = await tx.nextNumber(pizzeria, [day], false)
        const { position } = await tx.append(newEvent())
        await tx.insertOrder(order(day, number), position)
        return number
      })
    /** The number of one more order of a day, and what that asks of the tables with days. */
    const asked = async (day: string) => {
      writer.ran.length = 0
      const number = await place(day)
      const count = (start: string) => writer.ran.filter((text) => text.startsWith(start)).length
      return { number, read: count('select "last" from "numbers"'), marked: count('update "days"') }
    }
    await Promise.all(days.map(place))
    expect(await asked(last)).toEqual({ number: 2, read: 0, marked: 0 })
    expect(await asked(early)).toEqual({ number: 2, read: 1, marked: 1 })
    expect(await asked(early)).toEqual({ number: 3, read: 0, marked: 0 })
  })

  it('[LOG-7] flushes writers that wait together with one flush', async () => {
    writer.ran.length = 0
    await Promise.all(Array.from({ length: 100 }, () => store.write(pizzeria, (tx) => tx.append(newEvent()))))
    expect(writer.ran.filter((text) => text === 'COMMIT')).toHaveLength(1)
    expect(writer.ran.filter((text) => text === 'RELEASE job')).toHaveLength(100)
  })

  it('[LOG-7] who was flushed together waits for each other, and who is alone for nobody', async () => {
    const patient = await openSqlite({ file: subject.file, migrations, togetherMs: 60_000 })
    const { ran } = opened.at(-2)!
    const commits = () => ran.filter((text) => text === 'COMMIT').length
    const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(() => setImmediate(resolve))))
    const append = () => patient.write(pizzeria, (tx) => tx.append(newEvent()))
    const before = commits()
    await append()
    await append()
    expect(commits() - before).toBe(2)
    await Promise.all([append(), append(), append()])
    expect(commits() - before).toBe(3)
    const first = append()
    await turn()
    expect(commits() - before).toBe(3)
    await Promise.all([first, append(), append()])
    expect(commits() - before).toBe(4)
    await patient.close()
  })

  it('[LOG-8] answers "server.full" on a full disk, half-writes nothing, and recovers when there is room', async () => {
    limitDisk(4)
    expect(
      await settled(
        store.write(pizzeria, async (tx) => {
          await tx.append(newEvent())
          return await tx.append(big(200))
        }),
      ),
    ).toBe('server.full')
    expect(await positions()).toEqual([])
    limitDisk(10_000)
    expect(await settled(store.write(pizzeria, (tx) => tx.append(big(200))))).toBe(1)
    expect(await positions()).toEqual([1])
  })

  it('[LOG-7] [LOG-8] a writer that finds the disk full affects no other; what was confirmed is stored', async () => {
    limitDisk(60)
    const rung: number[] = []
    const commit = createCommit(store, (events) => rung.push(...events.map(({ position }) => position)))
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        settled(commit(pizzeria, (_tx, append) => append(index % 4 === 3 ? big(500) : newEvent({ data: {} })))),
      ),
    )
    const written = answers.filter((answer) => typeof answer === 'number')
    expect(answers.filter((_, index) => index % 4 === 3)).toEqual(Array.from({ length: 10 }, () => 'server.full'))
    expect(written).toEqual(Array.from({ length: 30 }, (_, index) => index + 1))
    expect(await positions()).toEqual(written)
    // Their work ran twice; the doorbell rings for what is stored.
    expect(rung).toEqual(written)
    limitDisk(10_000)
    expect(await settled(store.write(pizzeria, (tx) => tx.append(big(500))))).toBe(written.length + 1)
  })

  it("[LOG-8] waits for another process's lock, while it opens and while it works", async () => {
    // Holds the lock for a while, starting when it says so.
    const script =
      `const db = new (require('better-sqlite3'))(process.argv[1]); db.exec('BEGIN IMMEDIATE'); ` +
      `console.log('locked'); setTimeout(() => db.exec('ROLLBACK'), 150)`
    const holdLock = async () => {
      const child = spawn(process.execPath, ['-e', script, subject.file], {
        cwd: root,
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      await once(child.stdout, 'data')
      return { ended: once(child, 'exit') }
    }
    const first = await holdLock()
    const again = await openSqlite({ file: subject.file, migrations, lockWaitMs: 5000 })
    await first.ended
    const second = await holdLock()
    expect((await again.write(pizzeria, (tx) => tx.append(newEvent()))).position).toBe(1)
    await Promise.all([second.ended, again.close()])
  })
})

describe('the plans of SQLite', () => {
  /**
   * Tables and partial indexes that hold a few rows, whatever the history; `every` is what a query has just made, a row
   * a day.
   */
  const few = ['pizzerias', 'rehearsals', 'hooks', 'every', 'log', 'trust USING INDEX trust_held', 'sqlite_master']
  const small = new RegExp(`^SCAN (${few.join('|')}|__drizzle_migrations|CONSTANT ROW|\\d+-ROW VALUES)\\b`)

  it('[OPS-3] scan no table, and never all orders or events of a pizzeria', async () => {
    const subject = await open({ lockWaitMs: 250 })
    await subject.store.write(null, (tx) => seedDemo(tx, 'hash'))
    const client = new SQLite(subject.file)
    const plansOf = (text: string) =>
      client
        .prepare(`EXPLAIN QUERY PLAN ${text}`)
        .all(Array.from(text.matchAll(/\?/g), () => null))
        .map((row) => (row as { detail: string }).detail)
    const asked = [...prepared].filter((text) => /^(select|update|delete|insert)/i.test(text))
    expect(asked.length).toBeGreaterThan(40)
    for (const table of ['orders', 'events', 'sessions', 'screens', 'pairings', 'idempotency'])
      expect(asked.some((text) => new RegExp(`^(select .* from|delete from) "${table}"`).test(text))).toBe(true)
    const walks = asked.flatMap((text) => {
      const plan = plansOf(text)
      // Reading a page of a pizzeria's oldest or newest rows is not a scan: it ends at its limit when nothing must be
      // sorted first.
      const isPage = /order by .* limit \?$/.test(text) && !plan.some((detail) => detail.includes('TEMP B-TREE'))
      return plan
        .filter(
          (detail) =>
            (detail.startsWith('SCAN ') && !small.test(detail)) ||
            (/(orders|events) .*\(pizzeria=\?\)$/.test(detail) && !isPage),
        )
        .map((detail) => `${detail}: ${text}`)
    })
    expect(walks).toEqual([])
    client.close()
    await subject.dispose()
  })
})
