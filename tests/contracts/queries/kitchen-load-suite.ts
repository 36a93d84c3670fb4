import fc from 'fast-check'
import { expect, it } from 'vitest'
import { grainOf } from '../../../shared/menu/quote.ts'
import { priceLines } from '../../../shared/menu/pricing.ts'
import { orderStates, type Order } from '../../../shared/order/order.ts'
import { buildLine, buildMenu, buildOrder, later } from '../../support/build.ts'
import { seed } from '../../support/seed.ts'
import { newEvent, pizzeria } from '../store-suite.ts'
import { ms, type Asked } from './asked.ts'

export function kitchenLoadQueriesSuite({ store, reopen, newOrder, insert }: Asked) {
  it('[ORD-44] count what the kitchen makes before an order, by promise and then arrival', async () => {
    const mine = await insert({ state: 'queued', promiseAt: later(30), placedAt: later(5) })
    const pizzas = mine.lines[0]!.quantity
    expect(await store.read((tx) => tx.ahead(mine))).toEqual({ orders: 0, pizzas: 0 })
    await insert({ state: 'baking', promiseAt: later(20), placedAt: later(9) })
    await insert({ state: 'making', promiseAt: later(30), placedAt: later(4) })
    // Later, placed later for the same time, not in the kitchen any more or yet, or made up.
    await insert({ state: 'queued', promiseAt: later(35), placedAt: later(1) })
    await insert({ state: 'queued', promiseAt: later(30), placedAt: later(6) })
    await insert({ state: 'ready', promiseAt: later(10), placedAt: later(1) })
    await insert({ state: 'scheduled', promiseAt: later(10), placedAt: later(1) })
    await insert({ state: 'queued', promiseAt: later(10), placedAt: later(1), test: true })
    expect(await store.read((tx) => tx.ahead(mine))).toEqual({ orders: 2, pizzas: 2 * pizzas })
  })

  it('[ORD-8] keep the load as the orders make it, whatever is placed, changed and written beside', async () => {
    // The witness reads the orders each time, because it has written nothing itself.
    const [other, witness] = [await reopen(), await reopen()]
    const change = fc.record({
      which: fc.nat(),
      isNew: fc.boolean(),
      quantity: fc.integer({ min: 1, max: 5 }),
      state: fc.constantFrom(...orderStates),
      minutes: fc.integer({ min: 0, max: 3 }),
      /** Events that change no order, before its own and after it. */
      beside: fc.record({ before: fc.integer({ min: 0, max: 2 }), after: fc.integer({ min: 0, max: 2 }) }),
      /** By another node, which the first does not hear of. */
      elsewhere: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
        const all: Order[] = []
        for (const { which, isNew, quantity, state, minutes, beside, elsewhere } of changes) {
          const priced = priceLines(buildMenu(), [buildLine({ quantity })])
          if (!priced.ok) throw new Error(priced.rejection.code)
          const over = { state, lines: priced.lines, promiseAt: later(minutes * 4) }
          const position = await (elsewhere ? other : store).write(pizzeria, async (tx) => {
            for (let more = beside.before; more > 0; more--) await tx.append(newEvent())
            const { position } = await tx.append(newEvent())
            const head = position + beside.after
            for (let more = beside.after; more > 0; more--) await tx.append(newEvent())
            const before = all[which % Math.max(1, all.length)]
            const after = before && !isNew ? buildOrder({ ...before, ...over }) : newOrder(over)
            if (before && !isNew) await tx.updateOrder(before, after, position)
            else await tx.insertOrder(after, position)
            if (before && !isNew) all[all.indexOf(before)] = after
            else all.push(after)
            // Now and then somebody asks while it is kept.
            await tx.load({ id: pizzeria, position: head })
            return head
          })
          const [kept, read] = [
            await store.write(pizzeria, (tx) => tx.load({ id: pizzeria, position })),
            await witness.read((tx) => tx.load({ id: pizzeria, position })),
          ]
          expect(kept).toEqual(read)
        }
      }),
      { seed, numRuns: 15, endOnFailure: true },
    )
    await Promise.all([other.close(), witness.close()])
  })

  it('[ORD-8] count the promised pizzas by five minutes, and those ahead', async () => {
    const priced = priceLines(buildMenu(), [
      buildLine({ quantity: 3 }),
      buildLine({ item: 'tiramisu', size: undefined, quantity: 2 }),
    ])
    if (!priced.ok) throw new Error(priced.rejection.code)
    for (const state of ['queued', 'making', 'scheduled', 'ready', 'cancelled'] as const)
      await insert({ state, promiseAt: later(37), lines: priced.lines })
    await insert({ state: 'baking', promiseAt: later(50), lines: priced.lines })
    expect(await store.read((tx) => tx.load({ id: pizzeria, position: 1 }))).toEqual({
      position: 1,
      promised: new Map([
        [grainOf(ms(later(37))), 9],
        [grainOf(ms(later(50))), 3],
      ]),
      pizzasAhead: 9,
    })
    expect(await store.read((tx) => tx.load({ id: 'roma', position: 0 }))).toEqual({
      position: 0,
      promised: new Map(),
      pizzasAhead: 0,
    })
  })
}
