import { describe, it } from 'vitest'
import type { Duty } from '../../shared/order/duty.ts'
import type { WireEvent } from '../../shared/live/messages.ts'
import { openReader, type Reader } from '../support/live-reader.ts'
import { line, placeOrder, request, signIn, snapshot } from '../support/orders.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { openSocket } from '../support/socket.ts'
import { eventually, expectConverged, long, openDatabase } from '../support/watching.ts'

const levels = (events: WireEvent[], order: { id: string }) =>
  events
    .filter(({ type, data }) => type === 'kitchen.unseen' && (data as { order: { id: string } }).order.id === order.id)
    .map(({ data }) => (data as { level: number }).level)
const ofType = (counter: Reader, type: string) =>
  counter.events.filter((event) => event.type === type).map(({ data }: WireEvent) => data)

/** Makes an order wait since `ms` ago, in the database: the server looks there, not into its memory. */
function age(server: TestServer, order: { id: string }, ms: number) {
  const database = openDatabase(server.databaseFile)
  database.run('update orders set queued_at = ? where id = ?', Date.now() - ms, order.id)
  database.close()
}

async function withCounter(run: (server: TestServer, counter: Reader, cookie: string) => Promise<void>) {
  const server = await startServer()
  const cookie = await signIn(server)
  const counter = openReader(server, 'counter:napoli', { cookie })
  await expectConverged(server, [counter], { cookie })
  try {
    await run(server, counter, cookie)
  } finally {
    counter.close()
    await server.stop()
  }
}

describe.concurrent('proof of display', { timeout: 180_000 }, () => {
  it('[DSP-2] [DSP-1] an order that no screen shows is sent again after 20 s; once shown, it escalates no further', ({
    expect,
  }) =>
    withCounter(async (server, counter, cookie) => {
      const { order } = await placeOrder(server)
      const from = performance.now()
      await eventually(() => expect(levels(counter.events, order)).toEqual([1]), 30_000)
      expect(performance.now() - from).toBeGreaterThan(18_000)
      if (long) {
        await eventually(() => expect(levels(counter.events, order)).toEqual([1, 2, 3]), 80_000)
        expect(performance.now() - from).toBeGreaterThan(88_000)
      }
      expect((await snapshot(server, 'counter:napoli', cookie)).body.state.unseen[order.id]).toMatchObject({
        level: long ? 3 : 1,
      })

      const screen = openReader(server, 'kitchen:napoli', { cookie, device: 'late-screen' })
      await expectConverged(server, [screen], { cookie })
      // It has the order, and has not painted it yet.
      expect(ofType(counter, 'kitchen.shown')).toEqual([])
      screen.client.shown(screen.client.position())
      await eventually(() =>
        expect(ofType(counter, 'kitchen.shown')).toEqual([
          { orders: [{ id: order.id, shownAt: expect.stringMatching(/Z$/) }] },
        ]),
      )
      const { state } = (await snapshot(server, 'counter:napoli', cookie)).body
      expect(state.unseen).toEqual({})
      expect(state.orders[0].shownAt).toBe(
        (ofType(counter, 'kitchen.shown')[0] as { orders: { shownAt: string }[] }).orders[0]!.shownAt,
      )
      screen.close()
    }))

  it('[DSP-4] covers what a screen names and shows: an order of two stations is shown when both have painted it', ({
    expect,
  }) =>
    withCounter(async (server, counter, cookie) => {
      const station = async (device: string, station: 'pizza' | 'sides') => {
        const socket = await openSocket(server, { cookie })
        const duty: Duty = { station, share: 'all', categories: [] }
        socket.hello([{ stream: 'kitchen:napoli' }], device)
        await socket.next('joined')
        socket.send({ kind: 'report', duty })
        await eventually(() =>
          expect(ofType(counter, 'kitchen.screen')).toContainEqual(
            expect.objectContaining({ id: device, report: expect.objectContaining({ duty }) }),
          ),
        )
        const shown = (orders: { id: string }[]) =>
          socket.send({
            kind: 'shown',
            stream: 'kitchen:napoli',
            position: counter.client.position(),
            orders: orders.map(({ id }) => id),
            duty,
          })
        return { shown, end: () => socket.ws.terminate() }
      }
      const proven = () =>
        ofType(counter, 'kitchen.shown').flatMap((data) =>
          (data as { orders: { id: string }[] }).orders.map(({ id }) => id),
        )
      const oven = await station('screen-at-the-oven', 'pizza')
      const bar = await station('screen-at-the-bar', 'sides')
      const { order: both } = await placeOrder(server, { lines: [line(), line({ item: 'tiramisu', size: undefined })] })
      const { order: pizza } = await placeOrder(server)
      const { order: dessert } = await placeOrder(server, { lines: [line({ item: 'tiramisu', size: undefined })] })

      // The oven paints all that it shows; naming the dessert, which it does not show, proves nothing.
      oven.shown([both, pizza, dessert])
      await eventually(() => expect(proven()).toEqual([pizza.id]))
      // What was painted is stored with the order, for a restart and for whoever connects next.
      await server.restart()
      await eventually(() => expect(counter.isLive('websocket')).toBe(true), 30_000)
      const again = await station('screen-at-the-bar', 'sides')
      again.shown([both])
      await eventually(() => expect(proven()).toEqual([pizza.id, both.id]))
      again.shown([dessert])
      await eventually(() => expect(proven()).toEqual([pizza.id, both.id, dessert.id]))
      for (const screen of [oven, bar, again]) screen.end()
    }))

  it('[DSP-2] alarms the counter after 45 s and the manager after 90 s: each level once, over restarts too', ({
    expect,
  }) =>
    withCounter(async (server, counter, cookie) => {
      // Read from the counter's log, which has every level: after so many restarts a reader may be polling, which
      // delivers only the state.
      const logged = async (of: { id: string }) => {
        const answer = await request(
          server,
          'GET',
          `/api/streams/counter:napoli/events?after=${counter.at().epoch}:0`,
          { cookie },
        )
        return levels(answer.body.events, of)
      }
      const { order } = await placeOrder(server)
      for (const [waited, expected] of [
        [20_000, [1]],
        [45_000, [1, 2]],
        [90_000, [1, 2, 3]],
      ] as const) {
        age(server, order, waited)
        await eventually(async () => expect(await logged(order)).toEqual(expected))
        await server.restart()
      }

      // Another order's level, which comes after a whole round of the clock, proves that nothing came twice.
      const { order: other } = await placeOrder(server)
      age(server, other, 20_000)
      await eventually(async () => expect(await logged(other)).toEqual([1]))
      expect(await logged(order)).toEqual([1, 2, 3])
      expect((await snapshot(server, 'counter:napoli', cookie)).body.state.unseen[order.id]).toMatchObject({ level: 3 })
      // An order that is being made was seen, whatever the screens report.
      const moved = await request(server, 'POST', `/api/orders/${order.id}/moves`, {
        cookie,
        body: { to: 'making', ifVersion: 1 },
      })
      expect(moved.status).toBe(200)
      expect((await snapshot(server, 'counter:napoli', cookie)).body.state.unseen[order.id]).toBeUndefined()
    }))

  it('[DSP-3] a kitchen screen that stops without a word is gone at the counter within 25 s, with its last report', ({
    expect,
  }) =>
    withCounter(async (server, counter, cookie) => {
      const socket = await openSocket(server, { cookie })
      socket.hello([{ stream: 'kitchen:napoli' }], 'silent-screen')
      await socket.next('joined')
      socket.send({ kind: 'report', audio: 'armed', wakeLock: true, page: '2/3' })
      await eventually(() =>
        expect(ofType(counter, 'kitchen.screen').at(-1)).toMatchObject({
          id: 'silent-screen',
          connected: true,
          report: { audio: 'armed', page: '2/3' },
        }),
      )
      // The connection is open, but nothing comes from it any more, not even answers to pings.
      const from = performance.now()
      socket.ws.pause()
      await eventually(
        () => expect(ofType(counter, 'kitchen.screen').at(-1)).toMatchObject({ id: 'silent-screen', connected: false }),
        27_000,
      )
      expect(performance.now() - from).toBeLessThan(25_000)
      expect(ofType(counter, 'kitchen.screen').at(-1)).toMatchObject({
        report: { audio: 'armed', wakeLock: true, page: '2/3' },
      })
      socket.ws.terminate()
    }))

  it('[DSP-1] [TRN-1] a screen without a socket proves display and reports by POST', ({ expect }) =>
    withCounter(async (server, counter, cookie) => {
      const { order } = await placeOrder(server)
      const screen = openReader(server, 'kitchen:napoli', {
        cookie,
        device: 'posting-screen',
        only: ['sse'],
        random: () => 0.01,
      })
      await eventually(() => expect(screen.isLive('sse')).toBe(true))
      await expectConverged(server, [screen], { cookie })
      screen.client.report({
        audio: 'mute',
        wakeLock: false,
        visible: true,
        fullscreen: true,
        page: '1/1',
        build: '',
        transport: 'sse',
      })
      screen.client.shown(screen.client.position())
      await eventually(() => {
        expect(ofType(counter, 'kitchen.shown')).toMatchObject([{ orders: [{ id: order.id }] }])
        expect(ofType(counter, 'kitchen.screen').at(-1)).toMatchObject({
          id: 'posting-screen',
          connected: true,
          report: { audio: 'mute', fullscreen: true, transport: 'sse' },
        })
      })
      const post = (name: string, body: object, cookie?: string) =>
        request(server, 'POST', `/api/streams/kitchen:napoli/${name}`, {
          body: { device: 'posting-screen', ...body },
          ...(cookie && { cookie }),
        })
      expect((await post('shown', { position: 1 }, cookie)).status).toBe(204)
      expect((await post('shown', { position: 1 })).status).toBe(401)
      expect((await post('report', {})).status).toBe(401)
      expect((await post('shown', { position: -1 }, cookie)).status).toBe(400)
      screen.close()
    }))
})
