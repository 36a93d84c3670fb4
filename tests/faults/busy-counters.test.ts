import { expect, it } from 'vitest'
import { applyMenuChange } from '../../shared/menu/sold-out.ts'
import type { Menu, MenuChange } from '../../shared/menu/menu.ts'
import { pizzasIn } from '../../shared/menu/pricing.ts'
import type { Order } from '../../shared/order/order.ts'
import { isPaid, owedOf, paidOf } from '../../shared/order/payments.ts'
import { actAtRandom, type Busy } from '../support/busy-counter.ts'
import { openReader } from '../support/live-reader.ts'
import { placeOrder, request, signIn } from '../support/orders.ts'
import { randomFrom, seed } from '../support/seed.ts'
import { expectConverged, eventually, openDatabase } from '../support/watching.ts'
import { openWire } from '../support/wire.ts'

const { server, staff: manager, take } = await openWire()
const acts = 210
const counted = { 'panna-cotta': 25, tiramisu: 25 } as const

/** Somebody of the counter with a sign-in of their own. */
async function counter(name: string) {
  const added = await request(server, 'POST', '/api/pizzerias/napoli/staff', {
    cookie: manager,
    body: { name, role: 'counter' },
  })
  return await signIn(server, added.body.pin as string)
}

it(
  '[ORD-30] [ORD-31] [ORD-33] [CTR-1] [CTR-4] two counters and a manager at once, at random: sums equal their lines ' +
    'and payments, stock is never negative, every screen ends equal to the log',
  async () => {
    console.log(`COMANDA_SEED=${seed}`)
    const again = `again with COMANDA_SEED=${seed}`
    for (const [item, stock] of Object.entries(counted))
      await request(server, 'PATCH', `/api/pizzerias/napoli/menu/items/${item}`, { cookie: manager, body: { stock } })
    // The first publish writes each dish of the demo anew, which is too much to be told one by one.
    const { version, ...whole } = (await request(server, 'GET', '/api/pizzerias/napoli/menu', { cookie: manager })).body
    whole.items[0].sizes[0].price += 50
    const body = { ...whole, ifVersion: version }
    expect((await request(server, 'PUT', '/api/pizzerias/napoli/menu', { cookie: manager, body })).status).toBe(200)
    const followed = await placeOrder(server)
    const menuBefore = (await take('menu:napoli')).state as Menu
    const readers = [
      'counter:napoli',
      'kitchen:napoli',
      'board:napoli',
      'menu:napoli',
      `order:${followed.tracking}`,
    ].map((stream) => openReader(server, stream, { cookie: manager }))
    await eventually(() => expect(readers.every((reader) => reader.isLive())).toBe(true))

    const shared = {
      orders: new Map<string, Order>(),
      noted: new Map(),
      faults: [] as string[],
      done: {} as Record<string, number>,
    }
    shared.orders.set(followed.order.id, followed.order as unknown as Order)
    const cookies = [await counter('Lia'), await counter('Ugo'), manager]
    await Promise.all(
      cookies.map(async (cookie, index) => {
        const busy: Busy = {
          ...shared,
          target: server,
          cookie,
          random: randomFrom(seed + index),
          isManager: cookie === manager,
        }
        for (let act = 0; act < acts / cookies.length; act++) await actAtRandom(busy)
      }),
    )
    console.log(JSON.stringify(shared.done))
    expect(shared.faults, again).toEqual([])
    for (const what of ['amend', 'payment', 'move', 'publish'])
      expect(shared.done[what] ?? 0, `${what}, ${again}`).toBeGreaterThan(0)

    const { orders } = (await take('counter:napoli')).state as { orders: Order[] }
    expect(orders.length, again).toBe(shared.orders.size)
    for (const order of orders) {
      for (const { unitPrice, quantity, total } of order.lines) expect(total, again).toBe(unitPrice * quantity)
      expect(order.total, again).toBe(order.lines.reduce((sum, { total }) => sum + total, 0))
      expect(paidOf(order), again).toBeGreaterThanOrEqual(0)
      expect(order.paid, again).toBe(isPaid(order))
      const own = [...shared.noted.values()].filter((one) => one.order === order.id)
      expect(order.payments ?? [], again).toHaveLength(own.length)
      for (const { payment } of own) expect(order.payments, again).toContainEqual(payment)
    }
    const owed = (await request(server, 'GET', '/api/pizzerias/napoli/owed', { cookie: manager })).body as {
      order: Order
      owed: number
    }[]
    const owing = orders.filter((order) => owedOf(order) > 0)
    expect(owed.map(({ order, owed }) => [order.id, owed]).sort(), again).toEqual(
      owing.map((order) => [order.id, owedOf(order)]).sort(),
    )

    const database = openDatabase(server.databaseFile)
    const events = database
      .all<{ subject: string; version: number; data: string }>(
        "select subject, version, data from events where pizzeria = 'napoli' order by position",
      )
      .map((row) => ({ ...row, data: JSON.parse(row.data) as unknown }))
    const rows = database.all<{ id: string; pizzas: number; owed: number; version: number }>(
      "select id, pizzas, owed, json_extract(body, '$.version') as version from orders",
    )
    database.close()
    // Each order's own log has no hole, and ends with the order as it is.
    const last = new Map<string, Order>()
    for (const { subject, version, data } of events.filter(({ subject }) => subject.startsWith('order:'))) {
      expect(version, again).toBe((last.get(subject)?.version ?? 0) + 1)
      last.set(subject, data as Order)
    }
    for (const order of orders) {
      expect({ ...last.get(`order:${order.tracking}`), shownAt: null }, again).toEqual({ ...order, shownAt: null })
      expect(rows, again).toContainEqual({
        id: order.id,
        pizzas: pizzasIn(order),
        owed: owedOf(order),
        version: order.version,
      })
    }
    // Counted portions: never below nothing, and none is promised twice.
    const changes = events
      .filter(({ subject }) => subject === 'menu')
      .map(({ data }) => (data as { change: MenuChange | null }).change ?? {})
    for (const { items = [] } of changes)
      for (const { stock } of items) expect(stock ?? 0, again).toBeGreaterThanOrEqual(0)
    const menu = (await take('menu:napoli')).state as Menu
    for (const [item, initial] of Object.entries(counted)) {
      const left = menu.items.find(({ id }) => id === item)!.stock!
      const held = orders
        .filter(({ state }) => state === 'queued' || state === 'scheduled')
        .flatMap(({ lines }) => lines)
        .reduce((sum, line) => sum + (line.item === item ? line.quantity : 0), 0)
      expect(left + held, again).toBeLessThanOrEqual(initial)
    }

    await expectConverged(server, readers, { cookie: manager })
    const menuReader = readers.find(({ stream }) => stream === 'menu:napoli')!
    expect(menuReader.resets, again).toBe(1)
    const folded = menuReader.events.reduce(
      (menu, { data }) => (data ? applyMenuChange(menu, data as MenuChange) : menu),
      menuBefore,
    )
    expect(folded, again).toEqual(menu)
    for (const reader of readers) reader.close()
  },
  120_000,
)
