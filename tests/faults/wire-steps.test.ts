import { describe, expect, it } from 'vitest'
import { codeOf, move, orderBody, placeOrder, postOrder, request, snapshot, type OrderBody } from '../support/orders.ts'
import { openWire } from '../support/wire.ts'

const { server, staff } = await openWire()
const undo = (order: { id: string; version: number }) =>
  request(server, 'POST', `/api/orders/${order.id}/moves`, {
    cookie: staff,
    body: { undo: true, ifVersion: order.version },
  })
const cancel = (tracking: string) => request(server, 'POST', `/api/tracking/${tracking}/cancel`)
const patchItem = (item: string, body: unknown) =>
  request(server, 'PATCH', `/api/pizzerias/napoli/menu/items/${item}`, { cookie: staff, body })
const stockOf = async (item: string) =>
  (await snapshot(server, 'menu:napoli')).body.state.items.find(({ id }: { id: string }) => id === item).stock as number

describe('undoing a step', () => {
  it('[ORD-15] ready by mistake: queued again, not BACK, and its customer may cancel', async () => {
    const { order, tracking } = await placeOrder(server)
    const ready = (await move(server, staff, order, 'ready')).body.order
    const answer = await undo(ready)
    expect(answer.body.order).toMatchObject({
      state: 'queued',
      version: 3,
      queuedAt: order.placedAt,
      readyAt: null,
      recalledAt: null,
    })
    expect(codeOf(await undo(ready))).toBe('409 order.stale')
    expect((await cancel(tracking)).body.order).toMatchObject({ state: 'cancelled' })
  })

  it('[ORD-15] placing and paying are not steps', async () => {
    const { order } = await placeOrder(server)
    expect(codeOf(await undo(order))).toBe('409 order.illegal')
    const pay = { cookie: staff, body: { paid: true, ifVersion: 1 } }
    const { body } = await request(server, 'POST', `/api/orders/${order.id}/pay`, pay)
    expect(codeOf(await undo(body.order))).toBe('409 order.illegal')
  })

  it('[ORD-17] its customer cannot cancel a paid order, and a cancelled order cannot be paid', async () => {
    const [paid, gone] = [await placeOrder(server), await placeOrder(server)]
    const pay = (id: string, ifVersion: number) =>
      request(server, 'POST', `/api/orders/${id}/pay`, { cookie: staff, body: { paid: true, ifVersion } })
    await pay(paid.order.id, 1)
    expect(codeOf(await cancel(paid.tracking))).toBe('409 order.paid')
    await cancel(gone.tracking)
    expect(codeOf(await pay(gone.order.id, 2))).toBe('409 order.illegal')
  })
})

describe('counted stock', () => {
  const tiramisu = (quantity: number, over: Partial<OrderBody> = {}) =>
    orderBody({ lines: [{ item: 'tiramisu', quantity }], total: 600 * quantity, ...over })

  it('[ORD-16] is given back by a cancellation and taken again when that is undone, and not twice', async () => {
    const left = await stockOf('tiramisu')
    const { order, tracking } = (await postOrder(server, tiramisu(left), { cookie: staff })).body
    expect(await stockOf('tiramisu')).toBe(0)
    await cancel(tracking)
    expect(await stockOf('tiramisu')).toBe(left)
    expect((await undo({ id: order.id, version: 2 })).body.order).toMatchObject({ state: 'queued' })
    expect(await stockOf('tiramisu')).toBe(0)
    const making = (await move(server, staff, { id: order.id, version: 3 }, 'making')).body.order
    await move(server, staff, making, 'cancelled', { reason: 'burned' })
    expect(await stockOf('tiramisu')).toBe(0)
  })

  it('[ORD-16] is set by staff, who bring back what ran out; a restored order may find none left', async () => {
    expect((await patchItem('tiramisu', { stock: 2 })).body).toMatchObject({ stock: 2, available: true })
    const { order, tracking } = (await postOrder(server, tiramisu(2))).body
    await cancel(tracking)
    expect((await postOrder(server, tiramisu(1))).status).toBe(201)
    expect(codeOf(await undo({ id: order.id, version: 2 }))).toBe('409 menu.sold_out')
    await patchItem('tiramisu', { stock: 0 })
    expect(codeOf(await postOrder(server, tiramisu(1)))).toBe('409 menu.sold_out')
    expect((await patchItem('tiramisu', { available: true })).body).toMatchObject({ stock: null })
    expect((await postOrder(server, tiramisu(1))).status).toBe(201)
    expect(codeOf(await patchItem('tiramisu', {}))).toBe('400 request.invalid')
    expect(codeOf(await patchItem('nothing', { stock: 1 }))).toBe('422 menu.item_unknown')
  })

  it('[ORD-16] is not touched by a rehearsal, which needs none', async () => {
    await patchItem('tiramisu', { stock: 1 })
    expect((await postOrder(server, tiramisu(3, { test: true }), { cookie: staff })).status).toBe(201)
    expect(await stockOf('tiramisu')).toBe(1)
  })
})
