import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { codeOf, cookiesOf, move, orderBody, placeOrder, request, snapshot } from '../support/orders.ts'
import { demoPin } from '../support/server.ts'
import { openSse } from '../support/sse.ts'
import { openSocket } from '../support/socket.ts'
import { eventsWritten } from '../support/watching.ts'
import { openWire } from '../support/wire.ts'

const { server, staff, getAs: get } = await openWire()
/** How a socket ends that sends hello for one stream. */
const closeOf = async (stream: string, cookie?: string) => {
  const socket = await openSocket(server, { cookie })
  socket.hello([{ stream }])
  return (await socket.closed).code
}
const refusedUpgrade = (options: Parameters<typeof openSocket>[1]) =>
  openSocket(server, options).then(
    () => 'open',
    (error: Error) => error.message.replace('Unexpected server response: ', ''),
  )

describe('who may open what', () => {
  const ways = ['', '/events?after=x:0', '/sse']

  it.each(ways)('[STR-1] [STR-4] a stranger opens neither the kitchen nor the counter by HTTP: %s', async (way) => {
    for (const stream of ['kitchen:napoli', 'counter:napoli', 'kitchen:roma'])
      expect(codeOf(await get(`/api/streams/${stream}${way}`))).toBe('401 staff.sign_in')
  })

  it.each(ways)("[STR-1] [STR-4] staff of one pizzeria open no other pizzeria's: %s", async (way) => {
    expect(codeOf(await get(`/api/streams/kitchen:roma${way}`, staff))).toBe('403 staff.forbidden')
  })

  it('[STR-1] [STR-4] the same holds for WebSocket', async () => {
    expect(await closeOf('kitchen:napoli')).toBe(4401)
    expect(await closeOf('counter:napoli')).toBe(4401)
    expect(await closeOf('counter:roma', staff)).toBe(4403)
    expect(await closeOf('menu:roma')).toBe(4404)
    expect(await closeOf('order:guessed-it-surely')).toBe(4404)
  })

  it("[STR-4] the pizzaiolo's role opens the kitchen, not the counter", async () => {
    const answer = await request(server, 'POST', '/api/staff/sign-in', {
      body: { pizzeria: 'napoli', pin: demoPin, role: 'kitchen' },
    })
    const kitchen = cookiesOf(answer)
    expect(answer.body.user).toMatchObject({ role: 'kitchen' })
    expect((await get('/api/streams/kitchen:napoli', kitchen)).status).toBe(200)
    expect(codeOf(await get('/api/streams/counter:napoli', kitchen))).toBe('403 staff.forbidden')
    expect(await closeOf('counter:napoli', kitchen)).toBe(4403)
    expect(
      codeOf(await request(server, 'PATCH', '/api/pizzerias/napoli', { cookie: kitchen, body: { busyMinutes: 10 } })),
    ).toBe('403 staff.forbidden')
    const { order } = await placeOrder(server)
    const moved = await move(server, kitchen, order, 'making')
    expect(moved.status).toBe(200)
    expect(JSON.stringify(moved.body)).not.toMatch(/phone|"total"|tracking|33612345678/)
  })

  it('[STR-4] a customer reads their own order by its key, and no other order by anything they have', async () => {
    const [mine, other] = [
      await placeOrder(server),
      await placeOrder(server, { customer: { name: 'Grace Hopper', phone: '+33699999999' } }),
    ]
    expect((await get(`/api/streams/order:${mine.tracking}`)).body.state.order).toMatchObject({
      id: mine.order.id,
      name: 'Ada Lovelace',
    })
    // The id is on tickets and boards; it must open nothing.
    for (const guess of [other.order.id, String(other.order.number), mine.order.id])
      expect(codeOf(await get(`/api/streams/order:${guess}`))).toBe('404 stream.unknown')
    const { pizzeria, ...own } = (await get(`/api/streams/order:${mine.tracking}`)).body.state
    expect(JSON.stringify(own)).not.toMatch(/"phone":"/)
    expect(JSON.stringify({ pizzeria, ...own })).not.toMatch(/Grace|Hopper|33699999999/)
    expect(codeOf((await move(server, '', mine.order, 'cancelled')) as never)).toBe('401 staff.sign_in')
  })

  it('[STR-4] staff commands are refused to strangers', async () => {
    for (const [method, path, body] of [
      ['PATCH', '/api/pizzerias/napoli', { busyMinutes: 10 }],
      ['PATCH', '/api/pizzerias/napoli/menu/items/margherita', { available: false }],
      ['PATCH', '/api/pizzerias/napoli/menu/toppings/basil', { available: false }],
      ['POST', '/api/pizzerias/napoli/ring', undefined],
      ['GET', '/api/pizzerias/napoli/screens', undefined],
      ['POST', '/api/pizzerias/napoli/screens', { code: 'ABCDEF', name: 'x' }],
      ['DELETE', '/api/pizzerias/napoli/screens/device-12345', undefined],
    ] as const)
      expect([path, codeOf(await request(server, method, path, body ? { body } : {}))]).toEqual([
        path,
        '401 staff.sign_in',
      ])
  })
})

describe('origins', () => {
  const foreign = () => [
    'https://evil.io',
    'null',
    `${server.url}.evil.io`,
    `http://127.0.0.1:${server.port}@evil.io`,
    server.url.replace('http:', 'https:').replace(String(server.port), '1'),
    `${server.url}/`,
  ]

  it("[SRV-1] a socket from another site's page is refused, whatever cookie it carries", async () => {
    for (const origin of foreign())
      expect([origin, await refusedUpgrade({ origin, cookie: staff })]).toEqual([origin, '403'])
  })

  it('[SRV-1] without an origin a socket needs a bearer token of ours; a cookie is not enough', async () => {
    expect(await refusedUpgrade({ origin: null, cookie: staff })).toBe('403')
    expect(await refusedUpgrade({ origin: null })).toBe('403')
    expect(await refusedUpgrade({ origin: null, cookie: staff, headers: { authorization: 'Basic eDp5' } })).toBe('403')
    expect(await refusedUpgrade({ origin: null, headers: { authorization: 'Bearer made.up' } })).toBe('401')
    const { token } = (
      await request(server, 'POST', '/api/staff/sign-in', { body: { pizzeria: 'napoli', pin: demoPin, token: true } })
    ).body
    const socket = await openSocket(server, { origin: null, headers: { authorization: `Bearer ${token}` } })
    socket.hello([{ stream: 'counter:napoli' }])
    await socket.next('joined')
    socket.close()
  })

  it('[SRV-1] every path but one refuses upgrades, and that one requires our protocol', async () => {
    for (const path of ['/', '/_ws/', '/_wsx', '/api/streams/menu:napoli', '/napoli/kitchen', '/_nuxt/'])
      expect([path, await refusedUpgrade({ path })]).toEqual([path, '404'])
    expect(await refusedUpgrade({ protocols: [] })).toBe('400')
    expect(await refusedUpgrade({ protocols: ['chat'] })).toBe('400')
  })

  it("[SRV-1] a command from another site's page is refused before it is read", async () => {
    const before = eventsWritten(server.databaseFile)
    for (const origin of foreign()) {
      expect(
        codeOf(
          await request(server, 'PATCH', '/api/pizzerias/napoli', {
            cookie: staff,
            body: { busyMinutes: 99 },
            headers: { origin },
          }),
        ),
      ).toBe('403 request.forbidden_origin')
      expect(
        codeOf(
          await request(server, 'POST', '/api/pizzerias/napoli/orders', {
            body: orderBody({ total: 950 }),
            headers: { origin, 'idempotency-key': randomUUID() },
          }),
        ),
      ).toBe('403 request.forbidden_origin')
    }
    expect(eventsWritten(server.databaseFile)).toBe(before)
  })
})

describe('what never leaves the server', () => {
  it(
    '[STR-4] no phone, surname, price or key in a byte for the kitchen or the board: snapshot, log, SSE, ' +
      'WebSocket',
    async () => {
      const [phone, surname] = ['+33687654321', 'Quetzalcoatl']
      const at = (await snapshot(server, 'counter:napoli', staff)).body as { epoch: string; position: number }
      const open = async (stream: string, cookie?: string) => {
        const raw: string[] = []
        const [socket, sse] = [
          await openSocket(server, { cookie }),
          await openSse(server, stream, { cookie, after: `${at.epoch}:${at.position}` }),
        ]
        socket.ws.on('message', (data) => raw.push(String(data)))
        socket.hello([{ stream, after: `${at.epoch}:${at.position}` }])
        return { stream, socket, sse, raw }
      }
      const all = [await open('kitchen:napoli', staff), await open('board:napoli')]
      const { order, tracking } = await placeOrder(server, { customer: { name: `Ada ${surname}`, phone } })
      await request(server, 'POST', `/api/orders/${order.id}/pay`, {
        cookie: staff,
        body: { paid: true, ifVersion: 1 },
      })
      await move(server, staff, { ...order, version: 2 }, 'ready')
      for (const { stream, socket, sse, raw } of all) {
        const cookie = stream.startsWith('kitchen') ? staff : undefined
        const last = ({ order: id, version }: { order?: string; version?: number }) => id === order.id && version === 3
        await socket.next('event', last)
        await sse.next('event', last)
        const said = [
          raw.join('\n'),
          sse.raw(),
          JSON.stringify((await snapshot(server, stream, cookie)).body),
          JSON.stringify((await get(`/api/streams/${stream}/events?after=${at.epoch}:${at.position}`, cookie)).body),
        ]
        for (const text of said) {
          expect(text).toContain(order.id)
          expect(
            [phone, phone.slice(1), surname, tracking, '"total"', '"unitPrice"', '"phone"', '"tracking"'].filter(
              (secret) => text.includes(secret),
            ),
          ).toEqual([])
        }
        socket.close()
        sse.close()
      }
    },
  )
})
