import { connect } from 'node:net'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestSocket } from '../support/socket.ts'
import { openSocket } from '../support/socket.ts'
import { cookiesOf, move, orderBody, placeOrder, postOrder, request, signIn, snapshot } from '../support/orders.ts'
import { demoPin, startServer, type TestServer } from '../support/server.ts'
import { openSse } from '../support/sse.ts'
import { eventsWritten } from '../support/watching.ts'

let server: TestServer
let staff: string
beforeAll(async () => {
  server = await startServer({ env: { COMANDA_LOG: 'warn' } })
  staff = await signIn(server)
})
afterAll(() => server.stop())

const codeOf = (answer: { status: number, body: { error?: { code: string } } }) => `${answer.status} ${answer.body.error?.code ?? ''}`.trim()
const get = (path: string, cookie?: string) => request(server, 'GET', path, cookie ? { cookie } : {})
/** How a socket that says hello to one stream ends. */
const closeOf = async (stream: string, cookie?: string) => {
  const socket = await openSocket(server, { cookie })
  socket.hello([{ stream }])
  return (await socket.closed).code
}
const refusedUpgrade = (options: Parameters<typeof openSocket>[1]) => openSocket(server, options).then(() => 'open', (error: Error) => error.message.replace('Unexpected server response: ', ''))

describe('who may open what', () => {
  const ways = ['', '/events?after=x:0', '/sse']

  it.each(ways)('[STR-1] [STR-4] a stranger opens neither the kitchen nor the counter by HTTP: %s', async (way) => {
    for (const stream of ['kitchen:napoli', 'counter:napoli', 'kitchen:roma'])
      expect(codeOf(await get(`/api/streams/${stream}${way}`))).toBe('401 staff.sign_in')
  })

  it.each(ways)('[STR-1] [STR-4] staff of one pizzeria open no other\'s: %s', async (way) => {
    expect(codeOf(await get(`/api/streams/kitchen:roma${way}`, staff))).toBe('403 staff.forbidden')
  })

  it('[STR-1] [STR-4] nor by WebSocket', async () => {
    expect(await closeOf('kitchen:napoli')).toBe(4401)
    expect(await closeOf('counter:napoli')).toBe(4401)
    expect(await closeOf('counter:roma', staff)).toBe(4403)
    expect(await closeOf('menu:roma')).toBe(4404)
    expect(await closeOf('order:guessed-it-surely')).toBe(4404)
  })

  it('[STR-4] the pizzaiolo\'s role opens the kitchen, not the counter', async () => {
    const answer = await request(server, 'POST', '/api/staff/sign-in', { body: { pizzeria: 'napoli', pin: demoPin, role: 'kitchen' } })
    const kitchen = cookiesOf(answer)
    expect(answer.body.user).toMatchObject({ role: 'kitchen' })
    expect((await get('/api/streams/kitchen:napoli', kitchen)).status).toBe(200)
    expect(codeOf(await get('/api/streams/counter:napoli', kitchen))).toBe('403 staff.forbidden')
    expect(await closeOf('counter:napoli', kitchen)).toBe(4403)
    expect(codeOf(await request(server, 'PATCH', '/api/pizzerias/napoli', { cookie: kitchen, body: { busyMinutes: 10 } }))).toBe('403 staff.forbidden')
    const { order } = await placeOrder(server)
    const moved = await move(server, kitchen, order, 'making')
    expect(moved.status).toBe(200)
    expect(JSON.stringify(moved.body)).not.toMatch(/phone|"total"|tracking|33612345678/)
  })

  it('[STR-4] a customer reads their own order by its key, and no other by anything they have', async () => {
    const [mine, other] = [await placeOrder(server), await placeOrder(server, { customer: { name: 'Grace Hopper', phone: '+33699999999' } })]
    expect((await get(`/api/streams/order:${mine.tracking}`)).body.state.order).toMatchObject({ id: mine.order.id, name: 'Ada Lovelace' })
    // The id is on tickets and boards; it must open nothing.
    for (const guess of [other.order.id, String(other.order.number), mine.order.id])
      expect(codeOf(await get(`/api/streams/order:${guess}`))).toBe('404 stream.unknown')
    expect(JSON.stringify((await get(`/api/streams/order:${mine.tracking}`)).body)).not.toMatch(/Grace|Hopper|33699999999|phone/)
    expect(codeOf(await move(server, '', mine.order, 'cancelled') as never)).toBe('401 staff.sign_in')
  })

  it('[STR-4] commands of the staff are refused to strangers', async () => {
    for (const [method, path, body] of [
      ['PATCH', '/api/pizzerias/napoli', { busyMinutes: 10 }], ['PATCH', '/api/pizzerias/napoli/menu/items/margherita', { available: false }],
      ['PATCH', '/api/pizzerias/napoli/menu/toppings/basil', { available: false }], ['POST', '/api/pizzerias/napoli/ring', undefined],
      ['GET', '/api/pizzerias/napoli/screens', undefined], ['POST', '/api/pizzerias/napoli/screens', { code: 'ABCDEF', name: 'x' }], ['DELETE', '/api/pizzerias/napoli/screens/device-12345', undefined],
    ] as const) expect([path, codeOf(await request(server, method, path, body ? { body } : {}))]).toEqual([path, '401 staff.sign_in'])
  })
})

describe('origins', () => {
  const foreign = () => ['https://evil.io', 'null', `${server.url}.evil.io`, `http://127.0.0.1:${server.port}@evil.io`, server.url.replace('http:', 'https:').replace(String(server.port), '1'), `${server.url}/`]

  it('[SRV-1] a socket of a foreign page is refused, whatever cookie it carries', async () => {
    for (const origin of foreign()) expect([origin, await refusedUpgrade({ origin, cookie: staff })]).toEqual([origin, '403'])
  })

  it('[SRV-1] without an origin a socket needs a bearer token of ours; a cookie is not enough', async () => {
    expect(await refusedUpgrade({ origin: null, cookie: staff })).toBe('403')
    expect(await refusedUpgrade({ origin: null })).toBe('403')
    expect(await refusedUpgrade({ origin: null, cookie: staff, headers: { authorization: 'Basic eDp5' } })).toBe('403')
    expect(await refusedUpgrade({ origin: null, headers: { authorization: 'Bearer made.up' } })).toBe('401')
    const { token } = (await request(server, 'POST', '/api/staff/sign-in', { body: { pizzeria: 'napoli', pin: demoPin, token: true } })).body
    const socket = await openSocket(server, { origin: null, headers: { authorization: `Bearer ${token}` } })
    socket.hello([{ stream: 'counter:napoli' }])
    await socket.next('joined')
    socket.close()
  })

  it('[SRV-1] every path but one refuses upgrades, and that one wants our protocol', async () => {
    for (const path of ['/', '/_ws/', '/_wsx', '/api/streams/menu:napoli', '/napoli/kitchen', '/_nuxt/']) expect([path, await refusedUpgrade({ path })]).toEqual([path, '404'])
    expect(await refusedUpgrade({ protocols: [] })).toBe('400')
    expect(await refusedUpgrade({ protocols: ['chat'] })).toBe('400')
  })

  it('[SRV-1] a command of a foreign page is refused before it is looked at', async () => {
    const before = eventsWritten(server.databaseFile)
    for (const origin of foreign()) {
      expect(codeOf(await request(server, 'PATCH', '/api/pizzerias/napoli', { cookie: staff, body: { busyMinutes: 99 }, headers: { origin } }))).toBe('403 request.forbidden_origin')
      expect(codeOf(await request(server, 'POST', '/api/pizzerias/napoli/orders', { body: orderBody({ total: 950 }), headers: { origin, 'idempotency-key': randomUUID() } }))).toBe('403 request.forbidden_origin')
    }
    expect(eventsWritten(server.databaseFile)).toBe(before)
  })
})

describe('a sign-in', () => {
  it('[SRV-7] ends with the sign-out: a copied cookie is worth nothing, live connections are closed within 5 s', async () => {
    const cookie = await signIn(server)
    const socket = await openSocket(server, { cookie })
    socket.hello([{ stream: 'counter:napoli' }])
    await socket.next('joined')
    const sse = await openSse(server, 'kitchen:napoli', { cookie })
    await sse.next('joined')
    const startedAt = performance.now()
    expect((await request(server, 'POST', '/api/staff/sign-out', { cookie })).status).toBe(204)
    expect((await socket.closed).code).toBe(4401)
    expect(await sse.next('bye')).toMatchObject({ code: 4401 })
    await sse.ended
    expect(performance.now() - startedAt).toBeLessThan(5000)
    expect(codeOf(await get('/api/streams/counter:napoli', cookie))).toBe('401 staff.sign_in')
    expect(codeOf(await request(server, 'PATCH', '/api/pizzerias/napoli', { cookie, body: { busyMinutes: 0 } }))).toBe('401 staff.sign_in')
    expect((await get('/api/streams/counter:napoli', staff)).status).toBe(200)
  })

  it('[SRV-7] is not made by a cookie of somebody\'s own', async () => {
    for (const cookie of ['comanda=made-up', staff.replace(/.{6}$/, 'AAAAAA'), `${staff.split('=')[0]}=`]) expect(codeOf(await get('/api/streams/kitchen:napoli', cookie))).toBe('401 staff.sign_in')
  })
})

describe('screens', () => {
  const device = 'screen-of-the-test'
  const pair = async () => {
    const { code, token } = (await request(server, 'POST', '/api/screens/pairings', { body: { device } })).body as { code: string, token: string }
    expect((await get(`/api/screens/pairings/${token}`)).status).toBe(202)
    const entered = await request(server, 'POST', '/api/pizzerias/napoli/screens', { cookie: staff, body: { code, name: 'Oven' } })
    expect([entered.status, entered.body]).toMatchObject([201, { screen: { id: device, name: 'Oven' } }])
    const claimed = await get(`/api/screens/pairings/${token}`)
    expect([claimed.status, claimed.body.pizzeria]).toEqual([200, 'napoli'])
    expect((await get(`/api/screens/pairings/${token}`)).status).toBe(404)
    expect(codeOf(await request(server, 'POST', '/api/pizzerias/napoli/screens', { cookie: staff, body: { code, name: 'Again' } }))).toBe('404 screen.code_unknown')
    return cookiesOf(claimed)
  }
  const screens = async () => (await get('/api/pizzerias/napoli/screens', staff)).body.map(({ id }: { id: string }) => id) as string[]

  it('[SRV-7] is paired by its code once, lives on the kitchen\'s stream, and is cut when it is removed', async () => {
    const cookie = await pair()
    const live = async (): Promise<TestSocket> => {
      const socket = await openSocket(server, { cookie })
      socket.hello([{ stream: 'kitchen:napoli' }], device)
      await socket.next('joined')
      return socket
    }
    const socket = await live()
    const { order } = await placeOrder(server)
    await socket.next('event', event => event.order === order.id)
    expect((await get('/api/screens/me', cookie)).body).toMatchObject({ id: device, name: 'Oven' })
    expect(codeOf(await get('/api/streams/counter:napoli', cookie))).toBe('403 staff.forbidden')
    expect((await move(server, cookie, order, 'ready')).status).toBe(200)

    expect((await request(server, 'DELETE', `/api/pizzerias/napoli/screens/${device}`, { cookie: staff })).status).toBe(204)
    // What it still says while it is cut does not bring it back.
    if (socket.ws.readyState === socket.ws.OPEN) socket.send({ kind: 'report', audio: 'armed' })
    expect((await socket.closed).code).toBe(4401)
    expect(codeOf(await get('/api/streams/kitchen:napoli', cookie))).toBe('401 staff.sign_in')
    expect(await screens()).not.toContain(device)
    expect(codeOf(await request(server, 'DELETE', `/api/pizzerias/napoli/screens/${device}`, { cookie: staff }))).toBe('404 screen.unknown')
  })

  it('[SRV-7] a second pairing of the same device ends the first', async () => {
    const [first, second] = [await pair(), await pair()]
    expect([(await get('/api/screens/me', first)).status, (await get('/api/screens/me', second)).status]).toEqual([401, 200])
  })
})

describe('what never leaves', () => {
  it('[STR-4] no phone, surname, price or key in a byte for the kitchen or the board: snapshot, log, SSE, WebSocket', async () => {
    const [phone, surname] = ['+33687654321', 'Quetzalcoatl']
    const at = (await snapshot(server, 'counter:napoli', staff)).body as { epoch: string, position: number }
    const open = async (stream: string, cookie?: string) => {
      const raw: string[] = []
      const [socket, sse] = [await openSocket(server, { cookie }), await openSse(server, stream, { cookie, after: `${at.epoch}:${at.position}` })]
      socket.ws.on('message', data => raw.push(String(data)))
      socket.hello([{ stream, after: `${at.epoch}:${at.position}` }])
      return { stream, socket, sse, raw }
    }
    const all = [await open('kitchen:napoli', staff), await open('board:napoli')]
    const { order, tracking } = await placeOrder(server, { customer: { name: `Ada ${surname}`, phone } })
    await request(server, 'POST', `/api/orders/${order.id}/pay`, { cookie: staff, body: { paid: true, ifVersion: 1 } })
    await move(server, staff, { ...order, version: 2 }, 'ready')
    for (const { stream, socket, sse, raw } of all) {
      const cookie = stream.startsWith('kitchen') ? staff : undefined
      const last = ({ order: id, version }: { order?: string, version?: number }) => id === order.id && version === 3
      await socket.next('event', last)
      await sse.next('event', last)
      const said = [raw.join('\n'), sse.raw(), JSON.stringify((await snapshot(server, stream, cookie)).body), JSON.stringify((await get(`/api/streams/${stream}/events?after=${at.epoch}:${at.position}`, cookie)).body)]
      for (const text of said) {
        expect(text).toContain(order.id)
        expect([phone, phone.slice(1), surname, tracking, '"total"', '"unitPrice"', '"phone"', '"tracking"'].filter(secret => text.includes(secret))).toEqual([])
      }
      socket.close()
      sse.close()
    }
  })
})

describe('running', () => {
  it('[SRV-6] tells whether it lives and whether it is ready', async () => {
    expect((await get('/healthz')).body).toEqual({ ok: true })
    expect((await get('/readyz')).body).toMatchObject({ ready: true, reason: null })
  })

  it('[SRV-3] counts what an operator looks at, and names nobody', async () => {
    await postOrder(server, orderBody({ total: 950 }))
    const { body, headers } = await request<string>(server, 'GET', '/metrics')
    expect(headers.get('content-type')).toMatch(/^text\/plain/)
    const figures = [
      'orders_total', 'events_total', 'connections', 'commit_to_send_seconds', 'commit_to_shown_seconds', 'resumes_total', 'resyncs_total',
      'holes_total', 'duplicate_doorbells_total', 'pulls_total', 'buffered_bytes', 'slow_closes_total', 'refused_upgrades_total',
    ]
    for (const name of [...figures.map(name => `# TYPE comanda_${name}`), '# TYPE process_cpu_seconds_total']) expect(body).toContain(`\n${name}`)
    expect(body).not.toMatch(/Ada|33612345678/)
  })

  it('[STR-4] what an operator looks at is nothing for the world behind a proxy', async () => {
    for (const headers of [{ 'x-forwarded-for': '1.2.3.4' }, { forwarded: 'for=1.2.3.4' }] as Record<string, string>[])
      expect((await fetch(`${server.url}/metrics`, { headers })).status).toBe(403)
  })

  it('[ORD-13] a request that is not HTTP ends without harm', async () => {
    const socket = connect(server.port, '127.0.0.1')
    socket.on('error', () => {})
    await new Promise<void>((resolve) => {
      socket.on('close', () => resolve()).end('GET /\0 NONSENSE\r\n\r\n')
      socket.resume()
    })
    expect((await get('/healthz')).status).toBe(200)
  })
})

/** Last, because this address is slowed down afterwards. */
describe('guessing PINs', () => {
  it('[SRV-7] sixty at once are ten guesses; then the address waits, also with the right one', async () => {
    const guess = (pin: string) => request(server, 'POST', '/api/staff/sign-in', { body: { pizzeria: 'napoli', pin } })
    const answers = await Promise.all(Array.from({ length: 60 }, (_, index) => guess(String(3000 + index))))
    expect(answers.filter(answer => answer.status === 401)).toHaveLength(10)
    const slowed = answers.filter(answer => answer.status === 429)
    expect(slowed).toHaveLength(50)
    expect(slowed[0]!.body.error).toMatchObject({ code: 'staff.slow_down', retryable: true, retryAfter: expect.any(Number) as unknown })
    expect(Number(slowed[0]!.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(codeOf(await guess(demoPin))).toBe('429 staff.slow_down')
    // Nobody becomes another by saying so.
    const pretending = await fetch(`${server.url}/api/staff/sign-in`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-forwarded-for': '1.2.3.4' }, body: JSON.stringify({ pizzeria: 'napoli', pin: demoPin }) })
    expect(pretending.status).toBe(429)
  })
})

describe('behind a proxy', () => {
  it('[SRV-5] people are told apart by what it says of them, whatever they say themselves', async () => {
    const proxied = await startServer({ env: { COMANDA_LOG: 'warn', COMANDA_PROXIES: '1', COMANDA_SOCKETS_PER_ADDRESS: '1' } })
    const open = async (forwarded: string) => {
      const socket = await openSocket(proxied, { headers: { 'x-forwarded-for': forwarded } })
      socket.hello([{ stream: 'menu:napoli' }])
      return await Promise.race([socket.next('joined').then(() => 'joined'), socket.closed.then(({ code }) => code)])
    }
    expect(await open('1.2.3.4')).toBe('joined')
    expect(await open('9.9.9.9, 1.2.3.4')).toBe(4503)
    expect(await open('1.2.3.5')).toBe('joined')
    await proxied.stop()
  })
})
