import { describe, expect, it } from 'vitest'
import type { KnownCustomer } from '../../shared/order/known.ts'
import type { Order } from '../../shared/order/order.ts'
import { codeOf, line, move, orderBody, placeOrder, postOrder, quote, request } from '../support/orders.ts'
import { openWire } from '../support/wire.ts'

const { server, staff } = await openWire()
const undo = (order: { id: string; version: number }) =>
  request<{ order: Order }>(server, 'POST', `/api/orders/${order.id}/moves`, {
    cookie: staff,
    body: { undo: true, ifVersion: order.version },
  })
const cancel = async (order: { id: string; version: number }) =>
  (await move(server, staff, order, 'cancelled', { reason: 'by mistake' })).body.order
const find = async (phone: string, cookie = staff, pizzeria = 'napoli') =>
  await request(server, 'POST', `/api/pizzerias/${pizzeria}/customers/find`, { cookie, body: { phone } })
const pace = (change: object) => request(server, 'PATCH', '/api/pizzerias/napoli', { cookie: staff, body: change })

describe('restoring', () => {
  it('[CTR-6] [ORD-15] takes back a cancellation, also after its money was returned', async () => {
    const { order } = await placeOrder(server)
    const pay = (body: object) =>
      request(server, 'POST', `/api/orders/${order.id}/payments`, { cookie: staff, body: { method: 'cash', ...body } })
    await pay({ ifVersion: 1, amount: 950 })
    const off = await cancel({ id: order.id, version: 2 })
    await pay({ ifVersion: off.version, kind: 'refund', amount: 950 })
    const back = (await undo({ id: order.id, version: 4 })).body.order
    expect(back).toMatchObject({ state: 'queued', version: 5, number: order.number, promiseAt: order.promiseAt })
    expect(back).toMatchObject({ paid: false, cancelledAt: null, cancelReason: null })
    expect(back.payments).toHaveLength(2)
  })

  it('[CTR-6] promised anew where its quarter hour was taken meanwhile; one with room keeps its time', async () => {
    const later = new Date(Math.ceil((Date.now() + 26 * 3_600_000) / 900_000) * 900_000).toISOString()
    const place = (quantity: number) =>
      placeOrder(server, { lines: [line({ quantity })], for: later }, { cookie: staff }).then((placed) => placed.order)
    const [gone, kept] = [await place(10), await place(2)]
    expect([gone.promiseAt, kept.promiseAt]).toEqual([later, later])
    const off = await cancel(gone)
    await cancel(kept)
    expect((await undo({ id: kept.id, version: 2 })).body.order).toMatchObject({ state: 'scheduled', promiseAt: later })
    const other = await place(10)
    expect(other.promiseAt).toBe(later)
    const back = (await undo(off)).body.order
    expect(Date.parse(back.promiseAt)).toBeGreaterThan(Date.parse(later))
    expect(back).toMatchObject({ state: 'scheduled', wantedAt: later })
  })
})

describe('the counter’s own orders', () => {
  it('[CTR-3] are quoted and placed while it is paused, and for whatever time', async () => {
    await pace({ pausedUntil: new Date(Date.now() + 3_600_000).toISOString() })
    const body = orderBody({ total: 950 })
    const ask = (cookie?: string) =>
      request(server, 'POST', '/api/pizzerias/napoli/quote', { body: { lines: body.lines }, ...(cookie && { cookie }) })
    expect(codeOf(await ask())).toBe('409 pizzeria.paused')
    expect(await ask(staff)).toMatchObject({ status: 200, body: { total: 950 } })
    expect(codeOf(await postOrder(server, body))).toBe('409 pizzeria.paused')
    expect((await postOrder(server, body, { cookie: staff })).status).toBe(201)
    await pace({ pausedUntil: null })
    expect((await quote(server, body)).total).toBe(950)
  })

  it('[CTR-5] find who rings by their number, each name with what it had last; nobody else may ask', async () => {
    const phone = '06 98 76 54 32'
    await placeOrder(server, { customer: { name: 'Berta', phone }, lines: [line({ item: 'marinara' })] })
    await placeOrder(server, { customer: { name: 'Carlo', phone } })
    await placeOrder(server, { customer: { name: 'Berta', phone: '+33698765432' }, lines: [line({ quantity: 3 })] })
    const { customers } = (await find('0698765432')).body as { customers: KnownCustomer[] }
    expect(customers.map(({ name, phone, lines }) => [name, phone, lines[0]!.quantity])).toEqual([
      ['Berta', '+33698765432', 3],
      ['Carlo', '+33698765432', 1],
    ])
    expect(JSON.stringify(customers)).not.toMatch(/tracking|payments/)
    expect((await find('0698765')).body).toEqual({ customers: [] })
    expect(codeOf(await find(phone, ''))).toBe('401 staff.sign_in')
    expect(codeOf(await find(phone, staff, 'elsewhere'))).toBe('403 staff.forbidden')
    expect(server.logs()).not.toContain('98765432')
  })

  it('[CTR-5] [PDA-3] nobody finds whoever was erased', async () => {
    const phone = '+33611223344'
    const { order } = await placeOrder(server, { customer: { name: 'Dora', phone } })
    await cancel(order)
    expect((await find(phone)).body.customers).toHaveLength(1)
    await request(server, 'POST', '/api/pizzerias/napoli/people/erasures', { cookie: staff, body: { phone } })
    expect((await find(phone)).body).toEqual({ customers: [] })
  })
})
