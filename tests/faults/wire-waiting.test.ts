import SQLite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { Order } from '../../shared/order/order.ts'
import { codeOf, move, placeOrder, request, snapshot, type Answer } from '../support/orders.ts'
import { until } from '../support/until.ts'
import { openWire } from '../support/wire.ts'

const { server, staff } = await openWire()
const minute = 60_000
const byHand = (acceptByHand: boolean) =>
  request(server, 'PATCH', '/api/pizzerias/napoli', { cookie: staff, body: { acceptByHand } })
const orderOf = async (id: string) =>
  ((await snapshot(server, 'counter:napoli', staff)).body.state.orders as Order[]).find((order) => order.id === id)!

/** Makes an order wait since that many minutes: time that no test can wait for. */
function waitingFor(id: string, minutes: number) {
  const at = Date.now() - minutes * minute
  const database = new SQLite(server.databaseFile, { timeout: 5000 })
  database
    .prepare("UPDATE orders SET updated_at = ?, body = json_set(body, '$.updatedAt', ?) WHERE id = ?")
    .run(at, new Date(at).toISOString(), id)
  database.close()
}

describe('an order that nobody answers', () => {
  it('[BDG-3] [ORD-18] lapses after 30 minutes, and its customer is told; until then it waits', async () => {
    await byHand(true)
    const tomorrow = new Date(Date.now() + 24 * 60 * minute).toISOString()
    const [old, later, young] = [
      await placeOrder(server),
      await placeOrder(server, { for: tomorrow }),
      await placeOrder(server),
    ]
    expect([old, later, young].map(({ order }) => order.state)).toEqual(['pending', 'pending', 'pending'])
    waitingFor(old.order.id, 31)
    waitingFor(later.order.id, 31)
    waitingFor(young.order.id, 28)
    const seen = (tracking: string) => async () => (await snapshot(server, `order:${tracking}`)).body.state.order
    for (const { tracking } of [old, later])
      await until(async () => (await seen(tracking)()).state === 'rejected', 15_000)
    expect(await orderOf(old.order.id)).toMatchObject({ state: 'rejected', cancelReason: 'no_answer' })
    expect((await seen(young.tracking)()).state).toBe('pending')

    // A yes that comes too late places nothing; one in time does.
    const late: Answer = await move(server, staff, await orderOf(old.order.id), 'queued')
    expect(codeOf(late)).toBe('409 order.illegal')
    expect((await move(server, staff, await orderOf(young.order.id), 'queued')).body.order.state).toBe('queued')
    await byHand(false)
  })
})

describe('the number of an order for another day', () => {
  it('[ORD-9] is of the day that it is promised for, and today’s go on', async () => {
    const tomorrow = new Date(Date.now() + 24 * 60 * minute).toISOString()
    for (let more = 0; more < 3; more++) await placeOrder(server)
    const today = (await placeOrder(server)).order.number
    const first = (await placeOrder(server, { for: tomorrow })).order
    const second = (await placeOrder(server, { for: tomorrow })).order
    // One order for tomorrow was placed before.
    expect([first.number, second.number]).toEqual([2, 3])
    expect((await placeOrder(server)).order.number).toBe(today + 1)
  })
})
