import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { rehearse } from '../../shared/order/rehearsal.ts'
import { line, move, orderBody, placeOrder, quote, request, signIn, snapshot } from '../support/orders.ts'
import type { Answer } from '../support/orders.ts'
import { startServer, type TestServer } from '../support/server.ts'

const quarter = 15 * 60_000
const addresses = Array.from({ length: 10 }, (_, index) => `203.0.113.${index + 1}`)
const from = (address: string) => ({ 'x-forwarded-for': address })

/** An order sent from an address that our proxy has seen. */
const orderFrom = (target: TestServer, address: string, body: object, key: string = crypto.randomUUID()) =>
  request(target, 'POST', '/api/pizzerias/napoli/orders', {
    body,
    headers: { ...from(address), 'idempotency-key': key },
  })
async function promisedAt(target: TestServer, more: object = {}) {
  const answer = await request(target, 'POST', '/api/pizzerias/napoli/quote', {
    body: { lines: [line()], mode: 'pickup', ...more },
    headers: from('198.51.100.7'),
  })
  expect(answer.status).toBe(200)
  return Date.parse(answer.body.promise.at)
}
const waiting = async (target: TestServer, staff: string) =>
  ((await snapshot(target, 'counter:napoli', staff)).body.state.orders as { state: string }[]).filter(
    ({ state }) => state === 'pending',
  ).length
const answerAll = (target: TestServer, staff: string, answer: string, which: object = { held: true }) =>
  request(target, 'POST', '/api/pizzerias/napoli/waiting', { cookie: staff, body: { answer, which } })

const healthMs = async ({ url }: TestServer) => {
  const asked = performance.now()
  await fetch(`${url}/healthz`).then((answer) => answer.arrayBuffer())
  return performance.now() - asked
}

/**
 * The longest silence of /healthz while something runs, ms, beyond that of an idle server beside it: what keeps this
 * process and the machine busy delays both.
 */
async function longestSilence(target: TestServer, work: () => Promise<unknown>) {
  const idle = await startServer({ env: { COMANDA_LOG: 'warn' } })
  let over = false
  let longest = 0
  const watch = (async () => {
    while (!over) {
      const [busy, quiet] = await Promise.all([healthMs(target), healthMs(idle)])
      longest = Math.max(longest, busy - quiet)
    }
  })()
  await work()
  over = true
  await watch
  await idle.stop()
  return longest
}

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
    answers = []
    silence = await longestSilence(server, async () => {
      for (let sent = 0; sent < 1000; sent += 20)
        answers.push(
          ...(await Promise.all(
            Array.from({ length: 20 }, (_, index) => orderFrom(server, addresses[index % 10]!, { ...body, total })),
          )),
        )
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
  const attempt = (address: string, pin: string, cookie = '') =>
    request(server, 'POST', '/api/staff/sign-in', { body: { pizzeria: 'napoli', pin }, cookie, headers: from(address) })
  beforeAll(async () => {
    server = await startServer({ env: { COMANDA_LOG: 'warn', COMANDA_PROXIES: '1' } })
    tablet = await signIn(server)
  })
  afterAll(() => server.stop())

  it('[BDG-6] a hundred wrong ones from ten addresses still let in the staff’s tablet and a new one', async () => {
    const answers = (
      await Promise.all(
        Array.from({ length: 100 }, (_, index) => attempt(addresses[index % 10]!, String(300_000 + index))),
      )
    ).map(({ status }) => status)
    expect(answers.filter((status) => status === 401).length).toBeLessThan(50)
    expect(answers.filter((status) => status === 429).length).toBeGreaterThan(50)
    const known = tablet
      .split('; ')
      .filter((cookie) => cookie.startsWith('comanda-device'))
      .join('; ')
    expect((await attempt(addresses[0]!, '2468', known)).status).toBe(200)
    expect((await attempt(addresses[0]!, '2468')).status).toBe(429)
    expect((await attempt('198.51.100.9', '2468')).status).toBe(200)
  })

  it('[BDG-6] the tries are remembered over a restart, and the counter was told', async () => {
    await server.restart()
    expect((await attempt(addresses[0]!, '2468')).status).toBe(429)
    const events = await request(server, 'GET', '/api/streams/counter:napoli', { cookie: tablet })
    expect(events.body.state.guessedAt).toEqual(expect.any(String))
  })

  it('[BDG-6] a device cookie that another server signed is not recognised', async () => {
    const forged = 'comanda-device=abcdefabcdef.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
    expect((await attempt(addresses[0]!, '2468', forged)).status).toBe(429)
  })
})
