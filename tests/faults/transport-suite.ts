import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { doubtAfterMs } from '../../shared/live/freshness.ts'
import type { transports } from '../../shared/live/client/types.ts'
import type { CarrierUnderTest } from '../support/carriers.ts'
import { openReader, ordersOf, type Reader } from '../support/live-reader.ts'
import { move, placeOrder, signIn, snapshot } from '../support/orders.ts'
import { randomFrom, seed } from '../support/seed.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { eventually, expectConverged, openDatabase } from '../support/watching.ts'

/** What an adapter of the feed must do for its stream, whatever the transport. */
export type TransportContract =
  | { transport: (typeof transports)[number] }
  /** A foreign carrier, which a page tries beside a WebSocket of ours. */
  | { name: string; carrier(): Promise<CarrierUnderTest>; skip?: string | null }

const inTurn = { concurrent: false }

/** The suite that every transport passes on a real server. A new adapter is one more line in one of the files of it. */
export function transportContract(contract: TransportContract) {
  const isCarrier = 'carrier' in contract
  // The transports run at the same time, each with its own server; the tests of one run one after the other.
  const suite = isCarrier && contract.skip ? describe.skip : describe
  suite(isCarrier ? contract.name : contract.transport, { concurrent: true }, () => {
    let server: TestServer
    let cookie: string
    let carrier: CarrierUnderTest | null = null
    /** 0: a failed try is repeated at once, so that the worse transports are soon reached. */
    let dice = 0
    const ways = (stream: string) =>
      carrier
        ? { only: ['websocket', carrier.kind] as const, carrier: carrier.kind, way: carrier.way?.(server, stream) }
        : { only: isCarrier ? [] : [contract.transport] }
    const open = (stream: string) => openReader(server, stream, { cookie, random: () => dice, ...ways(stream) })
    /** The first heartbeat through a carrier may be ten seconds away. */
    const live = (reader: Reader) =>
      eventually(() => expect(reader.isLive(isCarrier ? carrier!.kind : contract.transport)).toBe(true), 30_000)
    beforeAll(async () => {
      carrier = isCarrier ? await contract.carrier() : null
      server = await startServer({ env: carrier?.env ?? {} })
      cookie = await signIn(server)
    })
    afterAll(async () => {
      await server.stop()
      await carrier?.stop()
    })

    it('[TRN-1] [STR-4] delivers to every audience what the server has, and no more', inTurn, async () => {
      const { tracking } = await placeOrder(server)
      const readers = ['kitchen:napoli', 'counter:napoli', 'board:napoli', `order:${tracking}`].map(open)
      await Promise.all(readers.map(live))
      const placed = await placeOrder(server)
      expect((await move(server, cookie, { id: placed.order.id, version: 1 }, 'making')).status).toBe(200)
      await expectConverged(server, readers, { cookie })
      readers.forEach((reader) => reader.close())
    })

    it('[TRN-1] [SRV-2] delivers the same events in the same order, each once', inTurn, async () => {
      const readers = [open('kitchen:napoli'), openReader(server, 'kitchen:napoli', { cookie })]
      await Promise.all(readers.map((reader) => eventually(() => expect(reader.isLive()).toBe(true))))
      await live(readers[0]!)
      await expectConverged(server, readers, { cookie })
      // What one of them still has to hear, such as a screen's report, is no matter of these orders.
      const before = Math.max(...readers.map((reader) => reader.at().position))
      for (let count = 0; count < 12; count++) {
        const { order } = await placeOrder(server)
        await Promise.all([move(server, cookie, { id: order.id, version: 1 }, 'making'), placeOrder(server)])
      }
      await expectConverged(server, readers, { cookie })
      const [heard, reference] = readers.map(({ events }) => events.filter(({ position }) => position > before))
      expect(reference!.length).toBeGreaterThanOrEqual(36)
      expect(heard).toEqual(reference)
      readers.forEach((reader) => reader.close())
    })

    it('[TRN-1] [MSG-3] continues where it was after the server came back', inTurn, async () => {
      const reader = open('kitchen:napoli')
      await live(reader)
      await expectConverged(server, [reader], { cookie })
      const { resets } = reader
      // Long waits meanwhile; otherwise the client would be down to polling before the server is back.
      dice = 0.99
      await server.restart()
      dice = 0
      reader.client.online()
      const { order } = await placeOrder(server)
      await expectConverged(server, [reader], { cookie })
      expect(reader.orders.has(order.id)).toBe(true)
      expect(reader.resets, 'snapshots taken').toBe(resets)
      reader.close()
    })

    it('[TRN-1] [LOG-5] begins again with a snapshot when the log is another one', inTurn, async () => {
      const reader = open('kitchen:napoli')
      await live(reader)
      await expectConverged(server, [reader], { cookie })
      const before = reader.at()
      const database = openDatabase(server.databaseFile)
      database.newEpoch()
      database.close()
      await placeOrder(server)
      await eventually(() => expect(reader.at().epoch).not.toBe(before.epoch), 20_000)
      await live(reader)
      await expectConverged(server, [reader], { cookie })
      reader.close()
    })

    it('[TRN-1] stops for good when it may not read the stream', inTurn, async () => {
      const reader = openReader(server, 'kitchen:napoli', { ...ways('kitchen:napoli'), random: () => 0 })
      await eventually(() => expect(reader.status()).toEqual({ name: 'stopped', code: 4401 }))
      expect(reader.orders.size).toBe(0)
      const order = 'order:nobody-has-this'
      const other = openReader(server, order, { cookie, ...ways(order), random: () => 0 })
      await eventually(() => expect(other.status()).toEqual({ name: 'stopped', code: 4404 }))
    })

    it('[TRN-1] shows what the snapshot shows', inTurn, async () => {
      const reader = open('board:napoli')
      await live(reader)
      const { body } = await snapshot(server, 'board:napoli')
      await eventually(() =>
        expect([...reader.orders.keys()].sort()).toEqual(
          ordersOf(body)
            .map(({ id }) => id)
            .sort(),
        ),
      )
      reader.close()
    })

    if (!isCarrier) return

    it(
      '[CAR-6] whatever it loses, doubles and reorders: everybody ends with the log, no effect twice',
      inTurn,
      async () => {
        const { tracking } = await placeOrder(server)
        const streams = ['kitchen:napoli', 'counter:napoli', 'board:napoli', `order:${tracking}`]
        const random = randomFrom(seed)
        const line = { lose: 0, double: 0, delay: 0, random }
        const readers = streams.map((stream) =>
          openReader(server, stream, { cookie, random, ...ways(stream), foreignLine: line }),
        )
        await Promise.all(readers.map(live))
        Object.assign(line, { lose: 0.4, double: 0.4, delay: 400 })
        for (let round = 0; round < 10; round++) {
          const placed = await Promise.all([1, 2, 3].map(() => placeOrder(server)))
          await Promise.all(placed.map(({ order: { id } }) => move(server, cookie, { id, version: 1 }, 'making')))
        }
        await expectConverged(server, readers, { cookie, ms: 40_000 })
        expect(readers[0]!.events.length).toBeGreaterThanOrEqual(60)
        readers.forEach((reader) => reader.close())
      },
    )

    it(
      '[CAR-6] when it dies, pages are on their own line within seconds, and climb back',
      { ...inTurn, timeout: 150_000 },
      async () => {
        const readers = ['kitchen:napoli', 'board:napoli'].map(open)
        await Promise.all(readers.map(live))
        // The next try comes five seconds after the own line is there.
        dice = 0.99
        await carrier!.die()
        await eventually(() => expect(readers.every((reader) => reader.isLive('websocket'))).toBe(true), 15_000)
        await placeOrder(server)
        await expectConverged(server, readers, { cookie })
        await carrier!.rise()
        await Promise.all(readers.map((reader) => climbed(reader, carrier!)))
        dice = 0
        await placeOrder(server)
        await expectConverged(server, readers, { cookie })
        readers.forEach((reader) => reader.close())
      },
    )

    it('[CAR-6] [CLI-6] nobody claims to be live by a carrier that has outlived the server', inTurn, async () => {
      const reader = open('kitchen:napoli')
      await live(reader)
      await server.kill('SIGKILL')
      await eventually(() => expect(reader.claimsLive()).toBe(false), doubtAfterMs + 15_000)
      await server.restart()
      reader.client.online()
      await placeOrder(server)
      await expectConverged(server, [reader], { cookie, ms: 30_000 })
      reader.close()
    })
  })
}

/** The next try may be a minute away. */
const climbed = (reader: Reader, { kind }: CarrierUnderTest) =>
  eventually(() => expect(reader.isLive(kind)).toBe(true), 90_000)
