import { describe, expect, it } from 'vitest'
import { changeLines } from '../../shared/order/amend.ts'
import { againOf } from '../../shared/order/again.ts'
import { priceLines } from '../../shared/menu/pricing.ts'
import { dueOf, owedOf, paidOf } from '../../shared/order/payments.ts'
import { buildLine, buildMenu, buildOrder } from '../support/build.ts'

const sold = (...lines: ReturnType<typeof buildLine>[]) => {
  const priced = priceLines(buildMenu(), lines)
  if (!priced.ok) throw new Error(priced.rejection.code)
  return priced.lines
}

describe('which lines stay', () => {
  it('[ORD-31] the same wish stays, in whatever order its toppings were tapped', () => {
    const before = sold(
      buildLine({ toppings: [{ topping: 'mushrooms' }, { topping: 'olives', half: 'left' }], remove: ['basil'] }),
      buildLine({ item: 'tiramisu', size: undefined }),
    )
    const again = before.map(againOf)
    const mixed = [
      { ...again[0]!, toppings: again[0]!.toppings.toReversed() },
      { ...again[1]!, size: undefined },
    ]
    expect(changeLines(before, mixed)).toEqual({
      kept: before.map((line) => ({ line, quantity: 1 })),
      added: [],
      struck: [],
    })
  })

  it('[ORD-31] fewer strike some, more are added, another note is another wish', () => {
    const before = sold(buildLine({ quantity: 3 }))
    const [line] = before
    expect(changeLines(before, [buildLine({ quantity: 1 })])).toMatchObject({
      kept: [{ quantity: 1 }],
      added: [],
      struck: [{ quantity: 2, total: 2 * line!.unitPrice }],
    })
    expect(changeLines(before, [buildLine({ quantity: 5 })])).toMatchObject({
      kept: [{ quantity: 3 }],
      added: [{ quantity: 2 }],
      struck: [],
    })
    expect(changeLines(before, [buildLine({ quantity: 3, note: 'well done' })])).toMatchObject({
      kept: [],
      added: [{ quantity: 3, note: 'well done' }],
      struck: [{ quantity: 3 }],
    })
  })

  it('[ORD-31] two equal lines are two lines: each is kept once', () => {
    const before = sold(buildLine(), buildLine())
    expect(changeLines(before, [buildLine()])).toMatchObject({ kept: [{ quantity: 1 }], struck: [{ quantity: 1 }] })
    expect(changeLines(before, [buildLine({ quantity: 2 })])).toMatchObject({
      kept: [{ quantity: 1 }, { quantity: 1 }],
      struck: [],
      added: [],
    })
  })
})

describe('money', () => {
  const fact = (kind: 'payment' | 'refund', amount: number) =>
    ({ id: 'x', kind, method: 'cash', amount, at: '2026-06-12T10:00:00.000Z', by: null }) as const

  it('[ORD-33] is the sum of its facts; an order of an earlier build says only whether it is paid', () => {
    const order = buildOrder({ total: 2000 })
    expect([paidOf(order), dueOf(order), owedOf(order)]).toEqual([0, 2000, 0])
    const old = { ...order, paid: true }
    expect([paidOf(old), dueOf(old), owedOf(old)]).toEqual([2000, 0, 0])
    expect(owedOf({ ...old, state: 'cancelled' })).toBe(2000)
    const parts = { ...order, payments: [fact('payment', 1500), fact('refund', 200)] }
    expect([paidOf(parts), dueOf(parts), owedOf(parts)]).toEqual([1300, 700, 0])
    expect(owedOf({ ...parts, total: 1000 })).toBe(300)
  })
})
