import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import pg from 'pg'
import { seedDemo } from '../../db/demo/seed.ts'
import { migrationsIn } from '../../db/migrate.ts'
import { openPostgres } from '../../db/postgres.ts'
import type { Store, Tx } from '../../db/store.ts'
import { buildOrder } from '../support/build.ts'
import { startChaosProxy, type ChaosProxy } from '../support/chaos-proxy.ts'
import { freePort, noPostgres, startCluster, type Cluster } from '../support/postgres.ts'
import { randomFrom, seed } from '../support/seed.ts'
import { figuresSuite } from './figures-suite.ts'
import { menuNodesSuite } from './menu-nodes-suite.ts'
import { nodesSuite } from './nodes-suite.ts'
import { queriesSuite } from './queries-suite.ts'
import { newEvent, pizzeria, storeSuite, type OpenOptions, type Subject } from './store-suite.ts'

const migrations = migrationsIn(new URL('../../db/migrations/postgres/', import.meta.url))

if (noPostgres) console.warn(noPostgres)

describe.skipIf(noPostgres)('on PostgreSQL', () => {
  let cluster: Cluster
  beforeAll(async () => {
    cluster = await startCluster()
  })
  afterAll(() => cluster.dispose())

  async function open(first: OpenOptions): Promise<Subject & { url: string }> {
    const url = await cluster.createDatabase()
    const stores = new Set<Store>()
    const openStore = async ({ lockWaitMs } = first): Promise<Store> => {
      const store = await openPostgres({ url, migrations, lockWaitMs })
      stores.add(store)
      return { ...store, close: () => (stores.delete(store) ? store.close() : Promise.resolve()) }
    }
    return {
      url,
      store: await openStore(),
      reopen: openStore,
      async lock() {
        const other = new pg.Client({ connectionString: url })
        await other.connect()
        await other.query('BEGIN; SELECT FROM pizzerias FOR UPDATE')
        return async () => {
          await other.query('ROLLBACK')
          await other.end()
        }
      },
      async dispose() {
        await Promise.all([...stores].map((store) => store.close()))
      },
    }
  }

  storeSuite('PostgreSQL', open)
  queriesSuite('PostgreSQL', open)
  figuresSuite('PostgreSQL', open)
  nodesSuite('PostgreSQL', open)
  menuNodesSuite('PostgreSQL', open)

  describe('PostgreSQL alone', () => {
    let subject: Awaited<ReturnType<typeof open>>
    let store: Store
    beforeEach(async () => {
      subject = await open({ lockWaitMs: 3000 })
      store = subject.store
      await store.write(null, (tx) => seedDemo(tx, 'hash'))
    })
    afterEach(() => subject.dispose())
    const database = () => new URL(subject.url).pathname.slice(1)
    const ask = <Row>(text: string) => cluster.ask<Row>(text, database())
    const append = (on = store) => on.write(pizzeria, (tx) => tx.append(newEvent()))
    const positions = async (on = store) =>
      (await on.read((tx) => tx.eventsAfter(pizzeria, 0, 1000))).map(({ position }) => position)
    const code = (work: Promise<unknown>) =>
      work.then(
        () => 'done',
        (error: { code: string }) => error.code,
      )
    const others = 'datname = current_database() AND pid <> pg_backend_pid()'
    /** The backends of this database that are in the middle of this. */
    const busyWith = async (where: string) =>
      (await ask<{ pid: number }>(`SELECT pid FROM pg_stat_activity WHERE ${others} AND ${where}`)).map(
        ({ pid }) => pid,
      )
    async function inCommit(): Promise<number> {
      for (;;) {
        const [pid] = await busyWith("query = 'COMMIT' AND state = 'active'")
        if (pid) return pid
      }
    }

    it('[LOG-4] [LOG-7] who waits together is flushed together, also where the server would not flush', async () => {
      await ask(`ALTER DATABASE ${database()} SET synchronous_commit = off`)
      const again = await subject.reopen()
      const commits = async () =>
        (await ask<{ n: number }>('SELECT pg_stat_clear_snapshot(), pg_current_xact_id()::text::int AS n'))[0]!.n
      const before = await commits()
      await Promise.all(Array.from({ length: 100 }, () => append(again)))
      // A number for each batch, and one for each of their savepoints: writers that ask nothing have none.
      expect((await commits()) - before).toBeLessThan(20)
      expect(await again.write(null, (tx) => tx.epoch())).toMatch(/^[\w-]{8}$/)
      await again.close()
    })

    it('[LOG-10] killed in COMMIT before it was committed: it is run again, once', async () => {
      await ask(`CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql
        AS 'BEGIN PERFORM pg_sleep(1); RETURN NULL; END';
        CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON events DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION slow()`)
      const writing = append()
      const pid = await inCommit()
      await ask(`DROP TRIGGER slow ON events`).catch(() => {})
      await ask(`SELECT pg_terminate_backend(${pid})`)
      expect((await writing).position).toBe(1)
      expect(await positions()).toEqual([1])
    }, 20_000)

    it('[LOG-10] killed in COMMIT after it was committed: its writer is told yes, nothing is there twice', async () => {
      // Committed here, it waits for a standby that will never say so.
      await cluster.ask("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
      await cluster.ask('SELECT pg_reload_conf()')
      try {
        const writing = Promise.all([append(), append(), append()])
        await ask(`SELECT pg_terminate_backend(${await inCommit()})`)
        expect((await writing).map(({ position }) => position)).toEqual([1, 2, 3])
        // Also where it left no event: the server has not crashed, so its number is its own.
        const keeping = store.write(null, (tx) => tx.keepSecret('word', 'kept'))
        await ask(`SELECT pg_terminate_backend(${await inCommit()})`)
        await keeping
      } finally {
        await cluster.ask('ALTER SYSTEM RESET synchronous_standby_names')
        await cluster.ask('SELECT pg_reload_conf()')
      }
      expect(await positions()).toEqual([1, 2, 3])
      expect(await store.read((tx) => tx.secret('word'))).toBe('kept')
      expect((await append()).position).toBe(4)
    }, 20_000)

    it('[LOG-8] a backend that freezes: its writers are told within the time, and others go on', async () => {
      const hasty = await openPostgres({ url: subject.url, migrations, lockWaitMs: 500, answerMs: 500 })
      await append(hasty)
      const [pid] = await busyWith(
        "query = 'COMMIT' AND backend_xid IS NULL AND application_name = 'comanda' ORDER BY query_start DESC",
      )
      process.kill(pid!, 'SIGSTOP')
      try {
        const began = performance.now()
        expect(await code(append(hasty))).toBe('server.busy')
        expect(performance.now() - began).toBeLessThan(3000)
        expect((await append(hasty)).position).toBe(2)
      } finally {
        process.kill(pid!, 'SIGCONT')
      }
      expect(await positions()).toEqual([1, 2])
      await hasty.close()
    })

    it('[LOG-8] every connection killed: readers and writers go on by themselves', async () => {
      await append()
      await ask(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${others}`)
      expect((await append()).position).toBe(2)
      expect(await positions()).toEqual([1, 2])
    })

    it('[LOG-2] a node that stops in the middle of a transaction makes others wait for 2 s at most', async () => {
      const other = await subject.reopen({ lockWaitMs: 10_000 })
      let stop: (() => void) | undefined
      const stopped = new Promise<void>((resolve) => (stop = resolve))
      let frozen: Promise<number>
      await new Promise<void>((holds) => {
        frozen = store.write(pizzeria, async (tx) => {
          const event = await tx.append(newEvent())
          holds()
          await stopped
          return event.position
        })
      })
      const began = performance.now()
      expect((await append(other)).position).toBe(1)
      expect(performance.now() - began).toBeLessThan(6000)
      stop!()
      // Nothing of it was committed: it is run again.
      expect(await frozen!).toBe(2)
      expect(await positions()).toEqual([1, 2])
      await other.close()
    })

    it('[LOG-11] a database whose encoding lacks letters is refused at the start, by one sentence', async () => {
      await cluster.ask(`CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'`)
      await expect(openPostgres({ url: cluster.urlOf('latin'), migrations })).rejects.toThrow(
        'PostgreSQL at 127.0.0.1 cannot be used: the database has the encoding LATIN1, but it must be UTF8.',
      )
    })

    it('[LOG-8] what cannot be reached at the start says where it was looked for, and no password', async () => {
      const url = `postgres://comanda:hunter2@localhost:${await freePort()}/comanda`
      const error = (await openPostgres({ url, migrations }).catch((error: unknown) => error)) as Error
      expect(error.message).toMatch(/^PostgreSQL at localhost cannot be used: connect ECONNREFUSED \S+\.$/)
    })

    it("[CTR-5] [LOG-11] an older database learns its orders' phones, whatever else is written in them", async () => {
      const url = await cluster.createDatabase()
      const old = {
        async read(path: string) {
          const text = await migrations.read(path)
          if (path !== 'meta/_journal.json') return text
          const journal = JSON.parse(text) as { entries: { idx: number }[] }
          return JSON.stringify({ ...journal, entries: journal.entries.filter(({ idx }) => idx <= 10) })
        },
      }
      await (await openPostgres({ url, migrations: old })).close()
      const askThere = <Row>(text: string) => cluster.ask<Row>(text, new URL(url).pathname.slice(1))
      await askThere(
        `INSERT INTO pizzerias (id, name, currency, timezone, settings) VALUES ('napoli', 'N', 'EUR', 'UTC', '{}')`,
      )
      const phone = '+33612345678'
      const customers = [
        { order: { customer: { name: 'Ada', phone } }, found: true },
        { order: { note: 'no \0 nuts \ud83c', customer: { name: 'A } "\\ b', phone } }, found: true },
        { order: { customer: { phone, name: 'Ada' } }, found: true },
        { order: { customer: { name: 'Ada', phone: null } }, found: false },
        { order: { note: `"customer":{"phone":"${phone}"`, customer: { name: 'Ada', phone: null } }, found: false },
        { order: { customer: { name: 'Ada', phone } }, people: false, found: false },
      ]
      for (const [number, { order, people = true }] of customers.entries()) {
        const body = JSON.stringify({ ...buildOrder(), note: null, ...order, id: `o${number}` }).replaceAll("'", "''")
        await askThere(
          `INSERT INTO orders (id, pizzeria, tracking, day, number, test, state, pizzas, promise_at, placed_at,
            updated_at, position, people, body) VALUES ('o${number}', 'napoli', 't${number}', '2026-01-01', ${number},
            false, 'collected', 1, 1, ${number}, 1, 1, ${people}, '${body}')`,
        )
      }
      const now = await openPostgres({ url, migrations })
      const ids = (await now.read((tx) => tx.ordersOfPhone(pizzeria, phone, 10))).map(({ id }) => id)
      expect(ids.sort()).toEqual(customers.flatMap(({ found }, number) => (found ? [`o${number}`] : [])))
      await now.close()
    })

    it('[LOG-7] a statement fails after its writer has gone on: nobody else notices', async () => {
      const answer = { scope: 'place', key: 'k', bodyHash: 'h', response: null, at: 1 }
      await store.write(pizzeria, (tx) => tx.keepAnswer(answer))
      const again = (more: () => void) =>
        store.write(pizzeria, async (tx) => {
          const event = await tx.append(newEvent())
          await tx.keepAnswer(answer)
          more()
          return event
        })
      const outcomes = await Promise.allSettled([
        append(),
        again(() => {}),
        append(),
        again(() => {
          throw new Error('changed my mind')
        }),
        append(),
      ])
      expect(outcomes.map(({ status }) => status)).toEqual([
        ...['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'],
      ])
      const appended = outcomes.flatMap((one) => (one.status === 'fulfilled' ? one.value.position : []))
      expect(appended).toEqual([1, 2, 3])
      expect(await positions()).toEqual([1, 2, 3])
    })

    it('[LOG-7] what a writer had written and read back is taken back alone when it fails', async () => {
      const writing = (isFailing: boolean) =>
        store.write(pizzeria, async (tx) => {
          const { position } = await tx.append(newEvent())
          const { stock } = await counted(tx)
          await tx.takeStock(pizzeria, 'margherita', 1)
          expect([(await tx.head(pizzeria))!.position, (await counted(tx)).stock]).toEqual([position, stock! - 1])
          if (isFailing) throw new Error('changed my mind')
          return position
        })
      const counted = async (tx: Tx) =>
        (await tx.menuBook(pizzeria)).items.find(({ body }) => body.id === 'margherita')!.body
      await store.write(pizzeria, (tx) => tx.setStock(pizzeria, 'margherita', 10))
      const outcomes = await Promise.allSettled([false, true, false, true, false].map(writing))
      const done = outcomes.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
      expect(done).toEqual([1, 2, 3])
      expect(await positions()).toEqual([1, 2, 3])
      expect((await store.read(counted)).stock).toBe(7)
    })

    it('[LOG-7] a question that cannot be answered fails its writer alone', async () => {
      const outcomes = await Promise.allSettled([
        append(),
        store.write(pizzeria, (tx) => tx.eventsAfter(pizzeria, 1e30, 1)),
        append(),
      ])
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect(await positions()).toEqual([1, 2])
    })

    it('[LOG-12] ten nodes migrate a new database in the same moment', async () => {
      const url = await cluster.createDatabase()
      const stores = await Promise.all(Array.from({ length: 10 }, () => openPostgres({ url, migrations })))
      expect(new Set(await Promise.all(stores.map((one) => one.read((tx) => tx.epoch())))).size).toBe(1)
      await Promise.all(stores.map((one) => one.close()))
    })

    it('[LOG-9] a promoted standby that lost what was acknowledged has another epoch', async () => {
      const primary = await startCluster()
      const url = await primary.createDatabase('comanda')
      const before = await openPostgres({ url, migrations })
      await before.write(null, (tx) => seedDemo(tx, 'hash'))
      await append(before)
      const standby = await primary.standby()
      const epoch = await before.read((tx) => tx.epoch())
      // Two that never reach it.
      const lost = [await append(before), await append(before)]
      expect(lost.map(({ position }) => position)).toEqual([2, 3])
      await primary.kill('SIGQUIT')
      await standby.promote()
      const after = await openPostgres({ url: standby.urlOf('comanda'), migrations })
      expect(await after.read((tx) => tx.epoch())).not.toBe(epoch)
      expect(await after.write(pizzeria, (tx) => tx.epoch())).toBe(await after.read((tx) => tx.epoch()))
      expect((await append(after)).position).toBeLessThanOrEqual(4)
      await Promise.all([before.close(), after.close()])
      await Promise.all([primary.dispose(), standby.dispose()])
    }, 60_000)
  })

  describe('PostgreSQL that crashes while a COMMIT is on its way', () => {
    let server: Cluster
    let line: ChaosProxy
    let store: Store
    let url: string
    beforeAll(async () => {
      // Nothing flushes what was not committed, and a COMMIT takes so long (us) that a crash meets one.
      server = await startCluster({
        durable: true,
        settings: {
          ...{ wal_writer_delay: '10s', wal_level: 'minimal', max_wal_senders: '0', autovacuum: 'off' },
          ...{ commit_delay: '20000', commit_siblings: '0' },
        },
      })
    })
    afterAll(() => server.dispose())
    beforeEach(async () => {
      url = await server.createDatabase()
      line = await startChaosProxy(server)
      const there = `postgres://postgres@127.0.0.1:${new URL(line.url).port}${new URL(url).pathname}`
      store = await openPostgres({ url: there, migrations })
      await store.write(null, (tx) => seedDemo(tx, 'hash'))
      await server.ask('CHECKPOINT')
    })
    afterEach(async () => {
      await store.close()
      await line.stop()
    })
    const idsThere = async () => (await store.read((tx) => tx.eventsAfter(pizzeria, 0, 100))).map(({ id }) => id)

    /** Writes; the COMMIT is lost on its way, and the server crashes and is there again. */
    async function crash<T>(
      of: string | null,
      work: (tx: Tx) => Promise<T>,
      meanwhile: (xid: bigint) => Promise<void>,
    ) {
      let reached: () => void
      const begun = new Promise<void>((resolve) => (reached = resolve))
      let times = 0
      const writing = store.write(of, async (tx) => {
        const result = await work(tx)
        if (++times === 1) line.faults.halfOpen = true
        reached()
        return result
      })
      writing.catch(() => {})
      await begun
      const [busy] = await server.ask<{ xid: string }>(
        'SELECT backend_xid::text AS xid FROM pg_stat_activity WHERE backend_xid IS NOT NULL',
      )
      await server.kill('SIGQUIT')
      Object.assign(line.faults, { halfOpen: false, refuse: true })
      line.cut()
      await server.start()
      await meanwhile(BigInt(busy!.xid))
      line.faults.refuse = false
      return await writing
    }
    const append = (tx: Tx) => tx.append(newEvent())
    /** Somebody else's transaction gets the number, which the server has forgotten, and is committed. */
    async function takeNumber(lost: bigint) {
      const [{ xid } = { xid: '' }] = await server.ask<{ xid: string }>('SELECT pg_current_xact_id()::text AS xid')
      expect(BigInt(xid)).toBe(lost)
    }

    it('[LOG-10] another transaction that got its number is not taken for it: it is run again', async () => {
      const { id, position } = await crash(pizzeria, append, takeNumber)
      expect(position).toBe(1)
      expect(await idsThere()).toEqual([id])
    }, 30_000)

    it('[LOG-10] nobody has its number any more: it is run again', async () => {
      const { id } = await crash(pizzeria, append, async () => {})
      expect(await idsThere()).toEqual([id])
    }, 30_000)

    it(`[LOG-10] crash after crash under two nodes: every yes is there, once (COMANDA_SEED=${seed})`, async () => {
      const random = randomFrom(seed)
      const nodes = [store, await openPostgres({ url, migrations })]
      const told: { position: number; id: string }[] = []
      let over = false
      const writers = Array.from({ length: 24 }, async (_, nth) => {
        while (!over)
          await nodes[nth % nodes.length]!.write(pizzeria, append).then(
            ({ position, id }) => told.push({ position, id }),
            () => wait(20 * random()),
          )
      })
      for (let crash = 1; crash <= 4; crash++) {
        const before = told.length
        await vi.waitFor(() => expect(told.length).toBeGreaterThan(before + 10), 20_000)
        await wait(20 * random())
        await server.kill('SIGQUIT')
        await server.start()
      }
      over = true
      await Promise.all(writers)
      const there = await server.ask<{ position: number; id: string }>(
        'SELECT position::int, id FROM events ORDER BY position',
        new URL(url).pathname.slice(1),
      )
      expect(there.map(({ position }) => position)).toEqual(there.map((_, index) => index + 1))
      expect(told.filter(({ position, id }) => there[position - 1]?.id !== id)).toEqual([])
      expect(new Set(told.map(({ position }) => position)).size).toBe(told.length)
      await nodes[1]!.close()
    }, 60_000)

    it('[LOG-10] where it left nothing to know it by, its writer is told that nobody can say', async () => {
      const keep = (tx: Tx) => tx.keepSecret('word', 'kept')
      await expect(crash(null, keep, takeNumber)).rejects.toMatchObject({ code: 'server.busy' })
      expect(await store.read((tx) => tx.secret('word'))).toBeNull()
    }, 30_000)
  })
})
