import { createHmac } from 'node:crypto'
import Echo from 'laravel-echo'
import PusherServer from 'pusher'
import PusherJs from 'pusher-js'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { liveEvent, type Snapshot } from '../../shared/live/messages.ts'
import { codeOf, move, placeOrder, request, signIn, snapshot } from '../support/orders.ts'
import { heard, keepPositions, pusherApp, pusherEnv, rawPusher, refusal, stockClient } from '../support/pusher.ts'
import { subscribed, type StockOptions } from '../support/pusher.ts'
import { startReceiver, type Receiver } from '../support/receiver.ts'
import { demoPin, startServer, type TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import { eventually } from '../support/watching.ts'

let server: TestServer
let staff: string
let receiver: Receiver
beforeAll(async () => {
  receiver = await startReceiver()
  const hooks = { COMANDA_PUSHER_WEBHOOKS: `${receiver.url}/pusher`, COMANDA_WEBHOOKS_INSIDE: receiver.url }
  server = await startServer({ env: { COMANDA_LOG: 'warn', ...pusherEnv, ...hooks } })
  staff = await signIn(server)
})
afterAll(async () => {
  await server.stop()
  receiver.stop()
})

const clients: PusherJs[] = []
afterEach(() => clients.splice(0).forEach((client) => client.disconnect()))
const client = (options?: StockOptions) => {
  const made = stockClient(server, options)
  clients.push(made)
  return made
}

/** A program's sign-in, by token. */
async function program(role = 'manager') {
  const body = { pizzeria: 'napoli', pin: demoPin, role, token: true }
  const { token } = (await request(server, 'POST', '/api/staff/sign-in', { body })).body as { token: string }
  return token
}
const library = (over: object = {}) =>
  new PusherServer({
    appId: pusherApp.id,
    key: pusherApp.key,
    secret: pusherApp.secret,
    host: '127.0.0.1',
    port: String(server.port),
    useTLS: false,
    ...over,
  })
const orderChannel = (tracking: string) =>
  `private-order.${createHmac('sha256', pusherApp.secret).update(tracking).digest('hex')}`

describe('pusher-js, as it comes', () => {
  it('[PSH-1] [PSH-3] reads the menu and the board, with the positions and the data of our own wire', async () => {
    const pusher = client()
    const board = pusher.subscribe('board.napoli')
    const menu = pusher.subscribe('menu.napoli')
    const [where] = await Promise.all([subscribed<{ epoch: string; position: number }>(board), subscribed(menu)])
    const now = (await snapshot(server, 'board:napoli')).body as Snapshot
    expect(where).toMatchObject({ epoch: now.epoch, position: now.position })

    const event = heard<{ order: string }>(board, 'event', ({ order }) => order !== undefined)
    const { order } = await placeOrder(server)
    const seen = await event
    expect(liveEvent.parse(seen)).toEqual(seen)
    expect(seen.order).toBe(order.id)
    const after = `${now.epoch}:${now.position}`
    const page = (await request(server, 'GET', `/api/streams/board:napoli/events?after=${after}`)).body as {
      events: { order?: string }[]
    }
    expect(page.events.find((one) => one.order === order.id)).toMatchObject(seen)

    const change = heard<{ type: string }>(menu, 'event')
    await request(server, 'PATCH', '/api/pizzerias/napoli', { cookie: staff, body: { busyMinutes: 5 } })
    expect((await change).type).toBe('menu.changed')
  })

  it('[PSH-3] hears the head of each channel every ten seconds', async () => {
    const board = client().subscribe('board.napoli')
    const beat = await heard<{ now: string; head: number; epoch: string }>(board, 'heartbeat', undefined, 30_000)
    const { position, epoch } = (await snapshot(server, 'board:napoli')).body as Snapshot
    expect(beat).toEqual({ now: expect.any(String) as unknown, head: position, epoch })
  })

  it('[PSH-4] opens the kitchen and the counter by the grants of a sign-in, and nothing without', async () => {
    const kitchen = client({ token: await program('kitchen') })
    await subscribed(kitchen.subscribe('private-kitchen.napoli'))
    // A kitchen sees no phone.
    const ticket = heard<object>(kitchen.channel('private-kitchen.napoli'), 'event')
    await placeOrder(server)
    expect(JSON.stringify(await ticket)).not.toContain('33612345678')
    expect(await refusal(kitchen.subscribe('private-kitchen.elsewhere'))).toMatchObject({ status: 403 })
    const stranger = client()
    for (const name of ['private-counter.napoli', 'private-kitchen.napoli', 'presence-kitchen.napoli'])
      expect(await refusal(stranger.subscribe(name))).toMatchObject({ type: 'AuthError', status: 401 })
    // A name without its prefix is for everybody, and so shows nothing that is not.
    for (const name of ['counter.napoli', 'kitchen.napoli', 'board.nowhere'])
      expect(await refusal(stranger.subscribe(name))).toMatchObject({ type: 'AuthError' })
  })

  it('[PSH-4] opens a customer’s order with its tracking id; the name of the channel alone opens nothing', async () => {
    const { order, tracking } = await placeOrder(server)
    const name = orderChannel(tracking)
    expect((await request(server, 'GET', `/api/streams/order:${tracking}/channel`)).body).toEqual({ channel: name })
    const customer = client({ params: () => ({ tracking }) })
    const channel = customer.subscribe(name)
    await subscribed(channel)
    const moved = heard<{ data: { state: string } }>(channel, 'event')
    expect((await move(server, staff, order, 'ready')).status).toBe(200)
    expect((await moved).data.state).toBe('ready')
    for (const params of [{} as Record<string, string>, { tracking: order.id }, { tracking: 'x'.repeat(21) }])
      expect(await refusal(client({ params: () => params }).subscribe(name))).toMatchObject({ status: 404 })
    expect(await refusal(client().subscribe(`private-order.${tracking}`))).toMatchObject({ status: 404 })
  })

  it('[PSH-5] goes on from a cursor in its signed channel data: nothing is missed, nothing comes twice', async () => {
    const cursors = { after: '' }
    const first = client({ params: () => cursors })
    const channel = first.subscribe('private-board.napoli')
    const kept = keepPositions(channel)
    await subscribed(channel)
    await placeOrder(server)
    await until(() => kept.positions.length > 0)
    cursors.after = kept.cursor()
    first.disconnect()
    for (let count = 0; count < 5; count++) await placeOrder(server)
    const [last] = kept.positions.slice(-1)
    first.connect()
    const { position } = (await snapshot(server, 'board:napoli')).body as Snapshot
    await until(() => kept.positions.at(-1)! >= position)
    const from = kept.positions.indexOf(last!)
    expect(kept.positions.slice(from)).toEqual(
      Array.from({ length: kept.positions.length - from }, (_, at) => last! + at),
    )
  })

  it('[PSH-5] is told to take a snapshot when its cursor is of no use, and goes on from there', async () => {
    const channel = client({ params: () => ({ after: 'another:3' }) }).subscribe('private-menu.napoli')
    const resync = await heard<{ reason: string; epoch: string; position: number }>(channel, 'resync')
    const { position, epoch } = (await snapshot(server, 'menu:napoli')).body as Snapshot
    expect(resync).toEqual({ reason: 'epoch', epoch, position })
    const next = heard<{ position: number }>(channel, 'event')
    await request(server, 'PATCH', '/api/pizzerias/napoli', { cookie: staff, body: { busyMinutes: 0 } })
    expect((await next).position).toBe(position + 1)
  })

  it('[PSH-4] [SRV-7] ends within 5 s of a sign-out', async () => {
    const token = await program('counter')
    const pusher = client({ token })
    await subscribed(pusher.subscribe('private-counter.napoli'))
    const gone = heard<{ current: string }>(pusher.connection, 'state_change', ({ current }) => current !== 'connected')
    const startedAt = performance.now()
    const answer = await fetch(`${server.url}/api/staff/sign-out`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    })
    expect(answer.status).toBe(204)
    expect((await gone).current).toBe('disconnected')
    expect(performance.now() - startedAt).toBeLessThan(5000)
  })
})

describe('laravel-echo, as it comes', () => {
  it('[PSH-3] [PSH-4] [PSH-6] listens on public, private and presence channels', async () => {
    const pusher = client({ token: await program('counter') })
    const echo = new Echo({ broadcaster: 'pusher', client: pusher, key: pusherApp.key })
    const got: string[] = []
    const here = new Promise<{ name: string; role: string }[]>((resolve) => {
      echo.join('counter.napoli').here(resolve)
    })
    echo.channel('board.napoli').listen('.event', () => got.push('board'))
    echo.private('kitchen.napoli').listen('.event', () => got.push('kitchen'))
    // Bound at once: each of them may be open before the others.
    const ready = [pusher.channel('board.napoli'), pusher.channel('private-kitchen.napoli')].map(subscribed)
    expect(await here).toMatchObject([{ role: 'counter' }])
    await Promise.all(ready)
    await placeOrder(server)
    await until(() => new Set(got).size === 2)
  })
})

describe('presence', () => {
  it('[PSH-6] names each member once, however many windows they have, and says who comes and goes', async () => {
    const [cook, again, manager] = [
      client({ token: await program('kitchen') }),
      client({ token: await program('kitchen') }),
      client({ token: await program('manager') }),
    ]
    const name = 'presence-kitchen.napoli'
    const first = await subscribed<{ count: number; members: object }>(cook.subscribe(name))
    expect(first.count).toBe(1)
    const added = heard<{ info: { role: string } }>(cook.channel(name), 'pusher:member_added')
    await subscribed(again.subscribe(name))
    const both = await subscribed<{ count: number }>(manager.subscribe(name))
    expect(both.count).toBe(2)
    expect((await added).info.role).toBe('manager')
    const { users } = (await (await library().get({ path: `/channels/${name}/users` })).json()) as {
      users: { id: string }[]
    }
    expect(users).toHaveLength(2)
    const removed = heard(cook.channel(name), 'pusher:member_removed')
    again.disconnect()
    manager.disconnect()
    await removed
  })
})

describe('the server library, as it comes', () => {
  it('[PSH-8] sends to channels of its own, alone and in a batch, but not to the socket it came from', async () => {
    const pusher = client()
    const other = client()
    const news = pusher.subscribe('news')
    const theirs = other.subscribe('news')
    await Promise.all([subscribed(news), subscribed(theirs)])
    const [mine, yours] = [heard(news, 'opened'), heard(theirs, 'opened')]
    await library().trigger('news', 'opened', { at: 'noon' })
    expect([await mine, await yours]).toEqual([{ at: 'noon' }, { at: 'noon' }])
    const heardByMe: unknown[] = []
    news.bind('second', (data: unknown) => heardByMe.push(data))
    const last = heard(news, 'third')
    await library().trigger('news', 'second', {}, { socket_id: pusher.connection.socket_id })
    await library().triggerBatch([{ channel: 'news', name: 'third', data: [3] }])
    expect(await last).toEqual([3])
    expect(heardByMe).toEqual([])
  })

  it('[PSH-8] signs a private channel of its own, and asks what is open', async () => {
    const custom = new PusherJs(pusherApp.key, {
      cluster: '',
      wsHost: '127.0.0.1',
      wsPort: server.port,
      forceTLS: false,
      enabledTransports: ['ws'],
      channelAuthorization: {
        transport: 'ajax',
        endpoint: '',
        customHandler: ({ socketId, channelName }, answer) =>
          answer(null, library().authorizeChannel(socketId, channelName)),
      },
    })
    clients.push(custom)
    await subscribed(custom.subscribe('private-chat'))
    await subscribed(custom.subscribe('private-counter.napoli'))
    const ask = async (path: string, params = {}) => (await library().get({ path, params })).json() as Promise<unknown>
    expect(await ask('/channels', { filter_by_prefix: 'private-chat', info: 'subscription_count' })).toEqual({
      channels: { 'private-chat': { subscription_count: 1 } },
    })
    expect(await ask('/channels/private-chat')).toEqual({ occupied: true })
    expect(await ask('/channels/nobody')).toEqual({ occupied: false })
  })

  it('[PSH-10] reads the webhooks that say who came and went', async () => {
    const cook = client({ token: await program('kitchen') })
    const [kitchen, rare] = ['presence-kitchen.napoli', 'private-board.napoli']
    await Promise.all([kitchen, rare].map((name) => subscribed(cook.subscribe(name))))
    cook.disconnect()
    const told = () =>
      receiver.received.flatMap(({ headers, text }) => {
        const hook = library().webhook({ headers, rawBody: text })
        expect(hook.isValid()).toBe(true)
        return hook.getEvents() as { name: string; channel: string; user_id?: string }[]
      })
    const of = (channel: string) => told().filter((event) => event.channel === channel)
    // Those of earlier clients end with a vacated channel too: only all of them together are those of this one.
    await eventually(() => {
      const names = (channel: string, last: number) =>
        of(channel)
          .slice(-last)
          .map(({ name }) => name)
      expect(names(rare, 2)).toEqual(['channel_occupied', 'channel_vacated'])
      expect(names(kitchen, 4)).toEqual(['channel_occupied', 'member_added', 'member_removed', 'channel_vacated'])
    })
    const [, added, removed] = of(kitchen).slice(-4)
    expect(added!.user_id).toBe(removed!.user_id)
  })

  it('[PSH-9] never speaks in a channel of Comanda’s', async () => {
    for (const name of ['menu.napoli', 'private-kitchen.napoli', 'presence-counter.x', 'private-order.abc', 'order.']) {
      await expect(library().trigger(name, 'event', { position: 9 })).rejects.toMatchObject({ status: 403 })
      // All of them or none.
      await expect(
        library().triggerBatch([
          { channel: 'news', name: 'a', data: '' },
          { channel: name, name: 'event', data: '' },
        ]),
      ).rejects.toMatchObject({ status: 403 })
    }
  })

  it('[PSH-8] is refused with a wrong secret, a wrong application, an old clock and more than 10 KB', async () => {
    const sent = (over: object, data: unknown = {}) => library(over).trigger('news', 'a', data)
    await expect(sent({ secret: 'another-secret' })).rejects.toMatchObject({ status: 401 })
    await expect(sent({ key: 'another' })).rejects.toMatchObject({ status: 401 })
    await expect(sent({ appId: 'another' })).rejects.toMatchObject({ status: 404 })
    await expect(sent({}, 'x'.repeat(10 * 1024 + 1))).rejects.toMatchObject({ status: 413 })
    const hour = 3600_000
    const late = await startServer({ env: { COMANDA_LOG: 'warn', ...pusherEnv }, at: Date.now() + hour })
    await expect(library({ port: late.port }).trigger('news', 'a', {})).rejects.toMatchObject({ status: 401 })
    await late.stop()
    expect(codeOf(await request(server, 'POST', `/apps/${pusherApp.id}/events`, { body: {} }))).toBe(
      '401 pusher.signature',
    )
  })
})

describe('a bare socket of the protocol', () => {
  it('[PSH-7] answers pings, and refuses client events, forged signatures and nonsense without ending', async () => {
    const socket = await rawPusher(server)
    expect(await socket.next('pusher:connection_established')).toMatchObject({
      data: { socket_id: expect.stringMatching(/^\d+\.\d+$/) as unknown, activity_timeout: 30 },
    })
    socket.send({ event: 'pusher:ping', data: {} })
    await socket.next('pusher:pong')
    socket.send({ event: 'client-typing', channel: 'news', data: {} })
    expect(await socket.next('pusher:error')).toMatchObject({ data: { code: 4301 } })
    for (const auth of ['', 'k3y:00', `${pusherApp.key}:${'0'.repeat(64)}`]) {
      socket.send({ event: 'pusher:subscribe', data: { channel: 'private-kitchen.napoli', auth } })
      expect(await socket.next('pusher:subscription_error')).toMatchObject({ data: { status: 401 } })
      expect(await socket.next('pusher:error')).toMatchObject({ data: { code: 4009 } })
    }
    for (const nonsense of ['', '{', '[]', '{"event":7}', '{"event":"pusher:subscribe"}', '{"__proto__":{}}']) {
      socket.send(nonsense)
      expect(await socket.next('pusher:error')).toMatchObject({ data: { code: 4300 } })
    }
    socket.send({ event: 'pusher:ping' })
    await socket.next('pusher:pong')
    socket.ws.close()
  })

  it('[PSH-1] is told 4001 for an unknown key, and 4007 for another version', async () => {
    for (const [path, code] of [
      ['/app/another?protocol=7', 4001],
      [`/app/${pusherApp.key}?protocol=4`, 4007],
    ] as const) {
      const socket = await rawPusher(server, path)
      expect(await socket.next('pusher:error')).toMatchObject({ data: { code } })
      expect(await socket.closed).toBe(code)
    }
  })

  it('[PSH-2] [SRV-1] a page of another origin gets 403; no other path below takes an upgrade', async () => {
    const from = (headers: object, path?: string) => rawPusher(server, path, headers)
    await expect(from({ origin: 'https://evil.example' })).rejects.toThrow('403')
    await expect(from({ origin: 'null' })).rejects.toThrow('403')
    await expect(from({ 'sec-fetch-site': 'cross-site' })).rejects.toThrow('403')
    for (const path of ['/app', '/app/', `/app/${pusherApp.key}/more`, '/apps/shop/events', '/pusher/auth'])
      await expect(from({}, path)).rejects.toThrow('404')
    const ours = await from({ origin: server.url })
    await ours.next('pusher:connection_established')
    ours.ws.close()
  })

  it('[PSH-2] [SRV-5] frames over 32 KB and floods end the one who sends them, and nobody else', async () => {
    const quiet = await rawPusher(server)
    const big = await rawPusher(server)
    big.send('x'.repeat(33 * 1024))
    expect(await big.closed).toBe(1009)
    const flood = await rawPusher(server)
    for (let count = 0; count < 300; count++) flood.send({ event: 'pusher:ping' })
    expect(await flood.closed).toBe(4100)
    quiet.send({ event: 'pusher:ping' })
    await quiet.next('pusher:pong')
    quiet.ws.close()
  })
})

describe('without COMANDA_PUSHER', () => {
  it('[PSH-1] there is nothing at any of these addresses', async () => {
    const plain = await startServer({ env: { COMANDA_LOG: 'warn' } })
    try {
      await expect(rawPusher(plain)).rejects.toThrow('404')
      for (const path of ['/apps/shop/channels', '/api/streams/menu:napoli/channel'])
        expect(codeOf(await request(plain, 'GET', path))).toBe('404 request.not_found')
      expect(codeOf(await request(plain, 'POST', '/pusher/auth', { body: {} }))).toBe('404 request.not_found')
    } finally {
      await plain.stop()
    }
  })
})
