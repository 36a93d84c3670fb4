import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { facts, layPast } from '../fixtures/past.ts'
import { move, placeOrder, request, signIn, snapshot } from '../support/orders.ts'
import { openReader } from '../support/live-reader.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { openSocket } from '../support/socket.ts'
import { openSse } from '../support/sse.ts'
import { expectConverged } from '../support/watching.ts'

const past = layPast()
let server: TestServer
beforeAll(async () => {
  server = await startServer({
    databaseFile: past.databaseFile,
    at: facts.endsAt + 60_000,
    env: { COMANDA_LOG: 'warn', COMANDA_DEMO: '', COMANDA_DEMO_PIN: '' },
  })
})
afterAll(async () => {
  await server.stop()
  past.remove()
})

const { sessions, orders, cursors } = facts

describe(`this build on a database of build ${facts.commit}`, () => {
  it('[OPS-1] keeps everybody signed in, keeps those out who had signed out, and accepts the same PINs', async () => {
    const counter = (cookie: string) => request(server, 'GET', '/api/streams/counter:napoli', { cookie })
    expect((await counter(sessions.manager)).status).toBe(200)
    expect((await counter(sessions.gone)).status).toBe(401)
    const bearer = { authorization: `Bearer ${sessions.bearer}` }
    expect((await request(server, 'GET', '/api/streams/counter:napoli', { headers: bearer })).status).toBe(200)
    expect((await counter(await signIn(server, facts.pin))).status).toBe(200)
  })

  it('[OPS-1] keeps the paired screen, with its settings', async () => {
    const me = await request(server, 'GET', '/api/screens/me', { cookie: sessions.screen })
    expect(me.status).toBe(200)
    const listed = await request(server, 'GET', '/api/pizzerias/napoli/screens', { cookie: sessions.manager })
    expect(listed.body).toMatchObject([
      {
        id: facts.device,
        name: 'Oven wall',
        paired: true,
        settings: { language: 'it', distance: 2.5, diagonal: 43, volume: 0.4, pedal: 'KeyB' },
      },
    ])
    expect((await snapshot(server, 'kitchen:napoli', sessions.screen)).status).toBe(200)
  })

  it.each(cursors)('[OPS-1] lets a reader of $stream continue from its cursor, over every transport', async (at) => {
    const { stream, cursor, head } = at
    const cookie = sessions.manager
    const from = Number(cursor.split(':')[1])
    const missed = Array.from({ length: head - from }, (_, index) => from + index + 1)
    expect(missed.length).toBeGreaterThan(0)

    const page = await request(server, 'GET', `/api/streams/${stream}/events?after=${cursor}`, { cookie })
    expect(page.status).toBe(200)
    expect(page.body.events.map(({ position }: { position: number }) => position).slice(0, missed.length)).toEqual(
      missed,
    )
    const socket = await openSocket(server, { cookie })
    socket.hello([{ stream, after: cursor }])
    await socket.next('joined')
    for (const position of missed) await socket.next('event', (message) => message.position === position)
    expect(socket.heard.some(({ kind }) => kind === 'resync')).toBe(false)
    socket.close()
    const sse = await openSse(server, stream, { cookie, after: cursor })
    await sse.next('event', ({ position }) => position === head)
    expect(sse.heard.some(({ kind }) => kind === 'resync')).toBe(false)
    sse.close()
  })

  it('[OPS-1] lets everybody who may read the whole log', async () => {
    const epoch = cursors[0]!.cursor.split(':')[0]
    for (const stream of ['kitchen:napoli', 'counter:napoli', 'board:napoli', 'menu:napoli'])
      for (let position = 0; ;) {
        const { status, body } = await request(
          server,
          'GET',
          `/api/streams/${stream}/events?after=${epoch}:${position}`,
          {
            cookie: sessions.manager,
          },
        )
        expect(status).toBe(200)
        if (body.events.length === 0) break
        for (const event of body.events as { position: number }[]) {
          position += 1
          expect(event.position).toBe(position)
        }
      }
  })

  it('[OPS-1] shows on each screen what it showed before', async () => {
    const at = async (stream: string) => (await snapshot(server, stream, sessions.manager)).body.state
    const ids = (found: { id: string }[]) => found.map(({ id }) => id)
    const { pizzeria, orders: counter, unseen } = await at('counter:napoli')
    expect(pizzeria).toMatchObject({ busyMinutes: 10 })
    for (const name of ['scheduled', 'pending', 'queued', 'making', 'baking', 'ready', 'recalled'] as const)
      expect(counter.find(({ id }: { id: string }) => id === orders[name].id)).toMatchObject({
        number: orders[name].number,
        tracking: orders[name].tracking,
      })
    expect(unseen[orders.queued.id]).toMatchObject({ level: 3 })
    const kitchen = (await at('kitchen:napoli')).tickets
    for (const name of ['queued', 'making', 'baking', 'recalled'] as const)
      expect(ids(kitchen)).toContain(orders[name].id)
    expect(kitchen.find(({ id }: { id: string }) => id === orders.test.id)).toMatchObject({ test: true })
    expect(ids((await at('board:napoli')).entries)).toContain(orders.ready.id)
    for (const [state, { tracking, number }] of Object.entries(orders))
      expect((await at(`order:${tracking}`)).order).toMatchObject({
        number,
        ...(state !== 'recalled' && state !== 'test' && { state }),
      })
    const { items } = await at('menu:napoli')
    expect(items.find(({ id }: { id: string }) => id === 'focaccia')).toMatchObject({ available: false })
  })

  it('[OPS-1] continues with orders: the next number follows, and open orders can be moved', async () => {
    const { order } = await placeOrder(server)
    expect(order.number).toBe(facts.lastNumber + 1)
    const { body } = await snapshot(server, 'counter:napoli', sessions.manager)
    const queued = body.state.orders.find(({ id }: { id: string }) => id === orders.queued.id)
    expect((await move(server, sessions.manager, queued, 'ready')).status).toBe(200)
    const pending = body.state.orders.find(({ id }: { id: string }) => id === orders.pending.id)
    expect((await move(server, sessions.manager, pending, 'queued')).status).toBe(200)
  })

  it('[OPS-1] delivers the following events to live readers', async () => {
    const readers = ['kitchen:napoli', 'counter:napoli', 'board:napoli'].map((stream) =>
      openReader(server, stream, { cookie: sessions.manager }),
    )
    await placeOrder(server)
    await expectConverged(server, readers, { cookie: sessions.manager })
    readers.forEach((reader) => reader.close())
  })
})
