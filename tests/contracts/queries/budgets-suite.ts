import { expect, it } from 'vitest'
import { later, noon } from '../../support/build.ts'
import { pizzeria } from '../store-suite.ts'
import { ms, type Asked } from './asked.ts'

export function budgetQueriesSuite({ store, insert }: Asked) {
  it('[BDG-3] know the pizzerias in whose queue an order is that was held', async () => {
    const [queued, waiting] = [await insert({}), await insert({ state: 'pending' })]
    const who = 'address:192.0.2.1'
    const trusted = { pizzeria, who, first: true, pizzas: 1, later: false, at: ms(noon), until: ms(later(60)) }
    await store.write(pizzeria, async (tx) => {
      await tx.insertTrust({ ...trusted, order: queued.id, state: 'open' })
      await tx.insertTrust({ ...trusted, order: waiting.id, state: 'held' })
    })
    const held = () => store.read((tx) => tx.withHeldInQueue())
    expect(await held()).toEqual([])
    await store.write(pizzeria, (tx) => tx.holdTrust(pizzeria, who, ms(noon) - 1, ms(later(60))))
    expect(await held()).toEqual([pizzeria])
  })
}
