import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { seedDemo } from '../../../db/demo/seed.ts'
import { openPostgres } from '../../../db/postgres.ts'
import type { Store, Tx } from '../../../db/store.ts'
import { startChaosProxy, type ChaosProxy } from '../../support/chaos-proxy.ts'
import { noPostgres, startCluster, type Cluster } from '../../support/postgres.ts'
import { randomFrom, seed } from '../../support/seed.ts'
import { newEvent, pizzeria } from '../store-suite.ts'
import { migrations } from './subject.ts'

describe.skipIf(noPostgres)('PostgreSQL that crashes while a COMMIT is on its way', () => {
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
  async function crash<T>(of: string | null, work: (tx: Tx) => Promise<T>, meanwhile: (xid: bigint) => Promise<void>) {
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
