import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seedDemo } from '../../db/demo/seed.ts'
import type { Store } from '../../db/store.ts'
import { createFigures, readFigures } from '../../server/figures/figures.ts'
import { createLogger } from '../../server/ground/logger.ts'
import { readHistory } from '../../server/history/history.ts'
import { paymentMethods, type Payment } from '../../shared/order/money.ts'
import type { Order, OrderState } from '../../shared/order/order.ts'
import { dueOf, owedOf, paidOf } from '../../shared/order/payments.ts'
import { buildOrder } from '../support/build.ts'
import { seed } from '../support/seed.ts'
import { pizzeria, type OpenSubject, type Subject } from './store-suite.ts'

const [first, last] = ['2026-06-01', '2026-06-30']
const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0)

/** Past orders, and what they come to, on any adapter. */
export function figuresSuite(name: string, open: OpenSubject) {
  describe(`history and figures on ${name} (COMANDA_SEED=${seed})`, () => {
    let subject: Subject
    let store: Store
    let serial = 0
    const all = new Map<string, Order>()
    beforeAll(async () => {
      subject = await open({ lockWaitMs: 1000 })
      store = subject.store
      await store.write(null, (tx) => seedDemo(tx, 'hash'))
    })
    afterAll(() => subject.dispose())

    async function insert(over: Partial<Order>): Promise<Order> {
      serial += 1
      const order = buildOrder({ id: `o${serial}`, tracking: `t${serial}`, number: serial, ...over })
      await store.write(pizzeria, (tx) => tx.insertOrder(order, serial))
      all.set(order.id, order)
      return order
    }
    async function update(order: Order) {
      await store.write(pizzeria, (tx) => tx.updateOrder(all.get(order.id)!, order, serial))
      all.set(order.id, order)
    }
    const figures = (from = first, to = last) => readFigures({ store }, { pizzeria, from, to, language: 'en' })

    const day = fc.integer({ min: 1, max: 5 }).map((number) => `2026-06-0${number}`)
    const at = fc
      .integer({ min: -120, max: 240 })
      .map((minutes) => new Date(Date.parse('2026-06-03T18:00:00.000Z') + minutes * 60_000).toISOString())
    const payment = fc.record({
      id: fc.uuid(),
      kind: fc.constantFrom('payment' as const, 'refund' as const),
      method: fc.constantFrom(...paymentMethods),
      amount: fc.integer({ min: 1, max: 3000 }),
      at,
      by: fc.constant(null),
    })
    const states: OrderState[] = ['queued', 'ready', 'collected', 'cancelled', 'rejected', 'expired']
    const change = fc.record({
      which: fc.nat(),
      day,
      state: fc.constantFrom(...states),
      test: fc.boolean(),
      readyAt: fc.option(at),
      payments: fc.array(payment, { maxLength: 4 }),
      isNew: fc.boolean(),
      isRead: fc.boolean(),
    })
    /** Never more back than was paid. */
    function possible(payments: Payment[]) {
      let left = 0
      return payments.filter(({ kind, amount }) => {
        const after = left + (kind === 'payment' ? amount : -amount)
        if (after < 0) return false
        left = after
        return true
      })
    }

    it('[BKS-2] agree with orders and payments to the cent, whatever was changed in which order', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 25 }), async (changes) => {
          for (const { which, isNew, isRead, payments, ...over } of changes) {
            const some = [...all.values()]
            const set = { ...over, payments: possible(payments) }
            if (isNew || some.length === 0) await insert(set)
            else {
              const order = some[which % some.length]!
              await update({ ...order, ...set, test: order.test })
            }
            // What was kept half-way must not stay.
            if (isRead) await figures()
          }
          const real = [...all.values()].filter(({ test }) => !test)
          const sold = real.filter(({ state }) => state !== 'cancelled' && state !== 'rejected')
          const report = await figures()
          expect(report.orders).toBe(sold.length)
          expect(report.cancelled.orders).toBe(real.length - sold.length)
          expect(report.money).toMatchObject({
            sold: sum(sold.map(({ total }) => total)),
            received: sum(real.map(paidOf)),
            due: sum(real.map(dueOf)),
            owed: sum(real.map(owedOf)),
          })
          const { money } = report
          expect(money.received + money.due - money.owed).toBe(money.sold)
          expect(sum(money.methods.map(({ paid, returned }) => paid - returned))).toBe(money.received)
          expect(sum(money.vat.map(({ sold }) => sold))).toBe(money.sold)
          expect(sum(report.days.map(({ sold }) => sold))).toBe(money.sold)
          expect(sum(report.quarters.map(({ orders }) => orders))).toBe(report.orders)
          expect(sum(report.quarters.map(({ pizzas }) => pizzas))).toBe(report.pizzas)
          expect(report.promises.kept + report.promises.late).toBe(sold.filter(({ readyAt }) => readyAt).length)
          // Read again, from what was kept.
          expect(await figures()).toEqual(report)
        }),
        { seed, numRuns: 20, endOnFailure: true },
      )
    })

    it('[BKS-3] are made for past days before anybody asks, and anew for a day that was changed', async () => {
      const old = await insert({ day: '2026-01-15', state: 'collected' })
      const clockwork = createFigures({
        store,
        clock: () => Date.parse('2026-12-01'),
        life: { phase: 'serving' },
        logger: createLogger('silent'),
      })
      const kept = async () => (await store.read((tx) => tx.days(pizzeria, '2026-01-15', '2026-01-15')))[0]
      await clockwork.foldPast()
      expect(await kept()).toMatchObject({ isFresh: true, figures: { orders: 1 } })
      await update({ ...old, state: 'cancelled' })
      expect(await kept()).toMatchObject({ isFresh: false })
      await clockwork.foldPast()
      expect(await kept()).toMatchObject({ isFresh: true, figures: { orders: 0, cancelled: [{ order: old.id }] } })
    })

    it('[BKS-3] keep nothing that was read before a change', async () => {
      const order = await insert({ day: '2026-02-01' })
      const begun = await store.write(pizzeria, (tx) => tx.beginDay(pizzeria, '2026-02-01'))
      await update({ ...order, state: 'cancelled' })
      const { emptyDay } = await import('../../shared/figures/day.ts')
      await store.write(pizzeria, (tx) => tx.keepDay(pizzeria, '2026-02-01', begun!, emptyDay()))
      expect((await store.read((tx) => tx.days(pizzeria, '2026-02-01', '2026-02-01')))[0]).toMatchObject({
        isFresh: false,
      })
      expect((await figures('2026-02-01', '2026-02-01')).cancelled.orders).toBe(1)
    })

    it('[BKS-1] list past orders by the page, the newest first, each once', async () => {
      const made: Order[] = []
      for (let index = 0; index < 30; index++)
        made.push(
          await insert({
            day: `2026-03-${index < 20 ? '01' : '02'}`,
            // Some of the same moment.
            placedAt: new Date(Date.parse('2027-03-01T18:00:00.000Z') + Math.floor(index / 3) * 60_000).toISOString(),
            customer: index % 2 ? { name: 'Zoé Ängström', phone: '+33687654321' } : { name: 'Bo', phone: null },
          }),
        )
      await insert({ day: '2026-03-01', test: true, placedAt: '2027-03-01T20:00:00.000Z' })
      async function listed(query: string, day?: string) {
        const ids: string[] = []
        for (let before: string | null | undefined; before !== null;) {
          const [placedAt, id] = before?.split('.') ?? []
          const page = await readHistory(
            { store },
            { pizzeria, query, day, limit: 7, before: id ? { placedAt: Number(placedAt), id } : undefined },
          )
          ids.push(...page.orders.map((order) => order.id))
          before = page.before
        }
        return ids
      }
      const newest = made
        .toSorted((a, b) => b.placedAt.localeCompare(a.placedAt) || (a.id < b.id ? 1 : -1))
        .map(({ id }) => id)
      const isZoe = (id: string) => all.get(id)!.customer.name.startsWith('Z')
      expect((await listed('')).slice(0, 30)).toEqual(newest)
      expect(new Set(await listed('')).size).toBe([...all.values()].filter(({ test }) => !test).length)
      expect(await listed('', '2026-03-02')).toEqual(newest.filter((id) => all.get(id)!.day === '2026-03-02'))
      for (const query of ['angstrom', 'zoe', 'Zoé Ä', '06 87 65 43 21', '+33 687654321', '87654321'])
        expect([query, await listed(query)]).toEqual([query, newest.filter(isZoe)])
      expect(await listed('zoe', '2026-03-01')).toEqual(
        newest.filter((id) => isZoe(id) && all.get(id)!.day === '2026-03-01'),
      )
      expect(await listed(`#${made[4]!.number}`)).toEqual([made[4]!.id])
      expect(await listed('nobody')).toEqual([])
    })
  })
}
