import { describe, expect, it } from 'vitest'
import { formatCursor } from '../../shared/live/cursor.ts'
import type { Down, WireEvent } from '../../shared/live/messages.ts'
import { move, placeOrder, request } from '../support/orders.ts'
import { openSse } from '../support/sse.ts'
import { openSocket } from '../support/socket.ts'
import { until } from '../support/until.ts'
import { openWire } from '../support/wire.ts'

const { server, staff, get, take, joined, rung } = await openWire()

describe('snapshots and the log', () => {
  it('[STR-2] a snapshot has a tag and answers 304 until something changes', async () => {
    for (const stream of ['kitchen:napoli', 'counter:napoli', 'board:napoli', 'menu:napoli']) {
      const etag = (await get(`/api/streams/${stream}`)).headers.get('etag')!
      const again = await get(`/api/streams/${stream}`, { 'if-none-match': etag })
      expect([stream, again.status, again.body]).toEqual([stream, 304, ''])
    }
    const etag = (await get('/api/streams/kitchen:napoli')).headers.get('etag')!
    await placeOrder(server)
    const changed = await get('/api/streams/kitchen:napoli', { 'if-none-match': etag })
    expect(changed.status).toBe(200)
    expect(changed.headers.get('etag')).not.toBe(etag)
  })

  it('[STR-2] time alone changes a tag where it changes the state: a pause that ends', async () => {
    await request(server, 'PATCH', '/api/pizzerias/napoli', {
      cookie: staff,
      body: { pausedUntil: new Date(Date.now() + 3000).toISOString() },
    })
    const paused = await get('/api/streams/menu:napoli')
    expect(paused.body.state.pizzeria.pausedUntil).not.toBe(null)
    const over = await until(async () => {
      const again = await get('/api/streams/menu:napoli', { 'if-none-match': paused.headers.get('etag')! })
      return again.status === 304 ? null : again
    })
    expect(over.body).toMatchObject({ position: paused.body.position, state: { pizzeria: { pausedUntil: null } } })
  })

  it('[STR-2] private answers are not cached', async () => {
    expect((await get('/api/streams/kitchen:napoli')).headers.get('cache-control')).toMatch(/private/)
    expect((await get('/api/streams/kitchen:napoli/events?after=x:0')).headers.get('cache-control')).toBe('no-store')
  })

  it('[STR-3] the events after a cursor lead from the snapshot to the present', async () => {
    const before = await take('counter:napoli')
    const { order } = await placeOrder(server)
    await move(server, staff, order, 'making')
    const { body } = await get(`/api/streams/counter:napoli/events?after=${formatCursor(before)}`)
    expect(body.events.map((event: WireEvent) => [event.position, event.type, event.version])).toEqual([
      [before.position + 1, 'order.placed', 1],
      [before.position + 2, 'order.moved', 2],
    ])
    expect(body.position).toBe(before.position + 2)
    expect((await get(`/api/streams/counter:napoli/events?after=${before.epoch}:${body.position}`)).body).toEqual({
      events: [],
      position: body.position,
      now: expect.stringMatching(/^\d{4}-.*Z$/),
      build: expect.any(String),
    })
  })

  it('[STR-3] an unusable cursor gets 410 with the reason, an invalid one 400', async () => {
    const { epoch, position } = await take('kitchen:napoli')
    const ask = async (after: string) => {
      const { status, body } = await get(`/api/streams/kitchen:napoli/events?after=${after}`)
      return [status, body.error.code, body.error.reason]
    }
    expect(await ask(`other:${position}`)).toEqual([410, 'stream.cursor', 'epoch'])
    expect(await ask(`${epoch}:${position + 1}`)).toEqual([410, 'stream.cursor', 'future'])
    for (const none of ['', 'x', '1', 'a:b', 'a:-1', 'a:1.5'])
      expect((await ask(none)).slice(0, 2)).toEqual([400, 'request.invalid'])
  })

  it('[STR-5] what an audience may not see is a position alone', async () => {
    const before = await take('board:napoli')
    await rung()
    const { body } = await get(`/api/streams/board:napoli/events?after=${formatCursor(before)}`)
    expect(body.events).toEqual([{ position: before.position + 1 }])
  })
})

describe('changes made elsewhere', () => {
  it('[ORD-6] an 86 disappears from every open menu at once, and comes back', async () => {
    const [socket, sse, kitchen] = [
      await joined({ stream: 'menu:napoli' }),
      await openSse(server, 'menu:napoli'),
      await joined({ stream: 'kitchen:napoli' }),
    ]
    await sse.next('joined')
    const set = (available: boolean, until?: string) =>
      request(server, 'PATCH', '/api/pizzerias/napoli/menu/items/diavola', {
        cookie: staff,
        body: { available, until },
      })
    const startedAt = performance.now()
    await set(false)
    const changed = { type: 'menu.changed', data: { items: [{ id: 'diavola', available: false }] } }
    expect(await socket.next('event')).toMatchObject(changed)
    expect(await sse.next('event')).toMatchObject(changed)
    expect(await kitchen.next('event', (event) => event.type === 'menu.changed')).toMatchObject({
      data: { out: ['diavola'] },
    })
    // By the doorbell: the next heartbeat, which tells of what was missed, may be ten seconds away.
    expect(performance.now() - startedAt).toBeLessThan(5000)
    await set(true)
    expect(await socket.next('event')).toMatchObject({ data: { items: [{ id: 'diavola', available: true }] } })
    // For a while only: it comes back by itself.
    await set(false, new Date(Date.now() + 2000).toISOString())
    await socket.next('event')
    expect(await socket.next('event', () => true, 20_000)).toMatchObject({
      data: { items: [{ id: 'diavola', available: true, until: null }] },
    })
    for (const one of [socket, sse, kitchen]) one.close()
  })

  it('[DSP-1] the counter is told what a screen has painted', async () => {
    const [counter, kitchen] = [await joined({ stream: 'counter:napoli' }), await openSocket(server, { cookie: staff })]
    kitchen.hello([{ stream: 'kitchen:napoli' }], 'device-of-the-test')
    await kitchen.next('joined')
    expect(await counter.next('event', (event) => event.type === 'kitchen.screen')).toMatchObject({
      data: { id: 'device-of-the-test', connected: true },
    })
    const { order } = await placeOrder(server)
    const { position } = await kitchen.next('event', (event) => event.order === order.id)
    kitchen.send({ kind: 'shown', stream: 'kitchen:napoli', position })
    const shown = await counter.next('event', (event) => event.type === 'kitchen.shown')
    expect((shown.data as { orders: { id: string }[] }).orders.map(({ id }) => id)).toContain(order.id)
    for (const one of [counter, kitchen]) one.close()
  })

  it('[SRV-8] a heartbeat within 10 s carries the heads', { timeout: 60_000 }, async () => {
    const socket = await joined({ stream: 'menu:napoli' }, { stream: 'kitchen:napoli' })
    const streams = ['menu:napoli', 'kitchen:napoli']
    const positions = () => Promise.all(streams.map(async (stream) => (await take(stream)).position))
    const before = await positions()
    const beat = await socket.next('heartbeat', () => true, 12_000)
    const after = await positions()
    expect(Object.keys(beat.heads)).toEqual(streams)
    // Orders that no screen shows keep writing events meanwhile.
    for (const [index, stream] of streams.entries()) {
      expect(beat.heads[stream]).toBeGreaterThanOrEqual(before[index]!)
      expect(beat.heads[stream]).toBeLessThanOrEqual(after[index]!)
    }
    socket.close()
  })
})

/** One way to follow a stream from a cursor: all ways must deliver the same. */
interface Follower {
  events: () => WireEvent[]
  close: () => void
}
const bare = ({ kind: _, stream: __, ...event }: Extract<Down, { kind: 'event' }>): WireEvent => event as WireEvent
const transports: Record<string, (stream: string, after: string) => Promise<Follower>> = {
  async websocket(stream, after) {
    const socket = await joined({ stream, after })
    return {
      events: () => socket.heard.flatMap((message) => (message.kind === 'event' ? [bare(message)] : [])),
      close: socket.close,
    }
  },
  async sse(stream, after) {
    const sse = await openSse(server, stream, { cookie: staff, after })
    return {
      events: () => sse.heard.flatMap((message) => (message.kind === 'event' ? [bare(message)] : [])),
      close: sse.close,
    }
  },
  async polling(stream, after) {
    const all: WireEvent[] = []
    let at = after
    let over = false
    void (async () => {
      while (!over) {
        const { body } = await get(`/api/streams/${stream}/events?after=${at}`)
        all.push(...(body.events as WireEvent[]))
        at = `${at.split(':')[0]}:${body.position}`
      }
    })()
    return {
      events: () => all,
      close: () => {
        over = true
      },
    }
  },
}

describe.each(Object.keys(transports))('following by %s', (name) => {
  it('[TRN-1] delivers what was missed and what happens, each once, in order, as every other way does', async () => {
    for (const stream of ['kitchen:napoli', 'counter:napoli', 'board:napoli', 'menu:napoli']) {
      const before = await take(stream)
      await placeOrder(server)
      const follower = await transports[name]!(stream, formatCursor(before))
      const { order } = await placeOrder(server)
      await move(server, staff, order, 'making')
      await request(server, 'PATCH', '/api/pizzerias/napoli', { cookie: staff, body: { busyMinutes: 0 } })
      await rung()
      const { body } = await get(`/api/streams/${stream}/events?after=${formatCursor(before)}`)
      await until(() => follower.events().length >= body.events.length)
      // Alarms about orders that no screen shows may have come since.
      expect(follower.events().slice(0, body.events.length)).toEqual(body.events)
      follower.close()
    }
  })
})

describe('server-sent events', () => {
  it('[TRN-2] begin at once, with the right headers, and each carry a cursor', async () => {
    const before = await take('kitchen:napoli')
    await rung()
    await rung()
    const sse = await openSse(server, 'kitchen:napoli', { cookie: staff, after: formatCursor(before) })
    expect(sse.status).toBe(200)
    expect(
      ['content-type', 'cache-control', 'x-accel-buffering', 'content-encoding'].map((name) => sse.headers.get(name)),
    ).toEqual(['text/event-stream; charset=utf-8', 'no-store, no-transform', 'no', null])
    await until(() => sse.ids().length >= 3)
    expect(sse.raw()).toMatch(/^retry: 2000\n: ok\n\n/)
    // Alarms about orders that no screen shows may follow.
    expect(sse.ids().slice(0, 3)).toEqual([0, 1, 2].map((more) => `${before.epoch}:${before.position + more}`))
    sse.close()
  })

  it('[TRN-2] prefer Last-Event-ID to the address', async () => {
    const before = await take('kitchen:napoli')
    await rung()
    await rung()
    const sse = await openSse(server, 'kitchen:napoli', {
      cookie: staff,
      after: formatCursor(before),
      lastEventId: `${before.epoch}:${before.position + 1}`,
    })
    expect((await sse.next('event')).position).toBe(before.position + 2)
    sse.close()
  })

  it('[TRN-2] [MSG-3] answer an unusable cursor with resync too', async () => {
    const sse = await openSse(server, 'kitchen:napoli', { cookie: staff, after: 'other:1' })
    expect(await sse.next('resync')).toMatchObject({ reason: 'epoch' })
    sse.close()
  })

  it('[TRN-2] of an order that has ended stop with 204', async () => {
    const { tracking } = await placeOrder(server)
    await request(server, 'POST', `/api/tracking/${tracking}/cancel`)
    const { epoch, position } = await take(`order:${tracking}`)
    const sse = await openSse(server, `order:${tracking}`, { lastEventId: `${epoch}:${position}` })
    expect(sse.status).toBe(204)
  })
})
