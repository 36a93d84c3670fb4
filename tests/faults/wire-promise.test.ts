import { testTimezone } from '../support/server.ts'
import SQLite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { codeOf, move, orderBody, placeOrder, postOrder, request, snapshot } from '../support/orders.ts'
import { eventsWritten } from '../support/watching.ts'
import { openWire } from '../support/wire.ts'

const { server, staff } = await openWire()
const settings = (change: Record<string, unknown>) => {
  const database = new SQLite(server.databaseFile)
  for (const [name, value] of Object.entries(change))
    database
      .prepare(`UPDATE pizzerias SET settings = json_set(settings, '$.${name}', json(?))`)
      .run(JSON.stringify(value))
  database.close()
}
const total = 950

describe('an order for another day', () => {
  const day = 24 * 3_600_000
  /** Open for three hours at this time of tomorrow, UTC. */
  const tomorrow = () => {
    const from = new Date(Date.now() + day)
    from.setUTCMinutes(0, 0, 0)
    const clock = (time: number) => new Date(time).toISOString().slice(11, 16)
    return { from, hours: [{ day: from.getUTCDay(), from: clock(+from), to: clock(+from + 3 * 3_600_000) }] }
  }

  it('[ORD-25] [ORD-10] while it is closed: refused for now, taken for when it opens', async () => {
    const { from, hours } = tomorrow()
    const database = new SQLite(server.databaseFile)
    const zone = database.prepare('SELECT timezone FROM pizzerias WHERE id = ?').pluck().get('napoli')
    database.prepare('UPDATE pizzerias SET timezone = ?').run('UTC')
    database.close()
    settings({ hours })
    try {
      const menu = (await snapshot(server, 'menu:napoli')).body.state.pizzeria
      expect(menu).toMatchObject({ open: false, opensAt: from.toISOString() })
      const refused = await postOrder(server, orderBody({ total }))
      expect([codeOf(refused), refused.body.error.opensAt]).toEqual(['409 pizzeria.closed', from.toISOString()])
      const { order } = await placeOrder(server, { total, for: menu.opensAt })
      expect(order.state).toBe('scheduled')
      expect(Date.parse(order.promiseAt)).toBeGreaterThan(+from)
      const dark = new Date(+from + 5 * 3_600_000).toISOString()
      expect(codeOf(await postOrder(server, orderBody({ total, for: dark })))).toBe('422 order.time_invalid')
    } finally {
      settings({ hours: null })
      const again = new SQLite(server.databaseFile)
      again.prepare('UPDATE pizzerias SET timezone = ?').run(zone)
      again.close()
    }
  })
})

describe('what was promised', () => {
  it('[ORD-19] much later than was seen: asked again, and nothing is placed', async () => {
    const before = eventsWritten(server.databaseFile)
    const seen = (minutesAgo: number) => new Date(Date.now() + 15 * 60_000 - minutesAgo * 60_000).toISOString()
    const late = await postOrder(server, orderBody({ total, promise: seen(30) }))
    expect(codeOf(late)).toBe('409 order.promise_changed')
    expect(late.body.error.quote).toMatchObject({ total, promise: { at: expect.any(String) as unknown } })
    expect(eventsWritten(server.databaseFile)).toBe(before)
    expect((await postOrder(server, orderBody({ total, promise: seen(-10) }))).status).toBe(201)
  })

  it('[ORD-22] [ORD-23] [ORD-24] phone and name are kept as they are meant', async () => {
    const { order } = await placeOrder(server, {
      customer: { name: 'Mme \u202EDupont\u0000', phone: '06/12.34 56–78' },
    })
    const { orders } = (await snapshot(server, 'counter:napoli', staff)).body.state
    expect(orders.find(({ id }: { id: string }) => id === order.id).customer).toEqual({
      name: 'Mme Dupont',
      phone: '+33612345678',
    })
    const { entries } = (await snapshot(server, 'board:napoli')).body.state
    expect(entries.find(({ id }: { id: string }) => id === order.id)).toMatchObject({ name: 'Dupont' })
    expect(codeOf(await postOrder(server, orderBody({ total, customer: { name: 'Ada', phone: '.....---' } })))).toBe(
      '422 order.phone_invalid',
    )
    expect(codeOf(await postOrder(server, orderBody({ total, customer: { name: '\u200B' } })))).toBe(
      '400 request.invalid',
    )
  })

  it('[ORD-18] by hand: one for later waits for its yes too, and the promise starts again', async () => {
    settings({ acceptByHand: true })
    const later = new Date(Date.now() + 24 * 3_600_000).toISOString()
    const [now, scheduled] = [await placeOrder(server), await placeOrder(server, { for: later })]
    expect([now.order.state, scheduled.order.state]).toEqual(['pending', 'pending'])
    const database = new SQLite(server.databaseFile)
    database
      .prepare("UPDATE orders SET body = json_set(body, '$.promiseAt', ?) WHERE id = ?")
      .run('2020-01-01T00:00:00.000Z', now.order.id)
    database.close()
    const { order } = (await move(server, staff, now.order, 'queued')).body
    expect(order.state).toBe('queued')
    expect(Date.parse(order.promiseAt)).toBeGreaterThan(Date.now())
    expect((await move(server, staff, scheduled.order, 'queued')).body.order).toMatchObject({
      state: 'scheduled',
      queuedAt: null,
    })
    settings({ acceptByHand: false })
  })

  it('[ORD-20] nothing is promised after closing', async () => {
    // Open for the next ten minutes: the promise of a quarter of an hour falls behind them.
    const wall = (minutes: number) =>
      new Date(Date.now() + minutes * 60_000).toLocaleTimeString('en-GB', { timeZone: testTimezone }).slice(0, 5)
    settings({ hours: [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, from: wall(-60), to: wall(10) })) })
    expect(codeOf(await postOrder(server, orderBody({ total })))).toBe('409 pizzeria.last_orders')
    const { body } = await request(server, 'POST', '/api/pizzerias/napoli/quote', {
      body: { lines: orderBody().lines },
    })
    expect(body.error.code).toBe('pizzeria.last_orders')
    expect(Date.parse(body.error.opensAt as string)).toBeGreaterThan(Date.now() + 22 * 3_600_000)
    expect((await postOrder(server, orderBody({ total }), { cookie: staff })).status).toBe(201)
    settings({ hours: null })
  })
})
