import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Transport } from '../../shared/live/client/types.ts'
import { openReader, ordersOf, type Reader } from '../support/live-reader.ts'
import { move, placeOrder, signIn, snapshot } from '../support/orders.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { eventually, expectConverged, openDatabase } from '../support/watching.ts'

/**
 * What an adapter of the feed must do for its stream, whatever the transport. `events`: it delivers each event, not
 * only the state.
 */
export interface TransportContract {
  transport: Transport
  events: boolean
}

const inTurn = { concurrent: false }

/** The suite that every transport passes on a real server. A new adapter is one more line at the end of this file. */
export function transportContract({ transport, events }: TransportContract) {
  // The transports run at the same time, each with its own server; the tests of one run one after the other.
  describe(transport, { concurrent: true }, () => {
    let server: TestServer
    let cookie: string
    /** 0: a failed try is repeated at once, so that the worse transports are soon reached. */
    let dice = 0
    const open = (stream: string) => openReader(server, stream, { cookie, only: [transport], random: () => dice })
    const live = (reader: Reader) => eventually(() => expect(reader.isLive(transport)).toBe(true))
    beforeAll(async () => {
      server = await startServer()
      cookie = await signIn(server)
    })
    afterAll(() => server.stop())

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
      readers.forEach((reader) => reader.events.splice(0))
      for (let count = 0; count < 12; count++) {
        const { order } = await placeOrder(server)
        await Promise.all([move(server, cookie, { id: order.id, version: 1 }, 'making'), placeOrder(server)])
      }
      await expectConverged(server, readers, { cookie })
      expect(readers[1]!.events.length).toBeGreaterThanOrEqual(36)
      if (events) expect(readers[0]!.events).toEqual(readers[1]!.events)
      else expect(readers[0]!.events).toEqual([])
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
      // Where the server took so long to start that the client went down to polling, a snapshot is the rule (CLI-5).
      const polled = reader.statuses.some((status) => 'transport' in status && status.transport === 'polling')
      if (events && !polled) expect(reader.resets, 'snapshots taken').toBe(resets)
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
      await eventually(() => expect(reader.at().epoch).not.toBe(before.epoch))
      await live(reader)
      await expectConverged(server, [reader], { cookie })
      reader.close()
    })

    it('[TRN-1] stops for good when it may not read the stream', inTurn, async () => {
      const reader = openReader(server, 'kitchen:napoli', { only: [transport], random: () => 0 })
      await eventually(() => expect(reader.status()).toEqual({ name: 'stopped', code: 4401 }))
      expect(reader.orders.size).toBe(0)
      const other = openReader(server, 'order:nobody-has-this', { cookie, only: [transport], random: () => 0 })
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
  })
}

transportContract({ transport: 'websocket', events: true })
transportContract({ transport: 'sse', events: true })
transportContract({ transport: 'polling', events: false })
