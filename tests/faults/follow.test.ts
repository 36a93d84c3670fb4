import { afterAll, describe, expect, it } from 'vitest'
import { codeOf, line, move, placeOrder, request, signIn } from '../support/orders.ts'
import { startServer } from '../support/server.ts'

const server = await startServer({ env: { COMANDA_LOG: 'silent' } })
afterAll(() => server.stop())
const staff = await signIn(server)
const get = (path: string) => request(server, 'GET', path)

describe('following an order', () => {
  it('[ORD-44] its place in the queue, until it is ready', async () => {
    const first = await placeOrder(server, { lines: [line({ quantity: 3 })] })
    const mine = await placeOrder(server)
    const place = async () => (await get(`/api/tracking/${mine.tracking}/queue`)).body
    expect(await place()).toEqual({ ahead: { orders: 1, pizzas: 3 } })
    await move(server, staff, first.order, 'ready')
    expect(await place()).toEqual({ ahead: { orders: 0, pizzas: 0 } })
    await move(server, staff, mine.order, 'ready')
    expect(await place()).toEqual({ ahead: null })
    expect(codeOf(await get('/api/tracking/nobody/queue'))).toBe('404 order.unknown')
  })

  it('[ORD-45] a shared link shows the order, nobody’s surname, number or sum, and opens nothing', async () => {
    const customer = { name: 'Ada Lovelace', phone: '+33612345678' }
    const { tracking, order } = await placeOrder(server, { customer, note: 'The side door' })
    const { share } = (await get(`/api/tracking/${tracking}/share`)).body as { share: string }
    const seen = await get(`/api/shared/${share}`)
    expect(seen.body.order).toMatchObject({ number: order.number, state: 'queued', name: 'Ada' })
    expect(seen.headers.get('cache-control')).toContain('no-store')
    for (const secret of ['Lovelace', '33612345678', 'side door', tracking, '"total"', 'unitPrice'])
      expect(JSON.stringify(seen.body)).not.toContain(secret)

    const page = await get(`/napoli/shared/${share}`)
    expect(page.status).toBe(200)
    for (const secret of ['Lovelace', '33612345678', 'side door', tracking]) expect(page.body).not.toContain(secret)

    for (const [method, path] of [
      ['POST', `/api/tracking/${share}/cancel`],
      ['POST', `/api/tracking/${order.id}/cancel`],
      ['GET', `/api/streams/order:${share}`],
      ['GET', `/api/streams/order:${order.id}`],
      ['GET', `/api/tracking/${order.id}/share`],
    ] as const)
      expect((await request(server, method, path)).status, path).toBeGreaterThanOrEqual(400)
    const forged = `${order.id}.${'A'.repeat(22)}`
    for (const wrong of [forged, order.id, `${share}A`, share.slice(0, -1), `${share.split('.')[0]}.`])
      expect(codeOf(await get(`/api/shared/${wrong}`)), wrong).toBe('404 order.unknown')
    await move(server, staff, order, 'ready')
    expect((await get(`/api/shared/${share}`)).body.order.state).toBe('ready')
  })
})
