import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kitchenRate, promise, slotMs, slotOf, type KitchenSettings, type Load } from '../../shared/menu/quote.ts'
import { seed } from '../support/seed.ts'

const minute = 60_000
const noon = Date.parse('2026-06-12T10:00:00Z')
/** 56 pizzas an hour by hand, 80 by oven: the hands decide. */
const kitchen: KitchenSettings = {
  makers: 2,
  ovenSlots: 6,
  bakeSeconds: 240,
  reloadSeconds: 30,
  baseMinutes: 15,
  pizzasPerSlot: 14,
  leadMinutes: 25,
}
const load = (over: Partial<Load> = {}): Load => ({
  now: noon,
  pizzasAhead: 0,
  pizzas: 1,
  busyMinutes: 0,
  promised: new Map(),
  ...over,
})
const minutes = (over: Partial<Load> = {}, with_ = kitchen) => (promise(with_, load(over)).at - noon) / minute
const slot = (after: number) => slotOf(noon + after * minute)

describe('the promise', () => {
  it('[ORD-8] follows the rate of the slower of hands and oven', () => {
    expect(kitchenRate(kitchen)).toBe(56)
    expect(kitchenRate({ ...kitchen, ovenSlots: 3 })).toBe(40)
  })

  it('[ORD-8] is the base time when nothing waits, rounded up to 5 minutes', () => {
    expect(promise(kitchen, load())).toEqual({ at: noon + 15 * minute, because: 'base' })
    expect(promise(kitchen, load({ now: noon + 1 })).at).toBe(noon + 20 * minute)
  })

  it("[ORD-8] is the queue's time when that is longer, including this order", () => {
    expect(promise(kitchen, load({ pizzasAhead: 27 }))).toEqual({ at: noon + 30 * minute, because: 'queue' })
    expect(minutes({ pizzasAhead: 28 })).toBe(35)
    expect(minutes({ pizzasAhead: 13 })).toBe(15)
  })

  it('[ORD-8] adds the busy minutes to either', () => {
    expect(promise(kitchen, load({ busyMinutes: 20 }))).toEqual({ at: noon + 35 * minute, because: 'busy' })
    expect(minutes({ busyMinutes: 20, pizzasAhead: 27 })).toBe(50)
  })

  it('[ORD-8] moves to the first quarter hour with room', () => {
    expect(promise(kitchen, load({ promised: new Map([[slot(15), 14]]) }))).toEqual({
      at: noon + 30 * minute,
      because: 'slot',
    })
    expect(
      minutes({
        promised: new Map([
          [slot(15), 14],
          [slot(30), 13],
        ]),
        pizzas: 2,
      }),
    ).toBe(45)
    expect(minutes({ promised: new Map([[slot(15), 12]]), pizzas: 2 })).toBe(15)
  })

  it('[ORD-8] an order without pizzas waits for no slot, one larger than a slot for an empty one', () => {
    expect(minutes({ promised: new Map([[slot(15), 14]]), pizzas: 0 })).toBe(15)
    expect(
      minutes({
        pizzas: 20,
        promised: new Map([
          [slot(15), 1],
          [slot(30), 1],
        ]),
      }),
    ).toBe(45)
  })

  it('[ORD-8] a requested time is kept where there is room, and is never sooner than the kitchen can', () => {
    const asked = (after: number, over: Partial<Load> = {}) =>
      promise(kitchen, load({ notBefore: noon + after * minute, ...over }))
    expect(asked(120)).toEqual({ at: noon + 120 * minute, because: 'base' })
    expect(asked(121).at).toBe(noon + 125 * minute)
    expect(asked(5)).toEqual({ at: noon + 15 * minute, because: 'base' })
    expect(asked(120, { promised: new Map([[slot(120), 14]]) })).toEqual({ at: noon + 135 * minute, because: 'slot' })
  })

  it(
    '[ORD-8] is never before what it must wait for, is on five minutes, and never overfills a ' +
      `quarter (COMANDA_SEED=${seed})`,
    () => {
      const anyLoad = fc.record({
        pizzasAhead: fc.nat(80),
        pizzas: fc.nat(30),
        busyMinutes: fc.nat(60),
        now: fc.integer({ min: noon, max: noon + 3_600_000 }),
        notBefore: fc.option(fc.integer({ min: noon, max: noon + 86_400_000 }), { nil: undefined }),
        promised: fc
          .array(fc.tuple(fc.nat(20), fc.nat(16)))
          .map((slots) => new Map(slots.map(([after, pizzas]) => [slotOf(noon) + after * slotMs, pizzas]))),
      })
      fc.assert(
        fc.property(anyLoad, (given) => {
          const { at } = promise(kitchen, given)
          const queue = ((given.pizzasAhead + given.pizzas) / kitchenRate(kitchen)) * 60
          expect(at).toBeGreaterThanOrEqual(
            given.now + Math.max(kitchen.baseMinutes, queue) * minute + given.busyMinutes * minute,
          )
          expect(at).toBeGreaterThanOrEqual(given.notBefore ?? 0)
          expect(at % (5 * minute)).toBe(0)
          const taken = given.promised.get(slotOf(at)) ?? 0
          if (given.pizzas > 0 && taken > 0) expect(taken + given.pizzas).toBeLessThanOrEqual(kitchen.pizzasPerSlot)
        }),
        { seed, numRuns: 500 },
      )
    },
  )
})
