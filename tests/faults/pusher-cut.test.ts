import type PusherJs from 'pusher-js'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { Snapshot } from '../../shared/live/messages.ts'
import { startChaosProxy, type ChaosProxy } from '../support/chaos-proxy.ts'
import { placeOrder, signIn, snapshot } from '../support/orders.ts'
import { keepPositions, pusherEnv, stockClient, subscribed } from '../support/pusher.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'

/** How long the line is cut, ms; `COMANDA_CUT_MS=30000` for the long run. */
const cutMs = Number(process.env.COMANDA_CUT_MS ?? 3000)

let server: TestServer
let proxy: ChaosProxy
let cookie: string
beforeAll(async () => {
  server = await startServer({ env: { COMANDA_LOG: 'warn', ...pusherEnv } })
  proxy = await startChaosProxy(server)
  cookie = await signIn(server)
})
afterAll(async () => {
  await proxy.stop()
  await server.stop()
})
/** As staff: strangers have a budget. */
const order = () => placeOrder(server, {}, { cookie })
const clients: PusherJs[] = []
afterEach(() => {
  proxy.faults.refuse = false
  clients.splice(0).forEach((client) => client.disconnect())
})

/** pusher-js with our cursor, and beside it one as most people use it. */
async function both() {
  const port = Number(new URL(proxy.url).port)
  let cursor = () => ''
  const careful = stockClient(server, { port, params: () => ({ after: cursor() }) })
  const naive = stockClient(server, { port })
  clients.push(careful, naive)
  const withCursor = keepPositions(careful.subscribe('private-board.napoli'))
  cursor = withCursor.cursor
  const without = keepPositions(naive.subscribe('board.napoli'))
  await Promise.all([subscribed(careful.channel('private-board.napoli')), subscribed(naive.channel('board.napoli'))])
  return { withCursor, without, start: ((await snapshot(server, 'board:napoli')).body as Snapshot).position }
}

const head = async () => ((await snapshot(server, 'board:napoli')).body as Snapshot).position
/** Alarms about orders that nobody has painted go on meanwhile. */
const upTo = (positions: number[], last: number) => positions.slice(0, positions.indexOf(last) + 1)
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at + 1)

/** pusher-js itself may wait for a quarter of a minute between two tries. */
const limit = { timeout: 180_000 }

it('[PSH-5] after a cut under load pusher-js misses nothing with a cursor, and some without', limit, async () => {
  const { withCursor, without, start } = await both()
  await order()
  proxy.faults.refuse = true
  proxy.cut()
  const over = performance.now() + cutMs
  while (performance.now() < over) await order()
  proxy.faults.refuse = false
  const heardBefore = [withCursor.positions.length, without.positions.length]
  // Both are back when both hear of an order again.
  await until(async () => {
    await order()
    return withCursor.positions.length > heardBefore[0]! && without.positions.length > heardBefore[1]!
  }, 60_000)
  const last = await head()
  await until(() => withCursor.positions.includes(last) && without.positions.includes(last), 30_000)
  expect(upTo(withCursor.positions, last)).toEqual(range(start, last))
  expect(upTo(without.positions, last).length).toBeLessThan(last - start)
})

it('[PSH-5] after kill -9 of the server it misses nothing, and nothing comes twice', limit, async () => {
  const { withCursor, start } = await both()
  for (let round = 0; round < 3; round++) {
    await order()
    await server.kill('SIGKILL')
    await server.restart()
    await order()
  }
  const last = await head()
  await until(() => withCursor.positions.includes(last), 75_000)
  expect(upTo(withCursor.positions, last)).toEqual(range(start, last))
})
