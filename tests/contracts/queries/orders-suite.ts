import { expect, it } from 'vitest'
import { later } from '../../support/build.ts'
import { pizzeria } from '../store-suite.ts'
import { ids, ms, type Asked } from './asked.ts'

export function orderQueriesSuite({ store, insert }: Asked) {
  it('[LOG-1] return an order as it was written, by its id and by its key', async () => {
    const order = await insert({ note: '🍕 no nuts', shownAt: later(1) })
    expect(await store.read((tx) => tx.order(order.id))).toEqual(order)
    expect(await store.read((tx) => tx.orderByTracking(order.tracking))).toEqual(order)
    expect(await store.read((tx) => tx.order('nobody'))).toBe(undefined)
    const moved = { ...order, state: 'making' as const, version: 4 }
    await store.write(pizzeria, (tx) => tx.updateOrder(order, moved, 2))
    expect(await store.read((tx) => tx.order(order.id))).toEqual(moved)
  })

  it('[ORD-9] refuse the same number twice in one day', async () => {
    const first = await insert({ day: '2026-06-13' })
    await expect(insert({ day: '2026-06-13', number: first.number })).rejects.toThrow()
  })

  it('[ORD-9] continue the numbers of each day from what is there; a rehearsal has its own', async () => {
    const next = (days: string[], test = false) => store.write(pizzeria, (tx) => tx.nextNumber(pizzeria, days, test))
    await insert({ day: '2027-01-01', number: 7 })
    expect([await next(['2027-01-01']), await next(['2027-01-01']), await next(['2027-01-02'])]).toEqual([8, 9, 1])
    expect(await next(['2027-01-02', '2027-01-01'])).toBe(10)
    expect([await next(['2027-01-02']), await next(['2027-01-01'])]).toEqual([11, 11])
    expect([await next(['2027-01-01'], true), await next(['2027-01-01'], true)]).toEqual([1, 2])
    const rehearsed = await insert({ day: '2027-01-01', number: 7, test: true })
    expect(await store.read((tx) => tx.order(rehearsed.id))).toEqual(rehearsed)
  })

  it(
    '[STR-2] find orders by state, and those of other states while they are recent, oldest promise ' + 'first',
    async () => {
      const second = await insert({ state: 'making', promiseAt: later(40) })
      const first = await insert({ state: 'queued', promiseAt: later(30) })
      const recent = await insert({ state: 'cancelled', updatedAt: later(10), promiseAt: later(50) })
      await insert({ state: 'cancelled', updatedAt: later(5) })
      expect(
        ids(await store.read((tx) => tx.ordersIn(pizzeria, ['queued', 'making'], ['cancelled'], ms(later(10))))),
      ).toEqual([first.id, second.id, recent.id])
      expect(await store.read((tx) => tx.ordersIn('roma', ['queued']))).toEqual([])
      expect(await store.read((tx) => tx.ordersIn(pizzeria, []))).toEqual([])
    },
  )

  it('[BDG-3] know which waiting orders nobody has answered since a time, the oldest first', async () => {
    const [old, older] = [
      await insert({ state: 'pending', updatedAt: later(2) }),
      await insert({ state: 'pending', updatedAt: later(1) }),
    ]
    await insert({ state: 'rejected', updatedAt: later(1) })
    await insert({ state: 'pending', updatedAt: later(9) })
    const since = (before: string, limit: number) =>
      store.read(async (tx) => ids(await tx.pendingSince(ms(before), limit)))
    expect(await since(later(9), 5)).toEqual([older.id, old.id])
    expect(await since(later(9), 1)).toEqual([older.id])
  })

  it('[ORD-8] find scheduled orders that are due', async () => {
    const due = await insert({ state: 'scheduled', promiseAt: later(60) })
    await insert({ state: 'scheduled', promiseAt: later(90) })
    expect(ids(await store.read((tx) => tx.dueScheduled(ms(later(60)))))).toEqual([due.id])
  })
}
