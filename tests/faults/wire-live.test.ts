import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { protocol, type Down, type LiveEvent, type Snapshot, type Up } from '../../shared/live/messages.ts'
import { move, placeOrder, request, signIn, snapshot } from '../support/orders.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { openSocket, type TestSocket } from '../support/socket.ts'
import { openSse } from '../support/sse.ts'
import { until } from '../support/until.ts'

let server: TestServer
let staff: string
beforeAll(async () => {
  server = await startServer({ env: { COMANDA_LOG: 'warn' } })
  staff = await signIn(server)
})
afterAll(() => server.stop())

const get = (path: string, headers: Record<string, string> = {}) => request(server, 'GET', path, { cookie: staff, headers })
const take = async (stream: string) => (await snapshot(server, stream, staff)).body as Snapshot
const cursorOf = ({ epoch, position }: { epoch: string, position: number }) => `${epoch}:${position}`
const joined = async (...streams: { stream: string, after?: string }[]): Promise<TestSocket> => {
  const socket = await openSocket(server, { cookie: staff })
  socket.hello(streams)
  for (const { stream } of streams) await socket.next('joined', message => message.stream === stream)
  return socket
}
const rung = () => request(server, 'POST', '/api/pizzerias/napoli/ring', { cookie: staff })

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

  it('[STR-2] time alone changes a tag where it changes the state: a pause that is over', async () => {
    await request(server, 'PATCH', '/api/pizzerias/napoli', { cookie: staff, body: { pausedUntil: new Date(Date.now() + 3000).toISOString() } })
    const paused = await get('/api/streams/menu:napoli')
    expect(paused.body.state.pizzeria.pausedUntil).not.toBe(null)
    const over = await until(async () => {
      const again = await get('/api/streams/menu:napoli', { 'if-none-match': paused.headers.get('etag')! })
      return again.status === 304 ? null : again
    })
    expect(over.body).toMatchObject({ position: paused.body.position, state: { pizzeria: { pausedUntil: null } } })
  })

  it('[STR-2] what is shared by nobody is kept by nobody', async () => {
    expect((await get('/api/streams/kitchen:napoli')).headers.get('cache-control')).toMatch(/private/)
    expect((await get('/api/streams/kitchen:napoli/events?after=x:0')).headers.get('cache-control')).toBe('no-store')
  })

  it('[STR-3] the events after a cursor lead from the snapshot to the present', async () => {
    const before = await take('counter:napoli')
    const { order } = await placeOrder(server)
    await move(server, staff, order, 'making')
    const { body } = await get(`/api/streams/counter:napoli/events?after=${cursorOf(before)}`)
    expect(body.events.map((event: LiveEvent) => [event.position, event.type, event.version])).toEqual([[before.position + 1, 'order.placed', 1], [before.position + 2, 'order.moved', 2]])
    expect(body.position).toBe(before.position + 2)
    expect((await get(`/api/streams/counter:napoli/events?after=${before.epoch}:${body.position}`)).body).toEqual({ events: [], position: body.position })
  })

  it('[STR-3] a cursor that cannot be used gets 410 with the reason, one that is none 400', async () => {
    const { epoch, position } = await take('kitchen:napoli')
    const ask = async (after: string) => {
      const { status, body } = await get(`/api/streams/kitchen:napoli/events?after=${after}`)
      return [status, body.error.code, body.error.reason]
    }
    expect(await ask(`other:${position}`)).toEqual([410, 'stream.cursor', 'epoch'])
    expect(await ask(`${epoch}:${position + 1}`)).toEqual([410, 'stream.cursor', 'future'])
    for (const none of ['', 'x', '1', 'a:b', 'a:-1', 'a:1.5']) expect((await ask(none)).slice(0, 2)).toEqual([400, 'request.invalid'])
  })

  it('[STR-5] what an audience may not see is its position alone', async () => {
    const before = await take('board:napoli')
    await rung()
    const { body } = await get(`/api/streams/board:napoli/events?after=${cursorOf(before)}`)
    expect(body.events).toEqual([{ position: before.position + 1 }])
  })
})

describe('hello', () => {
  it('[MSG-2] is answered: welcome, then joined where it asked for', async () => {
    const { epoch, position } = await take('kitchen:napoli')
    const socket = await openSocket(server, { cookie: staff })
    socket.hello([{ stream: 'kitchen:napoli', after: `${epoch}:${position}` }, { stream: 'menu:napoli' }])
    expect(await socket.next('welcome')).toMatchObject({ protocol, heartbeat: 10_000, build: expect.any(String) as unknown })
    expect(await socket.next('joined')).toMatchObject({ stream: 'kitchen:napoli', epoch, position, head: position })
    expect(await socket.next('joined')).toMatchObject({ stream: 'menu:napoli', epoch })
    expect(socket.ws.protocol).toBe('comanda.v1')
    expect(socket.ws.extensions).toBe('')
    socket.close()
  })

  it('[MSG-2] that does not come within 5 s: 4408', async () => {
    const startedAt = performance.now()
    const socket = await openSocket(server, { cookie: staff })
    expect((await socket.closed).code).toBe(4408)
    expect(performance.now() - startedAt).toBeGreaterThan(4900)
    expect(performance.now() - startedAt).toBeLessThan(7500)
  })

  it('[MSG-2] comes first and once', async () => {
    const early = await openSocket(server)
    early.send({ kind: 'ping', n: 1 })
    expect((await early.closed).code).toBe(4400)
    const twice = await joined({ stream: 'menu:napoli' })
    twice.hello([{ stream: 'board:napoli' }])
    expect((await twice.closed).code).toBe(4400)
  })

  it('[MSG-4] of another version is told to reload', async () => {
    const socket = await openSocket(server)
    socket.send({ kind: 'hello', protocol: protocol + 1, streams: [{ stream: 'menu:napoli' }] })
    expect((await socket.closed).code).toBe(4426)
  })
})

describe('a cursor on a socket', () => {
  it('[MSG-3] goes on behind it, with every event that was missed, once and in order', async () => {
    const before = await take('kitchen:napoli')
    for (let count = 0; count < 30; count++) await rung()
    const socket = await joined({ stream: 'kitchen:napoli', after: cursorOf(before) })
    const { position } = await take('kitchen:napoli')
    await socket.next('event', event => event.position === position)
    const positions = socket.heard.flatMap(message => message.kind === 'event' ? [message.position] : [])
    expect(positions).toEqual(Array.from({ length: position - before.position }, (_, index) => before.position + 1 + index))
    socket.close()
  })

  it('[MSG-3] that cannot be used gets resync with the reason, nothing else of the stream, and pull goes on', async () => {
    const { epoch, position } = await take('kitchen:napoli')
    for (const [after, reason] of [[`other:${position}`, 'epoch'], [`${epoch}:${position + 100}`, 'future']] as const) {
      const socket = await openSocket(server, { cookie: staff })
      socket.hello([{ stream: 'kitchen:napoli', after }])
      expect(await socket.next('resync')).toEqual({ kind: 'resync', stream: 'kitchen:napoli', reason })
      await rung()
      const now = await take('kitchen:napoli')
      socket.send({ kind: 'pull', stream: 'kitchen:napoli', after: cursorOf(now) })
      expect(await socket.next('joined')).toMatchObject({ position: now.position })
      await rung()
      expect((await socket.next('event')).position).toBe(now.position + 1)
      expect(socket.heard.filter(message => message.kind === 'event')).toHaveLength(1)
      socket.close()
    }
  })

  it('[MSG-3] of a customer counts in versions of the order', async () => {
    const { order, tracking } = await placeOrder(server)
    const stream = `order:${tracking}`
    const first = await take(stream)
    expect(first.position).toBe(1)
    const { body } = await move(server, staff, order, 'making')
    await placeOrder(server)
    await move(server, staff, body.order, 'ready')
    const socket = await openSocket(server)
    socket.hello([{ stream, after: cursorOf(first) }])
    const events = [await socket.next('event'), await socket.next('event')]
    expect(events.map(event => [event.position, (event.data as { state: string }).state])).toEqual([[2, 'making'], [3, 'ready']])
    socket.close()
  })
})

describe('what a socket may not', () => {
  it('[SRV-5] a frame over 32 KB: 1009', async () => {
    const socket = await joined({ stream: 'menu:napoli' })
    socket.ws.send('x'.repeat(32 * 1024 + 1))
    expect((await socket.closed).code).toBe(1009)
  })

  it('[SRV-5] more than 40 messages at once: 4529, and the others never notice', async () => {
    const [flood, calm] = [await joined({ stream: 'menu:napoli' }), await joined({ stream: 'menu:napoli' })]
    for (let n = 0; n < 60; n++) flood.send({ kind: 'ping', n })
    expect((await flood.closed).code).toBe(4529)
    calm.send({ kind: 'ping', n: 7 })
    expect(await calm.next('pong')).toMatchObject({ n: 7 })
    calm.close()
  })

  it.each<[what: string, data: string | Buffer]>([
    ['bytes', Buffer.from('{"kind":"ping","n":1}')],
    ['text that is no JSON', 'hello?'],
    ['JSON that is no message', '[1,2,3]'],
    ['a known kind of the wrong shape', '{"kind":"ping","n":"one"}'],
  ])('[MSG-1] %s: 4400', async (_, data) => {
    const socket = await joined({ stream: 'menu:napoli' })
    socket.ws.send(data)
    expect((await socket.closed).code).toBe(4400)
  })

  it('[MSG-1] unknown kinds and unknown fields are ignored', async () => {
    const socket = await joined({ stream: 'menu:napoli' })
    socket.send({ kind: 'dance', with: 'me' } as unknown as Up)
    socket.send({ kind: 'ping', n: 3, mood: 'fine' } as Up)
    expect(await socket.next('pong')).toMatchObject({ n: 3 })
    socket.close()
  })

  it('[SRV-2] answers come in the order of the questions', async () => {
    const socket = await joined({ stream: 'menu:napoli' })
    const { epoch } = await take('menu:napoli')
    for (let n = 0; n < 15; n++) {
      socket.send({ kind: 'ping', n })
      socket.send({ kind: 'pull', stream: 'menu:napoli', after: `${epoch}:0` })
    }
    await socket.next('pong', pong => pong.n === 14)
    await until(() => socket.heard.filter(message => message.kind === 'joined' || message.kind === 'resync').length >= 16)
    const told = socket.heard.slice(2).flatMap((message): (number | string)[] => message.kind === 'pong' ? [message.n] : message.kind === 'joined' || message.kind === 'resync' ? ['pulled'] : [])
    expect(told).toEqual(Array.from({ length: 15 }, (_, n) => [n, 'pulled']).flat())
    socket.close()
  })

  it('[DSP-1] only who watches the kitchen can prove to show it', async () => {
    const socket = await joined({ stream: 'board:napoli' })
    const { order } = await placeOrder(server)
    const { position } = await take('counter:napoli')
    socket.send({ kind: 'shown', stream: 'board:napoli', position })
    expect(await socket.next('error')).toMatchObject({ code: 'staff.forbidden', ref: 'board:napoli' })
    expect((await take('counter:napoli')).state).toMatchObject({ orders: expect.arrayContaining([expect.objectContaining({ id: order.id, shownAt: null })]) as unknown })
    socket.close()
  })
})

describe('what goes on elsewhere', () => {
  it('[ORD-6] what is 86ed is gone from every open menu at once, and comes back', async () => {
    const [socket, sse, kitchen] = [await joined({ stream: 'menu:napoli' }), await openSse(server, 'menu:napoli'), await joined({ stream: 'kitchen:napoli' })]
    await sse.next('joined')
    const set = (available: boolean, until?: string) => request(server, 'PATCH', '/api/pizzerias/napoli/menu/items/diavola', { cookie: staff, body: { available, until } })
    const startedAt = performance.now()
    await set(false)
    const changed = { type: 'menu.changed', data: { items: [{ id: 'diavola', available: false }] } }
    expect(await socket.next('event')).toMatchObject(changed)
    expect(await sse.next('event')).toMatchObject(changed)
    expect(await kitchen.next('event', event => event.type === 'menu.changed')).toMatchObject({ data: { out: ['diavola'] } })
    expect(performance.now() - startedAt).toBeLessThan(3000)
    await set(true)
    expect(await socket.next('event')).toMatchObject({ data: { items: [{ id: 'diavola', available: true }] } })
    // For a while only: it comes back by itself.
    await set(false, new Date(Date.now() + 500).toISOString())
    await socket.next('event')
    expect(await socket.next('event', () => true, 10_000)).toMatchObject({ data: { items: [{ id: 'diavola', available: true, until: null }] } })
    for (const one of [socket, sse, kitchen]) one.close()
  })

  it('[DSP-1] what a screen has painted is told to the counter', async () => {
    const [counter, kitchen] = [await joined({ stream: 'counter:napoli' }), await openSocket(server, { cookie: staff })]
    kitchen.hello([{ stream: 'kitchen:napoli' }], 'device-of-the-test')
    await kitchen.next('joined')
    expect(await counter.next('event', event => event.type === 'kitchen.screen')).toMatchObject({ data: { id: 'device-of-the-test', connected: true } })
    const { order } = await placeOrder(server)
    const { position } = await kitchen.next('event', event => event.order === order.id)
    kitchen.send({ kind: 'shown', stream: 'kitchen:napoli', position })
    const shown = await counter.next('event', event => event.type === 'kitchen.shown')
    expect((shown.data as { orders: { id: string }[] }).orders.map(({ id }) => id)).toContain(order.id)
    for (const one of [counter, kitchen]) one.close()
  })

  it('[SRV-8] a heartbeat within 10 s carries the heads', { timeout: 20_000 }, async () => {
    const socket = await joined({ stream: 'menu:napoli' }, { stream: 'kitchen:napoli' })
    const streams = ['menu:napoli', 'kitchen:napoli']
    const positions = () => Promise.all(streams.map(async stream => (await take(stream)).position))
    const before = await positions()
    const beat = await socket.next('heartbeat', () => true, 12_000)
    const after = await positions()
    expect(Object.keys(beat.heads)).toEqual(streams)
    // Orders that no screen shows go on writing meanwhile.
    for (const [index, stream] of streams.entries()) {
      expect(beat.heads[stream]).toBeGreaterThanOrEqual(before[index]!)
      expect(beat.heads[stream]).toBeLessThanOrEqual(after[index]!)
    }
    socket.close()
  })
})

/** One way to follow a stream from a cursor: all of them have to tell the same. */
interface Follower { events: () => LiveEvent[], close: () => void }
const bare = ({ kind: _, stream: __, ...event }: Extract<Down, { kind: 'event' }>): LiveEvent => event as LiveEvent
const transports: Record<string, (stream: string, after: string) => Promise<Follower>> = {
  async websocket(stream, after) {
    const socket = await joined({ stream, after })
    return { events: () => socket.heard.flatMap(message => message.kind === 'event' ? [bare(message)] : []), close: socket.close }
  },
  async sse(stream, after) {
    const sse = await openSse(server, stream, { cookie: staff, after })
    return { events: () => sse.heard.flatMap(message => message.kind === 'event' ? [bare(message)] : []), close: sse.close }
  },
  async polling(stream, after) {
    const all: LiveEvent[] = []
    let at = after
    let over = false
    void (async () => {
      while (!over) {
        const { body } = await get(`/api/streams/${stream}/events?after=${at}`)
        all.push(...body.events as LiveEvent[])
        at = `${at.split(':')[0]}:${body.position}`
      }
    })()
    return { events: () => all, close: () => { over = true } }
  },
}

describe.each(Object.keys(transports))('following by %s', (name) => {
  it('[TRN-1] tells what was missed and what happens, each once, in order, as every other way does', async () => {
    for (const stream of ['kitchen:napoli', 'counter:napoli', 'board:napoli', 'menu:napoli']) {
      const before = await take(stream)
      await placeOrder(server)
      const follower = await transports[name]!(stream, cursorOf(before))
      const { order } = await placeOrder(server)
      await move(server, staff, order, 'making')
      await request(server, 'PATCH', '/api/pizzerias/napoli', { cookie: staff, body: { busyMinutes: 0 } })
      await rung()
      const { body } = await get(`/api/streams/${stream}/events?after=${cursorOf(before)}`)
      await until(() => follower.events().length >= body.events.length)
      expect(follower.events()).toEqual(body.events)
      follower.close()
    }
  })
})

describe('server-sent events', () => {
  it('[TRN-2] begin at once, with the right headers, and carry a cursor each', async () => {
    const before = await take('kitchen:napoli')
    await rung()
    await rung()
    const sse = await openSse(server, 'kitchen:napoli', { cookie: staff, after: cursorOf(before) })
    expect(sse.status).toBe(200)
    expect(['content-type', 'cache-control', 'x-accel-buffering', 'content-encoding'].map(name => sse.headers.get(name))).toEqual(['text/event-stream; charset=utf-8', 'no-store, no-transform', 'no', null])
    await until(() => sse.ids().length >= 2)
    expect(sse.raw()).toMatch(/^retry: 2000\n: ok\n\n/)
    expect(sse.ids()).toEqual([1, 2].map(more => `${before.epoch}:${before.position + more}`))
    sse.close()
  })

  it('[TRN-2] Last-Event-ID wins over the address', async () => {
    const before = await take('kitchen:napoli')
    await rung()
    await rung()
    const sse = await openSse(server, 'kitchen:napoli', { cookie: staff, after: cursorOf(before), lastEventId: `${before.epoch}:${before.position + 1}` })
    expect((await sse.next('event')).position).toBe(before.position + 2)
    sse.close()
  })

  it('[TRN-2] [MSG-3] a cursor that cannot be used gets resync here too', async () => {
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
