import { expect, it } from 'vitest'
import { later, noon } from '../../support/build.ts'
import { pizzeria } from '../store-suite.ts'
import { ids, ms, type Asked } from './asked.ts'

export function shownQueriesSuite({ store, insert }: Asked) {
  it('[DSP-2] know which orders no screen has proved to show, and how far each has escalated', async () => {
    const order = await insert({ queuedAt: later(0) })
    await insert({ queuedAt: later(0), shownAt: later(1) })
    await insert({ queuedAt: later(0), state: 'making' })
    const unseen = (before: string, level: number) =>
      store.read(async (tx) => ids(await tx.unseenSince(ms(before), level, 2)))
    expect(await unseen(later(-1), 1)).toEqual([])
    expect(await unseen(later(0), 1)).toEqual([order.id])
    await store.write(pizzeria, (tx) => tx.markUnseen(order.id, 1))
    expect([await unseen(later(0), 1), await unseen(later(0), 2)]).toEqual([[], [order.id]])
    const [younger, youngest] = [await insert({ queuedAt: later(2) }), await insert({ queuedAt: later(3) })]
    expect(await unseen(later(3), 1)).toEqual([younger.id, youngest.id])
    expect(await unseen(later(3), 2)).toEqual([order.id, younger.id])
    expect(await store.read((tx) => tx.unseen(pizzeria))).toEqual([{ id: order.id, level: 1, since: ms(noon) }])
  })

  it('[DSP-1] mark orders as shown up to a position, and keep their version and position', async () => {
    const [early, late] = [await insert({}, 5), await insert({ state: 'baking' }, 9)]
    expect(ids(await store.read((tx) => tx.notShownUpTo(pizzeria, 8)))).toEqual([early.id])
    await store.write(pizzeria, (tx) => tx.markShown(early, ms(later(1))))
    expect(await store.read((tx) => tx.order(early.id))).toEqual({ ...early, shownAt: later(1) })
    expect(ids(await store.read((tx) => tx.notShownUpTo(pizzeria, 9)))).toEqual([late.id])
  })

  it('[DSP-4] note what was painted of an order until it counts as shown; its version stays', async () => {
    const [order, other] = [await insert({}), await insert({})]
    await insert({ state: 'ready' })
    const among = (all: string[]) => store.read((tx) => tx.notShownAmong(pizzeria, all))
    expect(await among([order.id, 'unknown'])).toEqual([{ order, painted: [] }])
    await store.write(pizzeria, (tx) => tx.notePainted(order.id, ['pizza/classics']))
    expect(await among([order.id])).toEqual([{ order, painted: ['pizza/classics'] }])
    await store.write(pizzeria, (tx) => tx.markShown(order, ms(later(1))))
    expect((await among([order.id, other.id])).map((one) => one.order.id)).toEqual([other.id])
    expect(await store.read((tx) => tx.notShownAmong('roma', [other.id]))).toEqual([])
  })
}
