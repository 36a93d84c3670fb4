import { describe, it, type ExpectStatic } from 'vitest'
import type { Transport } from '../../shared/live/client/types.ts'
import { startChaosProxy, type ChaosProxy } from '../support/chaos-proxy.ts'
import { openReader, type Reader, type ReaderOptions } from '../support/live-reader.ts'
import { startLoad } from '../support/load.ts'
import { placeOrder, signIn } from '../support/orders.ts'
import { randomFrom, seed } from '../support/seed.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { eventually, expectConverged } from '../support/watching.ts'

interface World {
  server: TestServer
  cookie: string
  proxy: ChaosProxy
  kitchen: Reader
}

/** A server, a kitchen screen whose connection goes through a proxy, and a function that ends both. */
async function withLine(options: ReaderOptions, run: (world: World) => Promise<void>) {
  const server = await startServer()
  const proxy = await startChaosProxy(server)
  const cookie = await signIn(server)
  const kitchen = openReader({ url: proxy.url }, 'kitchen:napoli', { cookie, ...options })
  try {
    await expectConverged(server, [kitchen], { cookie })
    await run({ server, cookie, proxy, kitchen })
  } finally {
    kitchen.close()
    await proxy.stop()
    await server.stop()
  }
}

/** Orders come and move while the connection is faulty; then it is repaired, and everything must be right. */
async function spoil(
  { server, cookie, proxy, kitchen }: World,
  orders: number,
  wrong: Partial<ChaosProxy['faults']>,
  meanwhile: (count: number) => void = () => {},
) {
  const random = randomFrom(seed)
  Object.assign(proxy.faults, { random }, wrong)
  const load = await startLoad(server, { workers: 2, cookie, random, max: orders })
  for (let seen = 0; seen < orders; seen++) {
    await eventually(() => {
      if (load.acked() <= seen) throw new Error(`only ${load.acked()} of ${orders} orders`)
    }, 30_000)
    meanwhile(seen)
  }
  await load.done
  Object.assign(proxy.faults, {
    delayMs: 0,
    bytesPerSecond: Infinity,
    duplicate: 0,
    corrupt: 0,
    refuse: false,
    halfOpen: false,
  })
  kitchen.client.online()
  await expectConverged(server, [kitchen], { cookie, ms: 30_000 })
}

const silenceMs = 25_000

/**
 * Half-open: the page must stop saying "live" 12 s after the last frame, notice within 25 s, and come back by itself.
 */
async function staysHonest(expect: ExpectStatic, transport: Transport) {
  await withLine({ only: [transport], random: () => 0.01 }, async ({ server, cookie, proxy, kitchen }) => {
    await eventually(() => expect(kitchen.isLive(transport)).toBe(true))
    proxy.faults.halfOpen = true
    const { order } = await placeOrder(server)
    const lastFrame = kitchen.client.confirmedAt()
    const silent = () => kitchen.client.serverNow() - lastFrame
    // Checks as often as it can until the client itself has given up on the connection.
    // When it was last seen to do so: what this process sleeps through is not counted.
    let longest = 0
    let unnoticed = 0
    await eventually(() => {
      const soFar = silent()
      if (kitchen.claimsLive()) longest = soFar
      if (kitchen.isLive()) unnoticed = soFar
      expect(kitchen.isLive()).toBe(false)
    }, silenceMs + 15_000)
    expect(longest, 'ms of silence after which the page still said "live"').toBeLessThan(12_000)
    expect(silent()).toBeGreaterThan(12_000)
    expect(unnoticed, 'ms until it noticed').toBeLessThan(silenceMs + 2500)
    expect(kitchen.statuses.findLast(({ name }) => name === 'waiting')).toMatchObject({ reason: 'silent' })

    // The network is back: attempts made meanwhile end, and the next one gets through.
    proxy.faults.halfOpen = false
    proxy.cut()
    await expectConverged(server, [kitchen], { cookie, ms: 25_000 })
    expect(kitchen.orders.has(order.id)).toBe(true)
  })
}

describe.concurrent(`a line that does what it likes (COMANDA_SEED=${seed})`, { timeout: 120_000 }, () => {
  it('[CLI-3] [CLI-6] half-open WebSocket: never "live" for longer than 12 s, noticed within 25 s', ({ expect }) =>
    staysHonest(expect, 'websocket'))
  it('[CLI-3] [CLI-6] half-open SSE: never "live" for longer than 12 s, noticed within 25 s', ({ expect }) =>
    staysHonest(expect, 'sse'))

  it('[CLI-2] [CLI-4] cut again and again: nothing is lost, nothing comes twice', () =>
    withLine({}, (world) => spoil(world, 30, {}, (count) => void (count % 6 === 5 && world.proxy.cut()))))

  it('[CLI-2] cut again and again over SSE: nothing is lost, nothing comes twice', () =>
    withLine({ only: ['sse'], random: () => 0.01 }, (world) =>
      spoil(world, 30, {}, (count) => void (count % 6 === 5 && world.proxy.cut())),
    ))

  it('[CLI-2] pieces that come twice: no event is applied twice', () =>
    withLine({ random: () => 0.1 }, (world) => spoil(world, 30, { duplicate: 0.3 })))

  it('[CLI-3] [SRV-3] a slow line of 0.8 s and 20 KB/s: late, but correct', () =>
    withLine({}, (world) => spoil(world, 30, { delayMs: 800, bytesPerSecond: 20_000 })))

  // In normal HTTP, TLS and TCP check every byte; what a page shows must survive whatever a broken middlebox makes of
  // frames.
  it('[CLI-2] [MSG-1] flipped bits: no wrong order on the screen, and correct in the end', async ({ expect }) => {
    const server = await startServer()
    const proxy = await startChaosProxy(server)
    const cookie = await signIn(server)
    const kitchen = openReader({ url: proxy.url }, 'kitchen:napoli', {
      cookie,
      direct: server,
      only: ['websocket'],
      random: () => 0.05,
    })
    await expectConverged(server, [kitchen], { cookie })
    await spoil({ server, cookie, proxy, kitchen }, 40, { corrupt: 0.25 })
    expect(kitchen.status()).toMatchObject({ name: 'live' })
    expect(kitchen.statuses.filter(({ name }) => name === 'stopped')).toEqual([])
    kitchen.close()
    await proxy.stop()
    await server.stop()
  })
})
