import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Order } from '../../shared/order/order.ts'
import { codeOf, line, move, placeOrder, request, type Answer } from '../support/orders.ts'
import { openWire } from '../support/wire.ts'

const { server, staff, take, joined } = await openWire()
const amend = (order: { id: string }, body: object, { key, cookie = staff }: { key?: string; cookie?: string } = {}) =>
  request(server, 'POST', `/api/orders/${order.id}/amend`, {
    body,
    cookie,
    ...(key && { headers: { 'idempotency-key': key } }),
  })
const stock = (item: string, change: object) =>
  request(server, 'PATCH', `/api/pizzerias/napoli/menu/items/${item}`, { cookie: staff, body: change })
const left = async (item: string) => {
  const { items } = (await take('menu:napoli')).state as { items: { id: string; stock: number | null }[] }
  return items.find(({ id }) => id === item)!.stock
}
const pay = (order: { id: string }, body: object, key?: string): Promise<Answer> =>
  request(server, 'POST', `/api/orders/${order.id}/payments`, {
    cookie: staff,
    body,
    ...(key && { headers: { 'idempotency-key': key } }),
  })
const owed = async () =>
  (await request(server, 'GET', '/api/pizzerias/napoli/owed', { cookie: staff })).body as {
    order: Order
    owed: number
  }[]

describe('changing an order', () => {
  it('[ORD-30] [ORD-31] [ORD-32] lines stay as they were, sold out or not; the kitchen sees what changed', async () => {
    const socket = await joined({ stream: 'kitchen:napoli' })
    const { order } = await placeOrder(server, { lines: [line({ quantity: 2 }), line({ item: 'marinara' })] })
    await request(server, 'POST', '/api/streams/kitchen:napoli/shown', {
      cookie: staff,
      body: { device: 'device-123', position: 0, orders: [order.id] },
    })
    await stock('margherita', { available: false })
    const lines = [line({ quantity: 1 }), line({ item: 'diavola' })]
    const cheap = await amend(order, { ifVersion: 1, lines, total: 1 })
    expect(codeOf(cheap)).toBe('409 order.price_changed')
    const { total } = cheap.body.error.quote as { total: number }
    const done = await amend(order, { ifVersion: 1, lines, note: 'by the window', total })
    expect(done).toMatchObject({ status: 200, body: { difference: total - order.total } })
    const after = done.body.order as Order
    expect(after).toMatchObject({ version: 2, number: order.number, promiseAt: order.promiseAt, shownAt: null, total })
    expect(after.lines.map(({ item, quantity }) => [item, quantity])).toEqual([
      ['margherita', 1],
      ['diavola', 1],
    ])
    expect(after.lines[0]!.unitPrice).toBe(order.lines[0]!.unitPrice)
    const seen = await socket.next('event', (message) => message.order === order.id && message.version === 2)
    expect(seen).toMatchObject({
      type: 'order.moved',
      data: {
        note: 'by the window',
        amended: {
          fresh: [1],
          struck: [
            { item: 'margherita', quantity: 1 },
            { item: 'marinara', quantity: 1 },
          ],
        },
      },
    })
    expect(JSON.stringify(seen)).not.toMatch(/"total"|"unitPrice"|"price"/)
    const more = { ifVersion: 2, lines: [line({ quantity: 2 })], total: 1900 }
    expect(codeOf(await amend(order, more))).toBe('409 menu.sold_out')
    await stock('margherita', { available: true })
    socket.close()
  })

  it('[ORD-30] [IDM-1] one key is one change, also fifty times at once; another body under it is refused', async () => {
    const { order } = await placeOrder(server)
    const key = randomUUID()
    const body = { ifVersion: 1, lines: [line({ quantity: 3 })], total: 2850 }
    const answers = await Promise.all(Array.from({ length: 50 }, () => amend(order, body, { key })))
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1)
    expect(answers[0]!.body).toMatchObject({ order: { version: 2, total: 2850 }, difference: 1900 })
    expect(codeOf(await amend(order, { ...body, note: 'x' }, { key }))).toBe('422 idempotency.reused')
    expect(codeOf(await amend(order, body))).toBe('409 order.stale')
  })

  it('[ORD-31] counted portions go and come with it; the last one may change places', async () => {
    await stock('panna-cotta', { stock: 3 })
    const dessert = (quantity: number) => line({ item: 'panna-cotta', size: undefined, quantity })
    const { order } = await placeOrder(server, { lines: [line(), dessert(2)] })
    expect(await left('panna-cotta')).toBe(1)
    const [pizza, sweet] = order.lines
    const sum = (quantity: number) => pizza!.total + quantity * sweet!.unitPrice
    const set = (version: number, quantity: number) =>
      amend(order, { ifVersion: version, lines: [line(), dessert(quantity)], total: sum(quantity) })
    expect((await set(1, 3)).status).toBe(200)
    expect(await left('panna-cotta')).toBe(0)
    expect(codeOf(await set(2, 4))).toBe('409 menu.sold_out')
    expect(await left('panna-cotta')).toBe(0)
    expect((await set(2, 1)).status).toBe(200)
    expect(await left('panna-cotta')).toBe(2)
    await stock('panna-cotta', { stock: null })
  })

  it('[ORD-30] name, table and time change alone; what is ready, and what a stranger asks, does not', async () => {
    const { order, tracking } = await placeOrder(server)
    const later = new Date(Math.ceil((Date.now() + 3 * 3_600_000) / 300_000) * 300_000).toISOString()
    const moved = await amend(order, { ifVersion: 1, customer: { name: 'Bea' }, table: '7', for: later })
    expect(moved.body).toMatchObject({
      order: { state: 'scheduled', promiseAt: later, table: '7', customer: { name: 'Bea', phone: '+33612345678' } },
      difference: 0,
    })
    const soon = await amend(order, { ifVersion: 2, for: null })
    expect(soon.body).toMatchObject({ order: { state: 'queued', wantedAt: null } })
    expect(Date.parse(soon.body.order.promiseAt as string)).toBeLessThan(Date.parse(later))
    expect((await amend(order, { ifVersion: 3, note: '' })).body).toMatchObject({ order: { version: 3 } })
    expect(codeOf(await amend(order, { ifVersion: 3, lines: [line()] }))).toBe('400 request.invalid')
    expect(codeOf(await amend(order, { ifVersion: 3, note: 'x' }, { cookie: '' }))).toBe('401 staff.sign_in')
    const own = await request(server, 'POST', `/api/tracking/${tracking}/amend`, { body: { ifVersion: 3, note: 'x' } })
    expect(codeOf(own)).toBe('409 order.illegal')
    await move(server, staff, { id: order.id, version: 3 }, 'ready')
    expect(codeOf(await amend(order, { ifVersion: 4, note: 'x' }))).toBe('409 order.illegal')
  })
})

describe('money', () => {
  it('[ORD-33] comes in parts, each with method and person; too much is refused, a repeat pays once', async () => {
    const { order } = await placeOrder(server, { lines: [line({ quantity: 2 })] })
    const key = randomUUID()
    const body = { ifVersion: 1, method: 'card', amount: 1000 }
    const first = await pay(order, body, key)
    expect(first).toMatchObject({
      status: 201,
      body: {
        order: { paid: false, version: 2 },
        payment: { kind: 'payment', method: 'card', amount: 1000, by: { name: expect.any(String) } },
      },
    })
    expect((await pay(order, body, key)).body).toEqual(first.body)
    expect(codeOf(await pay(order, { ifVersion: 2, method: 'cash', amount: 901 }))).toBe('422 order.amount')
    expect((await pay(order, { ifVersion: 2, method: 'cash', amount: 900 })).body).toMatchObject({
      order: { paid: true, payments: [{ amount: 1000 }, { amount: 900 }] },
    })
    const refund = { ifVersion: 3, kind: 'refund', method: 'cash', amount: 1901 }
    expect(codeOf(await pay(order, refund))).toBe('422 order.amount')
  })

  it('[ORD-33] [ORD-17] what was paid and cancelled, or costs less now, is to be returned until it is', async () => {
    const { order, tracking } = await placeOrder(server, { lines: [line({ quantity: 2 })] })
    await pay(order, { ifVersion: 1, method: 'card', amount: 500 })
    expect(codeOf(await request(server, 'POST', `/api/tracking/${tracking}/cancel`))).toBe('409 order.paid')
    await pay(order, { ifVersion: 2, method: 'cash', amount: 1400 })
    const less = await amend(order, { ifVersion: 3, lines: [line()], total: 950 })
    expect(less.body).toMatchObject({ difference: -950, order: { paid: true } })
    const mine = async () => (await owed()).find((one) => one.order.id === order.id)?.owed
    expect(await mine()).toBe(950)
    await move(server, staff, { id: order.id, version: 4 }, 'cancelled', { reason: 'too late' })
    expect(await mine()).toBe(1900)
    expect(codeOf(await pay(order, { ifVersion: 5, method: 'cash', amount: 1 }))).toBe('409 order.illegal')
    await pay(order, { ifVersion: 5, kind: 'refund', method: 'card', amount: 500 })
    expect(await mine()).toBe(1400)
    await pay(order, { ifVersion: 6, kind: 'refund', method: 'cash', amount: 1400 })
    expect(await mine()).toBeUndefined()
  })
})
