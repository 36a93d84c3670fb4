import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noHaproxy } from '../support/proxies.ts'
import { openReader, type Reader } from '../support/live-reader.ts'
import { startLoad, type Load } from '../support/load.ts'
import { openScreens, startChain, type Chain } from '../support/nodes.ts'
import { placeOrder, request, signIn, type Target } from '../support/orders.ts'
import { noPostgres } from '../support/postgres.ts'
import { noRedis } from '../support/redis.ts'
import { randomFrom, seed } from '../support/seed.ts'
import { openSocket } from '../support/socket.ts'
import { eventually, expectConverged } from '../support/watching.ts'

const missing = noPostgres ?? noRedis ?? noHaproxy
if (missing) console.warn(missing)

/** What a fault is given to do its worst, and what is left to recover in, ms. */
const [worstMs, recoverMs] = [1500, 40_000]
const pass = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const freeze = (pids: number[], signal: 'SIGSTOP' | 'SIGCONT') => pids.forEach((pid) => process.kill(pid, signal))

describe.skipIf(missing)(`three nodes behind HAProxy (COMANDA_SEED=${seed})`, { timeout: 240_000 }, () => {
  let chain: Chain
  let cookie: string
  let load: Load
  let screens: Reader[]
  beforeAll(async () => {
    chain = await startChain()
    cookie = await signIn(chain)
    screens = await openScreens(chain, cookie)
    load = await startLoad(chain, { workers: 3, cookie, random: randomFrom(seed) })
  }, 120_000)
  afterAll(async () => {
    for (const screen of screens ?? []) screen.close()
    await load?.stop()
    await chain?.stop()
  }, 60_000)

  /** An order of the test's own, which the check at the end knows of. */
  async function place(target: Target) {
    const key = randomUUID()
    const { order } = await placeOrder(target, {}, { cookie, key })
    load.attempts.push({ key, tries: 1, acked: order.id })
    return order
  }

  /** Orders go on, every screen holds what was acknowledged, and nobody is signed out. */
  async function recovered() {
    const acked = load.acked()
    await eventually(() => expect(load.acked()).toBeGreaterThan(acked + 3), recoverMs)
    await eventually(() => expect(screens.every((screen) => screen.isLive())).toBe(true), recoverMs)
    const known = load.attempts.flatMap((attempt) => attempt.acked ?? [])
    // The oldest have been collected and are shown no more; those of the last moment are.
    const last = known.slice(-1)
    await eventually(() => {
      for (const screen of screens)
        for (const id of last) expect(screen.orders.has(id), `${screen.stream} shows ${id}`).toBe(true)
    }, recoverMs)
    for (const screen of screens) expect(screen.faults).toEqual([])
    expect((await request(chain, 'GET', '/api/pizzerias/napoli/screens', { cookie })).status).toBe(200)
  }

  it('[BUS-1] [LOG-2] what is committed on one node is on the screens of the others at once', async () => {
    const [a, b] = chain.nodes
    const reader = openReader(b!, 'kitchen:napoli', { cookie })
    await eventually(() => expect(reader.isLive()).toBe(true))
    const { id } = await place(a!)
    await eventually(() => expect(reader.orders.has(id)).toBe(true), recoverMs)
    reader.close()
    await recovered()
  })

  it('[SRV-7] a sign-out on one node is one on all', async () => {
    const [a, b] = chain.nodes
    const mine = await signIn(a!)
    expect((await request(b!, 'GET', '/api/pizzerias/napoli/screens', { cookie: mine })).status).toBe(200)
    const socket = await openSocket(b!, { cookie: mine })
    socket.hello([{ stream: 'kitchen:napoli' }])
    await socket.next('joined')
    expect((await request(a!, 'POST', '/api/staff/sign-out', { cookie: mine })).status).toBe(204)
    expect((await request(b!, 'GET', '/api/pizzerias/napoli/screens', { cookie: mine })).status).toBe(401)
    expect(await socket.closed).toMatchObject({ code: 4401 })
  })

  it('[BUS-2] Redis killed, cut off, or frozen costs no order', async () => {
    await chain.redis.kill('SIGKILL')
    await recovered()
    await chain.redis.start()
    chain.bell.faults.halfOpen = true
    await pass(worstMs)
    chain.bell.faults.halfOpen = false
    freeze([chain.redis.pid()], 'SIGSTOP')
    await recovered()
    freeze([chain.redis.pid()], 'SIGCONT')
    await recovered()
  })

  it('[LOG-4] [SRV-4] a node killed, and one frozen: their screens live elsewhere', async () => {
    const [a, b] = chain.nodes
    await a!.kill('SIGKILL')
    const viaProxy = screens[0]!
    await eventually(() => expect(viaProxy.isLive()).toBe(true), recoverMs)
    await pass(worstMs)
    await a!.restart()
    await recovered()
    freeze([b!.pid], 'SIGSTOP')
    await pass(4000)
    freeze([b!.pid], 'SIGCONT')
    await recovered()
  })

  it('[LOG-8] [LOG-10] PostgreSQL killed, frozen, cut off: no acknowledged order is lost', async () => {
    await chain.cluster.kill('SIGQUIT')
    await pass(worstMs)
    await chain.cluster.start()
    await recovered()
    chain.cluster.signal('SIGSTOP')
    await pass(worstMs)
    chain.cluster.signal('SIGCONT')
    await recovered()
    chain.line.faults.halfOpen = true
    await pass(worstMs)
    chain.line.faults.halfOpen = false
    chain.line.cut()
    await recovered()
  })

  it('[SRV-6] [OPS-1] a rolling deploy under load: no order is refused for good, nobody is signed out', async () => {
    for (const node of chain.nodes) {
      expect(await node.kill('SIGTERM'), node.logs().slice(-2000)).toBe(0)
      await node.restart()
    }
    await recovered()
  })

  it('[BUS-4] a node whose clock is an hour ahead tells the time as the others do', async () => {
    const [, , c] = chain.nodes
    await c!.restart({}, Date.now() + 3_600_000)
    const { placedAt } = await place(c!)
    expect(Math.abs(Date.parse(placedAt) - Date.now())).toBeLessThan(60_000)
    // And while it runs: at once, and not a measurement later.
    process.kill(c!.pid, 'SIGUSR2')
    for (let times = 0; times < 3; times++) {
      const { placedAt } = await place(c!)
      expect(Math.abs(Date.parse(placedAt) - Date.now())).toBeLessThan(60_000)
    }
    await recovered()
    const jumps = "SELECT count(*)::int AS count FROM events WHERE type = 'clock.jumped'"
    expect(await chain.cluster.ask(jumps, 'comanda')).toEqual([{ count: 0 }])
  })

  it('[LOG-2] [DSP-2] [IDM-1] after all of it: positions without a hole, each order and alarm once', async () => {
    await load.stop()
    expect(load.acked()).toBeGreaterThan(50)
    expect(load.faults).toEqual([])
    expect(await chain.check(load.attempts)).toEqual([])
    expect(await chain.misled(screens)).toEqual([])
    const alarms = await chain.cluster.ask<{ times: number }>(
      `SELECT count(*)::int AS times FROM events WHERE type = 'kitchen.unseen'
        GROUP BY data->'order'->>'id', data->>'level'`,
      'comanda',
    )
    expect(alarms.length).toBeGreaterThan(0)
    expect(alarms.filter(({ times }) => times > 1)).toEqual([])
    await expectConverged(chain, screens, { cookie })
  })
})
