import { afterAll, describe, expect, it } from 'vitest'
import type { Report } from '../../shared/figures/report.ts'
import type { OrderLife, PastOrders } from '../../shared/order/history.ts'
import type { Order } from '../../shared/order/order.ts'
import { dueOf, owedOf, paidOf } from '../../shared/order/payments.ts'
import { loopHeld, watchLoop } from '../support/loop-held.ts'
import { line, move, placeOrder, request, signIn, snapshot } from '../support/orders.ts'
import { randomFrom, seed } from '../support/seed.ts'
import { startServer } from '../support/server.ts'
import { cpuMs, eventually, long, openDatabase } from '../support/watching.ts'

const server = await startServer({ env: { COMANDA_LOG: 'warn' }, ...watchLoop })
afterAll(() => server.stop())
const manager = await signIn(server)
const post = (path: string, body: unknown) => request(server, 'POST', path, { body, cookie: manager })
const path = '/api/pizzerias/napoli'
const get = async <Body>(what: string) =>
  (await request<Body>(server, 'GET', `${path}/${what}`, { cookie: manager })).body
const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0)
const allOrders = async () => (await snapshot(server, 'counter:napoli', manager)).body.state.orders as Order[]

describe('an evening over HTTP', () => {
  it(`[BKS-2] figures agree with its orders and payments to the cent (COMANDA_SEED=${seed})`, async () => {
    const next = randomFrom(seed)
    const pick = <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)]!
    const steps: ((order: Order) => Promise<unknown>)[] = [
      (order) => move(server, manager, order, 'ready'),
      (order) => move(server, manager, order, 'collected', { confirmUnpaid: true }),
      (order) => move(server, manager, order, 'cancelled', { reason: 'spilt' }),
      ({ id, version }) =>
        post(`/api/orders/${id}/pay`, { paid: pick([true, false]), ifVersion: version, method: 'card' }),
      ({ id, version }) =>
        post(`/api/orders/${id}/payments`, {
          ifVersion: version,
          kind: pick(['payment', 'refund']),
          method: pick(['cash', 'card', 'voucher', 'other']),
          amount: 1 + Math.floor(next() * 900),
        }),
      ({ id, version, lines }) =>
        post(`/api/orders/${id}/amend`, {
          ifVersion: version,
          lines: [line({ quantity: 2 })],
          total: 2 * lines[0]!.unitPrice,
        }),
      ({ id, version }) => post(`/api/orders/${id}/moves`, { undo: true, ifVersion: version }),
    ]
    for (let index = 0; index < 25; index++)
      await placeOrder(server, { lines: [line({ quantity: 1 + Math.floor(next() * 3) })] }, { cookie: manager })
    await placeOrder(server, { test: true }, { cookie: manager })
    for (let index = 0; index < 100; index++) {
      await pick(steps)(pick(await allOrders()))
      // What is kept half-way must not stay.
      if (index === 50) await get('figures?from=2020-01-01&to=2020-01-31')
    }

    const orders = (await allOrders()).filter(({ test }) => !test)
    const days = orders.map(({ day }) => day).sort()
    const report = await get<Report>(`figures?from=${days[0]}&to=${days.at(-1)}`)
    const isOff = ({ state }: Order) => state === 'cancelled' || state === 'rejected'
    expect(report.money).toMatchObject({
      sold: sum(orders.filter((order) => !isOff(order)).map(({ total }) => total)),
      received: sum(orders.map(paidOf)),
      due: sum(orders.map(dueOf)),
      owed: sum(orders.map(owedOf)),
    })
    const owed = await get<{ owed: number }[]>('owed')
    expect(sum(owed.map((one) => one.owed))).toBe(report.money.owed)
    expect(report.orders).toBe(orders.filter((order) => !isOff(order)).length)
    expect(report.cancelled.orders).toBe(orders.filter(isOff).length)
    expect(report.cancelled.by.every(({ name }) => name === 'Nonna Rosa')).toBe(true)
    expect(sum(report.quarters.map((one) => one.orders))).toBe(report.orders)
  })

  it('[BKS-4] has each table as CSV', async () => {
    const answer = await request(
      server,
      'GET',
      `${path}/figures?from=2020-01-01&to=2030-01-01&format=csv&table=methods`,
      {
        cookie: manager,
      },
    )
    expect(answer.status).toBe(400)
    const today = new Date().toISOString().slice(0, 10)
    const csv = await request(server, 'GET', `${path}/figures?from=${today}&to=${today}&format=csv&table=days`, {
      cookie: manager,
    })
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(csv.headers.get('content-disposition')).toContain(`napoli-days-${today}-${today}.csv`)
    expect(csv.body).toMatch(/^\uFEFF?day,orders,pizzas,sold\r\n/)
  })

  it('[BKS-1] an order is found by what is known of it, with its life and who lived it', async () => {
    const { order } = await placeOrder(server, { customer: { name: 'Zoé Ängström', phone: '06 99 88 77 66' } })
    await move(server, manager, order, 'ready')
    for (const query of [String(order.number), 'angstrom', '0699887766', '+33 6 99 88 77 66']) {
      const { orders } = await get<PastOrders>(`history?query=${encodeURIComponent(query)}`)
      expect(orders.map(({ id }) => id)).toContain(order.id)
    }
    const life = await get<OrderLife>(`history/${order.id}`)
    expect(life).toMatchObject({ isWhole: true, order: { id: order.id, state: 'ready' } })
    expect(life.steps.map(({ state, actor, by }) => [state, actor, by?.name])).toEqual([
      ['queued', 'customer', undefined],
      ['ready', 'manager', 'Nonna Rosa'],
    ])
  })
})

describe('a year', () => {
  const [days, perDay] = long ? [365, 548] : [365, 20]

  /** Copies of an order, spread over the days before this year's orders. */
  function fillYear() {
    const database = openDatabase(server.databaseFile)
    database.run(
      `with recursive n(i) as (select 0 union all select i + 1 from n where i < ? - 1),
        made as (
          select i, 'y' || i as id, date('2025-01-01', '+' || (i / ?) || ' days') as day, 1000 + i % ? as number,
            unixepoch(date('2025-01-01', '+' || (i / ?) || ' days')) * 1000 + 36000000 + (i % ?) * 60000 as at from n)
       insert or ignore into orders (id, pizzeria, tracking, day, number, test, state, pizzas, promise_at, placed_at,
         updated_at, position, owed, people, body)
       select made.id, pizzeria, made.id, made.day, made.number, false, 'collected', pizzas, made.at, made.at, made.at,
         position, 0, true,
         json_set(json_remove(body, '$.payments'), '$.id', made.id, '$.tracking', made.id, '$.day', made.day, '$.state',
           'collected', '$.number', made.number, '$.paid', json('true'), '$.test', json('false'), '$.placedAt',
           strftime('%Y-%m-%dT%H:%M:%fZ', made.at / 1000, 'unixepoch'), '$.readyAt',
           strftime('%Y-%m-%dT%H:%M:%fZ', made.at / 1000 + 300 + made.i % 900, 'unixepoch'))
       from made, (select * from orders where test = false order by placed_at limit 1)`,
      days * perDay,
      perDay,
      perDay,
      perDay,
      perDay,
    )
    database.close()
  }

  /**
   * The year's report, and how long it took, ms: by the clock, or in the server's own time where a busy machine makes
   * the server wait.
   */
  async function ask(): Promise<[Report, number]> {
    const [from, used] = [performance.now(), cpuMs(server.pid)]
    const report = await get<Report>('figures?from=2025-01-01&to=2025-12-31')
    return [report, Math.min(performance.now() - from, cpuMs(server.pid) - used)]
  }

  it(
    `[BKS-3] of ${days * perDay} orders is read in 300 ms, and nobody waits for it`,
    { timeout: 180_000 },
    async () => {
      fillYear()
      // It took so long that the server has hung up meanwhile.
      await eventually(() => get('owed'))
      // Nobody has added it up yet: no request waits for all of it, and it is whole in the end.
      async function addUp() {
        const waits: number[] = []
        const first = await eventually(async () => {
          const [report, ms] = await ask()
          waits.push(ms)
          expect(report.missing).toBe(0)
          return report
        }, 60_000)
        return { first, firstMs: Math.max(...waits) }
      }
      const maxMs = long ? 300 : 600
      let { first, firstMs } = await addUp()
      // Once is the machine, which others use too; a server that lets people wait does so each time.
      for (let again = 0; again < 3 && firstMs >= maxMs; again++) {
        const database = openDatabase(server.databaseFile)
        database.run("delete from days where day < '2026'")
        database.close()
        ;({ first, firstMs } = await addUp())
      }
      expect(firstMs).toBeLessThan(maxMs)
      expect(first.orders).toBe(days * perDay)
      expect(first.days).toHaveLength(days)
      expect(first.money.received).toBe(first.money.sold)
      expect(first.waits).toMatchObject({ orders: days * perDay, median: expect.any(Number) })

      // Now it is kept.
      await loopHeld(server)
      const times: number[] = []
      for (let index = 0; index < 5; index++) {
        const [report, ms] = await ask()
        expect(report).toEqual(first)
        times.push(ms)
      }
      const held = await loopHeld(server)
      const median = times.sort((a, b) => a - b)[2]!
      if (long) console.log({ firstMs, times, held })
      expect(median).toBeLessThan(300)
      // In the server's own time: how long others really waited, whatever else the machine does.
      expect(held.cpuMs, 'ms of one synchronous section').toBeLessThan(50)
    },
  )

  it('[BKS-3] is made by the clockwork after a start, before anybody asks', { timeout: 60_000 }, async () => {
    const database = openDatabase(server.databaseFile)
    database.run('delete from days')
    await server.restart()
    const kept = () =>
      database.all<{ count: number }>("select count(*) as count from days where day < '2026'")[0]!.count
    await eventually(() => expect(kept()).toBe(days), 50_000)
    database.close()
  })
})
