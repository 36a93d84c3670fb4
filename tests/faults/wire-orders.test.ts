import { randomUUID } from 'node:crypto'
import SQLite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import {
  codeOf,
  line,
  move,
  orderBody,
  placeOrder,
  postOrder,
  request,
  snapshot,
  type OrderBody,
} from '../support/orders.ts'
import { until } from '../support/until.ts'
import { eventsWritten } from '../support/watching.ts'
import { openWire } from '../support/wire.ts'

const { server, staff } = await openWire()
const written = () => eventsWritten(server.databaseFile)
const margherita = 950
const patch = (path: string, body: unknown, cookie = staff) =>
  request(server, 'PATCH', `/api/pizzerias/napoli${path}`, { cookie, body })

describe('placing an order', () => {
  it('[ORD-9] numbers count up from 1 without a hole, also when orders in between are refused', async () => {
    const numbers: number[] = []
    for (let count = 0; count < 3; count++) {
      numbers.push((await placeOrder(server)).order.number)
      expect(codeOf(await postOrder(server, orderBody({ total: 1 })))).toBe('409 order.price_changed')
    }
    const more = await Promise.all(Array.from({ length: 20 }, () => placeOrder(server, { total: margherita })))
    expect([...numbers, ...more.map(({ order }) => order.number).sort((a, b) => a - b)]).toEqual(
      Array.from({ length: 23 }, (_, index) => index + 1),
    )
  })

  it('[IDM-1] the same key fifty times at once is one order and one answer', async () => {
    const before = written()
    const key = randomUUID()
    const body = orderBody({ total: margherita })
    const answers = await Promise.all(Array.from({ length: 50 }, () => postOrder(server, body, { key })))
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]))
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1)
    expect(written()).toBe(before + 1)
    expect((await postOrder(server, body, { key })).body).toEqual(answers[0]!.body)
  })

  it('[IDM-2] the same key with another body is refused; after a refusal a key is still free', async () => {
    const key = randomUUID()
    expect(codeOf(await postOrder(server, orderBody({ total: 1 }), { key }))).toBe('409 order.price_changed')
    expect((await postOrder(server, orderBody({ total: margherita }), { key })).status).toBe(201)
    const before = written()
    expect(codeOf(await postOrder(server, orderBody({ total: margherita, note: 'and napkins' }), { key }))).toBe(
      '422 idempotency.reused',
    )
    expect(written()).toBe(before)
  })

  it('[ORD-4] a different total gets the new quote', async () => {
    const answer = await postOrder(server, orderBody({ total: 900 }))
    expect(answer.body.error).toMatchObject({
      code: 'order.price_changed',
      retryable: false,
      quote: { total: margherita, currency: 'EUR', lines: [{ unitPrice: margherita }] },
    })
  })

  const refused: [what: string, body: unknown, code: string, options?: Parameters<typeof postOrder>[2]][] = [
    ['JSON that is none', '{"mode":', '400 request.malformed'],
    ['JSON of another shape', [], '400 request.invalid'],
    ['nothing', undefined, '400 request.invalid'],
    [
      'a number in words',
      orderBody({ lines: [{ ...line(), quantity: 'two' as never }], total: margherita }),
      '400 request.invalid',
    ],
    ['an unknown field', { ...orderBody({ total: margherita }), tip: 100 }, '400 request.invalid'],
    [
      'an unknown wish',
      orderBody({ lines: [{ ...line(), removed: ['basil'] } as never], total: margherita }),
      '400 request.invalid',
    ],
    ['a quantity beyond reason', orderBody({ lines: [line({ quantity: 1e9 })], total: 1 }), '400 request.invalid'],
    [
      'more than a line may have',
      orderBody({ lines: [line({ quantity: 21 })], total: 21 * margherita }),
      '422 order.quantity',
    ],
    [
      'more than an order may have',
      orderBody({ lines: [line({ quantity: 20 }), line({ quantity: 20 }), line()], total: 41 * margherita }),
      '422 order.quantity',
    ],
    ['an unknown item', orderBody({ lines: [line({ item: 'hawaii-five-o' })], total: 1 }), '422 menu.item_unknown'],
    ['an unknown size', orderBody({ lines: [line({ size: 'gigantic' })], total: 1 }), '422 menu.size_unknown'],
    [
      'an unknown topping',
      orderBody({ lines: [line({ toppings: [{ topping: 'gravel' }] })], total: 1 }),
      '422 menu.topping_unknown',
    ],
    ['half of a dessert', orderBody({ lines: [line({ half: 'tiramisu' })], total: 1 }), '422 menu.half_invalid'],
    ['a table without a number', orderBody({ mode: 'table', total: margherita }), '422 order.table_required'],
    ['a day too far', orderBody({ for: '2099-01-01T12:00:00Z', total: margherita }), '422 order.time_invalid'],
    ['a wrong price', orderBody({ total: margherita - 1 }), '409 order.price_changed'],
    ['a body beyond all measure', orderBody({ note: 'x'.repeat(70_000), total: margherita }), '413 request.too_large'],
    ['an unknown pizzeria', orderBody({ total: margherita }), '404 pizzeria.unknown', { pizzeria: 'roma' }],
    ['a rehearsal by a customer', orderBody({ test: true, total: margherita }), '401 staff.sign_in'],
    ['a key too short', orderBody({ total: margherita }), '400 idempotency.missing', { key: 'short' }],
  ]
  it.each(refused)(
    '[ORD-13] %s is refused with its own code, and nothing is written',
    async (_, body, code, options) => {
      const before = written()
      const answer = await postOrder(server, body, options)
      expect(codeOf(answer)).toBe(code)
      expect(answer.body.error.message).toMatch(/[.?]$/)
      expect(written()).toBe(before)
    },
  )

  it('[ORD-13] a missing key is refused', async () => {
    expect(
      codeOf(await request(server, 'POST', '/api/pizzerias/napoli/orders', { body: orderBody({ total: margherita }) })),
    ).toBe('400 idempotency.missing')
  })

  it('[ORD-13] an unknown address has a code too', async () => {
    expect(codeOf(await request(server, 'GET', '/api/nothing/here'))).toBe('404 request.not_found')
    expect(codeOf(await request(server, 'GET', '/api/streams/kitchen'))).toBe('404 stream.unknown')
    expect(codeOf(await request(server, 'GET', '/api/streams/menu:roma'))).toBe('404 stream.unknown')
  })

  it('[ORD-7] the counter may place what is too much for a customer', async () => {
    const lines = [line({ quantity: 50 })]
    expect((await postOrder(server, orderBody({ lines, total: 50 * margherita }), { cookie: staff })).status).toBe(201)
  })
})

describe('stock and opening', () => {
  it('[ORD-6] a sold-out topping makes its pizzas sold out, unless it is left off', async () => {
    await patch('/menu/toppings/basil', { available: false })
    const before = written()
    expect((await postOrder(server, orderBody({ total: margherita }))).body.error).toMatchObject({
      code: 'menu.sold_out',
      line: 0,
      topping: 'basil',
    })
    expect(
      codeOf(
        await postOrder(
          server,
          orderBody({ lines: [line({ item: 'marinara', toppings: [{ topping: 'basil' }] })], total: 1 }),
        ),
      ),
    ).toBe('409 menu.sold_out')
    expect(written()).toBe(before)
    expect(
      (await postOrder(server, orderBody({ lines: [line({ remove: ['basil'] })], total: margherita }))).status,
    ).toBe(201)
    await patch('/menu/toppings/basil', { available: true })
    expect((await postOrder(server, orderBody({ total: margherita }))).status).toBe(201)
  })

  it('[ORD-6] the last portion is sold once, to one of twenty', async () => {
    const tiramisu = (quantity: number): OrderBody =>
      orderBody({ lines: [{ item: 'tiramisu', quantity }], total: 600 * quantity })
    const left = (await snapshot(server, 'menu:napoli')).body.state.items.find(
      (item: { id: string }) => item.id === 'tiramisu',
    ).stock as number
    await placeOrder(server, tiramisu(left - 1), { cookie: staff })
    const answers = await Promise.all(Array.from({ length: 20 }, () => postOrder(server, tiramisu(1))))
    expect(answers.map(codeOf).sort()).toEqual(['201', ...Array.from({ length: 19 }, () => '409 menu.sold_out')])
    expect(
      (await snapshot(server, 'menu:napoli')).body.state.items.find((item: { id: string }) => item.id === 'tiramisu')
        .stock,
    ).toBe(0)
  })

  it('[ORD-10] paused: refused before anything is written, with the time; accepted again afterwards', async () => {
    const until = new Date(Date.now() + 3_600_000).toISOString()
    expect((await patch('', { pausedUntil: until })).body.pizzeria).toMatchObject({ pausedUntil: until })
    const before = written()
    expect((await postOrder(server, orderBody({ total: margherita }))).body.error).toMatchObject({
      code: 'pizzeria.paused',
      retryable: true,
      until,
    })
    expect(codeOf(await request(server, 'POST', '/api/pizzerias/napoli/quote', { body: { lines: [line()] } }))).toBe(
      '409 pizzeria.paused',
    )
    expect(written()).toBe(before)
    await patch('', { pausedUntil: null })
    expect((await postOrder(server, orderBody({ total: margherita }))).status).toBe(201)
  })

  it('[ORD-8] the promise includes the busy minutes', async () => {
    const promised = async () =>
      Date.parse(
        (await request(server, 'POST', '/api/pizzerias/napoli/quote', { body: { lines: [line()] } })).body.promise.at,
      )
    await patch('', { busyMinutes: 90 })
    expect(await promised()).toBeGreaterThanOrEqual(Date.now() + (15 + 90) * 60_000)
    await patch('', { busyMinutes: 0 })
  })
})

describe('moving an order', () => {
  it('[ORD-3] two at once: one moves it, the other gets its present state', async () => {
    const { order } = await placeOrder(server)
    const answers = await Promise.all([move(server, staff, order, 'making'), move(server, staff, order, 'ready')])
    const [won, lost] = answers[0].status === 200 ? answers : (answers.toReversed() as typeof answers)
    expect([won.status, codeOf(lost as never)]).toEqual([200, '409 order.stale'])
    expect((lost.body as never as { error: { order: unknown } }).error.order).toEqual(won.body.order)
  })

  it('[ORD-2] the same move twice is not an error', async () => {
    const { order } = await placeOrder(server)
    const first = await move(server, staff, order, 'making')
    const again = await move(server, staff, order, 'making')
    expect([again.status, again.body]).toEqual([200, first.body])
  })

  it('[ORD-1] a move that is not in the table is refused with the order', async () => {
    const { order } = await placeOrder(server)
    const answer = await move(server, staff, order, 'collected')
    expect(answer.body).toMatchObject({
      error: { code: 'order.illegal', order: { id: order.id, state: 'queued', version: 1 } },
    })
    expect(codeOf((await move(server, staff, { id: 'nobody', version: 1 }, 'making')) as never)).toBe(
      '404 order.unknown',
    )
    expect(codeOf((await move(server, '', order, 'making')) as never)).toBe('401 staff.sign_in')
    expect(
      codeOf(
        await request(server, 'POST', `/api/orders/${order.id}/moves`, {
          cookie: staff,
          body: { to: 'eaten', ifVersion: 1 },
        }),
      ),
    ).toBe('400 request.invalid')
  })

  it('[ORD-12] an unpaid order asks before it is handed over; a paid one does not', async () => {
    const { order } = await placeOrder(server)
    const ready = (await move(server, staff, order, 'ready')).body.order
    expect(codeOf((await move(server, staff, ready, 'collected')) as never)).toBe('409 order.unpaid')
    const paid = await request(server, 'POST', `/api/orders/${order.id}/pay`, {
      cookie: staff,
      body: { paid: true, ifVersion: ready.version },
    })
    expect(paid.body.order).toMatchObject({ paid: true, version: 3 })
    expect(
      codeOf(
        await request(server, 'POST', `/api/orders/${order.id}/pay`, {
          cookie: staff,
          body: { paid: false, ifVersion: 1 },
        }),
      ),
    ).toBe('409 order.stale')
    expect((await move(server, staff, paid.body.order, 'collected')).body.order.state).toBe('collected')
  })

  it('[ORD-1] the customer cancels by their key while nothing is started, and not after', async () => {
    const [early, late] = [await placeOrder(server), await placeOrder(server)]
    await move(server, staff, late.order, 'making')
    const cancel = (tracking: string) => request(server, 'POST', `/api/tracking/${tracking}/cancel`)
    expect((await cancel(early.tracking)).body.order).toMatchObject({ state: 'cancelled', version: 2 })
    expect((await cancel(early.tracking)).status).toBe(200)
    expect(codeOf(await cancel(late.tracking))).toBe('409 order.illegal')
    expect(codeOf(await cancel('guessed-it-surely'))).toBe('404 order.unknown')
  })
})

describe('an order for later', () => {
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()

  it('[ORD-8] is scheduled for the time that was asked for, and the counter may start it earlier', async () => {
    const { order } = await placeOrder(server, { for: at(24 * 60) })
    expect(order.state).toBe('scheduled')
    expect(Date.parse(order.promiseAt)).toBeGreaterThanOrEqual(Date.now() + 23 * 3_600_000)
    const kitchen = await snapshot(server, 'kitchen:napoli', staff)
    expect(kitchen.body.state.tickets.find((ticket: { id: string }) => ticket.id === order.id)).toMatchObject({
      state: 'scheduled',
    })
    expect((await move(server, staff, order, 'queued')).body.order).toMatchObject({
      state: 'queued',
      queuedAt: expect.any(String) as unknown,
    })
  })

  it('[ORD-8] goes to the kitchen by itself when its time has come', async () => {
    const { order } = await placeOrder(server, { for: at(24 * 60) })
    // A day passes: the promise comes near.
    const database = new SQLite(server.databaseFile)
    database
      .prepare("UPDATE orders SET promise_at = ?, body = json_set(body, '$.promiseAt', ?) WHERE id = ?")
      .run(Date.parse(at(10)), at(10), order.id)
    database.close()
    const ticket = await until(
      async () =>
        (await snapshot(server, 'kitchen:napoli', staff)).body.state.tickets.find(
          (one: { id: string; state: string }) => one.id === order.id && one.state === 'queued',
        ) as { version: number } | undefined,
    )
    expect(ticket).toMatchObject({ version: 2, queuedAt: expect.any(String) as unknown })
  })
})
