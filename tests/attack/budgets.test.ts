import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { rehearse } from '../../shared/order/rehearsal.ts'
import { line, move, orderBody, placeOrder, quote, request, signIn, snapshot, type Answer } from '../support/orders.ts'
import { startServer, type TestServer } from '../support/server.ts'
import {
  addresses,
  answerAll,
  deviceOf,
  flood,
  guessPins,
  longestSilence,
  orderFrom,
  promisedAt,
  tryPin,
  waiting,
} from '../support/strangers.ts'

const quarter = 15 * 60_000

describe.each([
  ['ten addresses behind a proxy of ours', '1', {}],
  ['one address', '0', {}],
  ['ten addresses, for tomorrow evening', '1', { for: new Date(Date.now() + 20 * 3_600_000).toISOString() }],
])('a thousand orders of strangers from %s', (_name, proxies, more) => {
  let server: TestServer
  let staff: string
  let before: number
  let answers: Answer[]
  let silence: number
  beforeAll(async () => {
    server = await startServer({ env: { COMANDA_LOG: 'warn', COMANDA_PROXIES: proxies } })
    staff = await signIn(server)
    before = await promisedAt(server, more)
    const body = { ...orderBody({ customer: { name: 'Max' } }), ...more }
    const { total } = await quote(server, body)
    silence = await longestSilence(server, async () => {
      answers = await flood(server, { ...body, total }, { orders: 1000, overMs: 0 })
    })
  }, 120_000)
  afterAll(() => server.stop())

  it('[BDG-2] [BDG-3] wait, two hundred of them and those from the queue; then 429 says when to try again', () => {
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 429]))
    const refused = answers.find(({ status }) => status === 429)!
    expect(refused.body.error).toMatchObject({ code: 'order.too_many_waiting', retryable: true })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('[BDG-2] delay the next customer by three quarters of an hour at most', async () => {
    // Orders that are already in the queue leave it within a second or two.
    await expect
      .poll(async () => (await promisedAt(server, more)) - before, { timeout: 5000 })
      .toBeLessThanOrEqual(3 * quarter)
  })

  it('[BDG-4] never block the counter', async () => {
    const { order } = await placeOrder(server, more, { cookie: staff })
    expect(order.state).toBe('for' in more ? 'scheduled' : 'queued')
  })

  it('[BDG-4] are answered with one request, which can be undone', async () => {
    let held = 0
    // What came from the same sources before is taken out of the queue once a second, piece by piece (BDG-2).
    await vi.waitFor(
      async () => {
        const before = held
        held = await waiting(server, staff)
        expect(held).toBe(before)
      },
      { timeout: 20_000, interval: 2_500 },
    )
    expect(held).toBeGreaterThan(100)
    const refused = await answerAll(server, staff, 'reject')
    expect(refused.body.orders).toHaveLength(held)
    expect(await waiting(server, staff)).toBe(0)
    const ids = refused.body.orders.map(({ id }: { id: string }) => id)
    expect((await answerAll(server, staff, 'restore', { orders: ids })).body.refused).toEqual([])
    expect(await waiting(server, staff)).toBe(held)
    await answerAll(server, staff, 'reject')
    expect(await waiting(server, staff)).toBe(0)
  })

  it('[BDG-4] never keep the server busy for long', () => {
    expect(silence, 'ms').toBeLessThan(200)
  })
})

describe('an evening', () => {
  let server: TestServer
  let staff: string
  beforeAll(async () => {
    server = await startServer({ env: { COMANDA_LOG: 'warn', COMANDA_PROXIES: '1' } })
    staff = await signIn(server)
  })
  afterAll(() => server.stop())

  it('[BDG-5] of 49 orders from one address puts no order on hold, even when none has been started yet', async () => {
    const menu = (await snapshot(server, 'menu:napoli')).body.state
    const evening = rehearse({ menu, seed: 'friday', minutes: 60, peak: 239 })
    expect(evening).toHaveLength(49)
    for (const { name, lines } of evening) {
      const body = orderBody({ customer: { name }, lines })
      const { total } = await quote(server, body)
      const answer = await orderFrom(server, '192.0.2.1', { ...body, total })
      expect([answer.status, answer.body.order.state]).toEqual([201, 'queued'])
    }
  })

  it('[BDG-5] continues for as long as the kitchen keeps up', async () => {
    const body = { ...orderBody({ customer: { name: 'Ada' } }), total: (await quote(server, orderBody())).total }
    for (let count = 0; count < 80; count++) {
      const { order } = (await orderFrom(server, '192.0.2.2', body)).body
      expect(order.state).toBe('queued')
      expect((await move(server, staff, order, 'ready')).status).toBe(200)
    }
  })
})

describe('an order that waits', () => {
  let server: TestServer
  let staff: string
  let tracking: string
  let order: { id: string; version: number; promiseAt: string }
  const tiramisu = async () =>
    (await snapshot(server, 'menu:napoli')).body.state.items.find(({ id }: { id: string }) => id === 'tiramisu').stock
  let stock: number
  beforeAll(async () => {
    server = await startServer({ env: { COMANDA_LOG: 'warn', COMANDA_PROXIES: '1' } })
    staff = await signIn(server)
    stock = await tiramisu()
    const many = { ...orderBody({ lines: [line({ quantity: 20 }), line({ size: 'large', quantity: 20 })] }) }
    const { total } = await quote(server, many)
    for (let sent = 0; sent < 4; sent++) await orderFrom(server, '192.0.2.9', { ...many, total })
    const body = orderBody({ lines: [line(), { item: 'tiramisu', quantity: 1 }] })
    const answer = await orderFrom(server, '192.0.2.9', { ...body, total: (await quote(server, body)).total })
    expect(answer.status).toBe(201)
    ;({ order, tracking } = answer.body)
  })
  afterAll(() => server.stop())

  it('[BDG-2] is announced to its customer, is in no kitchen, and holds no portion', async () => {
    expect((await snapshot(server, `order:${tracking}`)).body.state.order.state).toBe('pending')
    await expect.poll(() => waiting(server, staff), { timeout: 5000 }).toBe(5)
    expect((await snapshot(server, 'kitchen:napoli', staff)).body.state.tickets).toEqual([])
    expect(await tiramisu()).toBe(stock)
  })

  it('[BDG-3] shows its source only to the counter', async () => {
    expect(JSON.stringify((await snapshot(server, `order:${tracking}`)).body)).not.toContain('heldFor')
    expect(JSON.stringify((await snapshot(server, 'counter:napoli', staff)).body)).toContain('heldFor')
  })

  it('[BDG-3] gets a new promise when it is accepted, and holds its slot and its portion from then on', async () => {
    const said = await move(server, staff, order, 'queued')
    expect(said.body.order).toMatchObject({ state: 'queued', version: order.version + 1 })
    expect(Date.parse(said.body.order.promiseAt)).toBeGreaterThan(Date.now())
    expect(said.body.order).not.toHaveProperty('heldFor')
    expect(await tiramisu()).toBe(stock === null ? null : stock - 1)
  })

  it('[BDG-3] is not accepted when the menu has run out of it', async () => {
    const [held] = (
      (await snapshot(server, 'counter:napoli', staff)).body.state.orders as {
        id: string
        version: number
        state: string
      }[]
    ).filter(({ state }) => state === 'pending')
    await request(server, 'PATCH', '/api/pizzerias/napoli/menu/items/margherita', {
      cookie: staff,
      body: { available: false },
    })
    const refused = await move(server, staff, held!, 'queued')
    expect([refused.status, (refused.body as Answer['body']).error.code]).toEqual([409, 'menu.sold_out'])
    expect(await waiting(server, staff)).toBe(4)
  })
})

describe('PINs', () => {
  let server: TestServer
  let tablet: string
  beforeAll(async () => {
    server = await startServer({ env: { COMANDA_LOG: 'warn', COMANDA_PROXIES: '1' } })
    tablet = await signIn(server)
  })
  afterAll(() => server.stop())

  it('[BDG-6] a hundred wrong ones from ten addresses still let in the staff’s tablet and a new one', async () => {
    const answers = await guessPins(server)
    expect(answers.filter((status) => status === 401).length).toBeLessThan(50)
    expect(answers.filter((status) => status === 429).length).toBeGreaterThan(50)
    expect((await tryPin(server, addresses[0]!, '2468', deviceOf(tablet))).status).toBe(200)
    expect((await tryPin(server, addresses[0]!, '2468')).status).toBe(429)
    expect((await tryPin(server, '198.51.100.9', '2468')).status).toBe(200)
  })

  it('[BDG-6] the tries are remembered over a restart, and the counter was told', async () => {
    await server.restart()
    expect((await tryPin(server, addresses[0]!, '2468')).status).toBe(429)
    const events = await request(server, 'GET', '/api/streams/counter:napoli', { cookie: tablet })
    expect(events.body.state.guessedAt).toEqual(expect.any(String))
  })

  it('[BDG-6] a device cookie that another server signed is not recognised', async () => {
    const forged = 'comanda-device=abcdefabcdef.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
    expect((await tryPin(server, addresses[0]!, '2468', forged)).status).toBe(429)
  })
})
