import { describe, expect, it } from 'vitest'
import { formatCursor } from '../../shared/live/cursor.ts'
import { protocol, type Up } from '../../shared/live/messages.ts'
import { move, placeOrder } from '../support/orders.ts'
import { openSocket } from '../support/socket.ts'
import { until } from '../support/until.ts'
import { openWire } from '../support/wire.ts'

const { server, staff, take, joined, rung } = await openWire()

describe('hello', () => {
  it('[MSG-2] is answered: welcome, then joined where it asked for', async () => {
    const { epoch, position } = await take('kitchen:napoli')
    const socket = await openSocket(server, { cookie: staff })
    socket.hello([{ stream: 'kitchen:napoli', after: `${epoch}:${position}` }, { stream: 'menu:napoli' }])
    expect(await socket.next('welcome')).toMatchObject({
      protocol,
      heartbeat: 10_000,
      build: expect.any(String) as unknown,
    })
    expect(await socket.next('joined')).toMatchObject({ stream: 'kitchen:napoli', epoch, position, head: position })
    expect(await socket.next('joined')).toMatchObject({ stream: 'menu:napoli', epoch })
    expect(socket.ws.protocol).toBe('comanda.v1')
    expect(socket.ws.extensions).toBe('')
    socket.close()
  })

  it('[MSG-2] is due within 5 s: 4408', async () => {
    const startedAt = performance.now()
    const socket = await openSocket(server, { cookie: staff })
    expect((await socket.closed).code).toBe(4408)
    expect(performance.now() - startedAt).toBeGreaterThan(4900)
    expect(performance.now() - startedAt).toBeLessThan(9000)
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
  it('[MSG-3] continues after it, with every missed event, once and in order', async () => {
    const before = await take('kitchen:napoli')
    for (let count = 0; count < 30; count++) await rung()
    const socket = await joined({ stream: 'kitchen:napoli', after: formatCursor(before) })
    const { position } = await take('kitchen:napoli')
    await socket.next('event', (event) => event.position === position)
    const positions = socket.heard.flatMap((message) => (message.kind === 'event' ? [message.position] : []))
    expect(positions).toEqual(
      Array.from({ length: position - before.position }, (_, index) => before.position + 1 + index),
    )
    socket.close()
  })

  it('[MSG-3] that cannot be used gets resync with the reason, and goes on at the head; pull continues', async () => {
    const { epoch, position } = await take('kitchen:napoli')
    for (const [after, reason] of [
      [`other:${position}`, 'epoch'],
      [`${epoch}:${position + 100}`, 'future'],
    ] as const) {
      const socket = await openSocket(server, { cookie: staff })
      socket.hello([{ stream: 'kitchen:napoli', after }])
      expect(await socket.next('resync')).toEqual({
        kind: 'resync',
        stream: 'kitchen:napoli',
        reason,
        epoch: expect.any(String),
        position: expect.any(Number),
      })
      await rung()
      const now = await take('kitchen:napoli')
      socket.send({ kind: 'pull', stream: 'kitchen:napoli', after: formatCursor(now) })
      expect(await socket.next('joined')).toMatchObject({ position: now.position })
      await rung()
      expect((await socket.next('event')).position).toBe(now.position + 1)
      // The first rang between resync and pull, and came at once.
      expect(socket.heard.filter((message) => message.kind === 'event')).toHaveLength(2)
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
    socket.hello([{ stream, after: formatCursor(first) }])
    const events = [await socket.next('event'), await socket.next('event')]
    expect(events.map((event) => [event.position, (event.data as { state: string }).state])).toEqual([
      [2, 'making'],
      [3, 'ready'],
    ])
    socket.close()
  })
})

describe('limits of a socket', () => {
  it('[SRV-5] a frame over 32 KB: 1009', async () => {
    const socket = await joined({ stream: 'menu:napoli' })
    socket.ws.send('x'.repeat(32 * 1024 + 1))
    expect((await socket.closed).code).toBe(1009)
  })

  it('[SRV-5] more than 40 messages at once: 4529, and the others never notice', async () => {
    const [flood, calm] = [await joined({ stream: 'menu:napoli' }), await joined({ stream: 'menu:napoli' })]
    for (let n = 0; n < 200; n++) flood.send({ kind: 'ping', n })
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

  it('[SRV-2] answers come in the order of the messages', async () => {
    const socket = await joined({ stream: 'menu:napoli' })
    const { epoch } = await take('menu:napoli')
    for (let n = 0; n < 15; n++) {
      socket.send({ kind: 'ping', n })
      socket.send({ kind: 'pull', stream: 'menu:napoli', after: `${epoch}:0` })
    }
    await socket.next('pong', (pong) => pong.n === 14)
    await until(
      () => socket.heard.filter((message) => message.kind === 'joined' || message.kind === 'resync').length >= 16,
    )
    const told = socket.heard
      .slice(2)
      .flatMap((message): (number | string)[] =>
        message.kind === 'pong'
          ? [message.n]
          : message.kind === 'joined' || message.kind === 'resync'
            ? ['pulled']
            : [],
      )
    expect(told).toEqual(Array.from({ length: 15 }, (_, n) => [n, 'pulled']).flat())
    socket.close()
  })

  it('[DSP-1] only somebody who watches the kitchen can prove that it shows an order', async () => {
    const socket = await joined({ stream: 'board:napoli' })
    const { order } = await placeOrder(server)
    const { position } = await take('counter:napoli')
    socket.send({ kind: 'shown', stream: 'board:napoli', position })
    expect(await socket.next('error')).toMatchObject({ code: 'staff.forbidden', ref: 'board:napoli' })
    expect((await take('counter:napoli')).state).toMatchObject({
      orders: expect.arrayContaining([expect.objectContaining({ id: order.id, shownAt: null })]) as unknown,
    })
    socket.close()
  })
})
