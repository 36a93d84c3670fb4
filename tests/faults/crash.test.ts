import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startChaosProxy } from '../support/chaos-proxy.ts'
import { checkLog } from '../support/checker.ts'
import { openReader } from '../support/live-reader.ts'
import { startLoad } from '../support/load.ts'
import { orderBody, postOrder, quote, signIn, snapshot, type OrderBody } from '../support/orders.ts'
import { randomFrom, seed } from '../support/seed.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { eventually, expectConverged, long, openDatabase, residentMb } from '../support/watching.ts'

/** For how long the server is killed again and again, ms. */
const stormMs = long ? 300_000 : 15_000

describe('kill -9 at the three moments that matter', () => {
  let server: TestServer
  let body: OrderBody
  beforeAll(async () => {
    server = await startServer()
    body = { ...orderBody(), total: (await quote(server, orderBody())).total }
  })
  afterAll(() => server.stop())

  const ordersInLog = () => {
    const database = openDatabase(server.databaseFile)
    try {
      return database
        .all<{ data: string }>('select data from events where type = ?', 'order.placed')
        .map(({ data }) => (JSON.parse(data) as { id: string }).id)
    } finally {
      database.close()
    }
  }
  /** Acts like a customer's page: sends the same key again until there is an answer. */
  const retry = (key: string) =>
    eventually(async () => {
      const answer = await postOrder(server, body, { key })
      expect(answer.status).toBe(201)
      return answer.body.order.id as string
    })

  it('[LOG-4] [IDM-1] before the commit: nothing was placed, and the retry places one', async () => {
    const key = randomUUID()
    const before = ordersInLog()
    const database = openDatabase(server.databaseFile)
    database.lock()
    const answer = postOrder(server, body, { key }).then(
      ({ status }) => status,
      () => 'cut',
    )
    // It waits for the lock, which is before the commit, once the next request after it has been answered.
    await snapshot(server, 'menu:napoli')
    await server.kill('SIGKILL')
    expect(await answer).toBe('cut')
    database.unlock()
    database.close()
    await server.restart()

    expect(ordersInLog()).toEqual(before)
    const id = await retry(key)
    expect(ordersInLog()).toEqual([...before, id])
  })

  it('[LOG-4] [IDM-1] after the commit, before the answer: the retry gets the order that was placed', async () => {
    const proxy = await startChaosProxy(server)
    const key = randomUUID()
    const before = ordersInLog()
    // The request gets through; nothing of its answer comes back.
    proxy.faults.bytesPerSecond = 0.001
    const answer = postOrder({ url: proxy.url }, body, { key }).then(
      ({ status }) => status,
      () => 'cut',
    )
    await eventually(() => expect(ordersInLog()).toHaveLength(before.length + 1))
    await server.kill('SIGKILL')
    proxy.cut()
    expect(await answer).toBe('cut')
    await proxy.stop()
    await server.restart()

    const id = await retry(key)
    expect(ordersInLog()).toEqual([...before, id])
  })

  it('[LOG-4] [IDM-1] after the answer: the answered order is stored, also after fifty retries at once', async () => {
    const key = randomUUID()
    const before = ordersInLog()
    const { body: placed } = await postOrder(server, body, { key })
    await server.kill('SIGKILL')
    await server.restart()

    expect(ordersInLog()).toEqual([...before, placed.order.id])
    expect(new Set(await Promise.all(Array.from({ length: 50 }, () => retry(key))))).toEqual(new Set([placed.order.id]))
    expect(ordersInLog()).toEqual([...before, placed.order.id])
  })
})

it(
  `[LOG-2] [LOG-4] [IDM-1] [CLI-2] killed again and again under load: every acknowledged order once, every reader ` +
    `right at the end (COMANDA_SEED=${seed})`,
  { timeout: stormMs + 90_000 },
  async () => {
    const random = randomFrom(seed)
    const server = await startServer()
    const cookie = await signIn(server)
    const readers = [
      openReader(server, 'kitchen:napoli', { cookie, device: 'storm-screen-1' }),
      openReader(server, 'counter:napoli', { cookie }),
      openReader(server, 'counter:napoli', { cookie, only: ['sse'], random: () => 0.01 }),
      openReader(server, 'board:napoli', { only: ['polling'], random: () => 0.01 }),
    ]
    const load = await startLoad(server, { workers: 6, cookie, random })
    const until = performance.now() + stormMs
    let kills = 0
    let most = 0
    while (performance.now() < until || kills < 3) {
      const before = load.acked()
      // At some moment between two orders, or in the middle of one.
      const more = before + 1 + Math.floor(random() * 60)
      await eventually(() => expect(load.acked()).toBeGreaterThanOrEqual(more), 60_000)
      most = Math.max(most, residentMb(server.pid))
      await server.restart()
      kills += 1
    }
    await load.stop()
    // Tells the clients that the network is back, as browsers do; otherwise the last wait may be 8 s (CLI-4).
    readers.forEach((reader) => reader.client.online())
    await expectConverged(server, readers, { cookie, ms: 20_000 })
    readers.forEach((reader) => reader.close())
    await server.kill('SIGKILL')

    expect(load.faults).toEqual([])
    expect(checkLog(server.databaseFile, load.attempts)).toEqual([])
    expect(most, 'memory of the server, MB').toBeLessThan(400)
    console.log(
      `killed ${kills} times; ${load.attempts.length} orders wanted, ${load.acked()} acknowledged; ` +
        `${JSON.stringify(Object.fromEntries(load.refusals))}`,
    )
    await server.stop()
  },
)
