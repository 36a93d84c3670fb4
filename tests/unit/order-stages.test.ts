import { describe, expect, it } from 'vitest'
import { againOf } from '#shared/order/again'
import { stagesOf } from '#shared/order/stages'
import type { orderStates } from '#shared/order/order'
import { lineInput } from '#shared/menu/line'
import { priceLine } from '#shared/menu/pricing'
import { napoliMenu } from '../support/napoli'

const states = (state: (typeof orderStates)[number]) => stagesOf({ state }).map((one) => one.state)

describe('what a customer is told', () => {
  it('never shows as started what nobody has started', () => {
    expect(states('queued')).toEqual(['now', 'open', 'open', 'open'])
    expect(states('scheduled')).toEqual(['now', 'open', 'open', 'open'])
  })

  it('shows steps that nobody reported as skipped, not as done', () => {
    expect(states('ready')).toEqual(['done', 'skipped', 'skipped', 'now'])
    expect(states('baking')).toEqual(['done', 'skipped', 'now', 'open'])
  })

  it('has no progress to show for an order that ended otherwise', () => {
    for (const state of ['cancelled', 'rejected', 'expired'] as const) expect(states(state)).toEqual([])
  })
})

it('orders the same again', () => {
  const wish = lineInput.parse({
    item: 'margherita',
    size: 'large',
    half: 'diavola',
    quantity: 2,
    remove: ['basil'],
    note: 'well done',
    toppings: [
      { topping: 'olives', half: 'right', amount: 'extra' },
      { topping: 'mozzarella', half: 'left', amount: 'none' },
    ],
  })
  const sold = priceLine(napoliMenu(), wish)
  if ('code' in sold) throw new Error(sold.code)
  expect(againOf(sold)).toEqual(wish)
})
