import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inShare, paints, prove, shares, standsIn, stations, wholeDuty, type Duty } from '../../shared/order/duty.ts'
import { decide, type Decision } from '../../shared/order/decide.ts'
import type { Order } from '../../shared/order/order.ts'
import { buildLine, buildOrder, later } from '../support/build.ts'
import { seed } from '../support/seed.ts'

const pizza = { kind: 'pizza', category: 'classics' } as const
const white = { kind: 'pizza', category: 'white' } as const
const salad = { kind: 'side', category: 'salads' } as const
const cola = { kind: 'drink', category: 'drinks' } as const
const at = (duty: Partial<Duty>): Duty => ({ ...wholeDuty, ...duty })
const [oven, bar] = [at({ station: 'pizza' }), at({ station: 'sides' })]

const lines = fc.array(fc.constantFrom(pizza, white, salad, cola), { minLength: 1, maxLength: 6 })
const duties = fc.array(
  fc.record({
    station: fc.constantFrom(...stations),
    share: fc.constantFrom(...shares),
    categories: fc.subarray(['classics', 'white', 'salads', 'drinks']),
  }),
  { maxLength: 4 },
)

describe('what a screen is responsible for', () => {
  it('[KIT-19] is the pizzas at one station and everything else at the other, of its categories', () => {
    expect([pizza, salad, cola].map((line) => paints(oven, line))).toEqual([true, false, false])
    expect([pizza, salad, cola].map((line) => paints(bar, line))).toEqual([false, true, true])
    expect([pizza, white, cola].map((line) => paints(at({ categories: ['white', 'drinks'] }), line))).toEqual([
      false,
      true,
      true,
    ])
    fc.assert(
      fc.property(fc.constantFrom(pizza, white, salad, cola), (line) => paints(oven, line) !== paints(bar, line)),
      { seed },
    )
  })

  it('[KIT-19] is every other number where two screens share: each number belongs to one of them', () => {
    expect([41, 42].map((number) => inShare('odd', number))).toEqual([true, false])
    fc.assert(
      fc.property(fc.nat(), (number) => inShare('odd', number) !== inShare('even', number) && inShare('all', number)),
      { seed },
    )
  })

  it('[KIT-20] includes the other share when no living screen is responsible for it', () => {
    const [odd, even] = [at({ share: 'odd' }), at({ share: 'even' })]
    expect(standsIn(odd, [even])).toBe(false)
    expect(standsIn(odd, [])).toBe(true)
    expect(standsIn(odd, [odd])).toBe(true)
    expect(standsIn(odd, [wholeDuty])).toBe(false)
    expect(standsIn(wholeDuty, [])).toBe(false)
    // A screen of another station does not help.
    expect(standsIn(at({ station: 'pizza', share: 'odd' }), [at({ station: 'sides', share: 'even' })])).toBe(true)
    expect(standsIn(at({ station: 'pizza', share: 'odd' }), [even])).toBe(false)
    expect(standsIn(odd, [at({ share: 'even', categories: ['white'] })])).toBe(true)
  })
})

describe('proof of display', () => {
  it('[DSP-4] is complete from a screen that shows everything', () => {
    expect(prove({ lines: [pizza, cola] }, [], wholeDuty, [wholeDuty, oven]).isShown).toBe(true)
  })

  it('[DSP-4] waits for every station that is responsible for a line of the order', () => {
    const first = prove({ lines: [pizza, cola] }, [], oven, [oven, bar])
    expect(first).toEqual({ painted: ['pizza/classics'], isShown: false })
    expect(prove({ lines: [pizza, cola] }, first.painted, bar, [oven, bar]).isShown).toBe(true)
    expect(prove({ lines: [pizza] }, [], oven, [oven, bar]).isShown).toBe(true)
  })

  it('[DSP-4] needs no line that no screen is responsible for, but something of the order must be painted', () => {
    expect(prove({ lines: [pizza, cola] }, [], oven, [oven]).isShown).toBe(true)
    expect(prove({ lines: [cola] }, [], oven, [oven])).toEqual({ painted: [], isShown: false })
  })

  it('[DSP-4] holds exactly when each line that a screen is responsible for was painted, in any order', () => {
    fc.assert(
      fc.property(lines, duties, fc.shuffledSubarray([0, 1, 2, 3]), (some, all, turns) => {
        let painted: string[] = []
        let isShown = false
        const said: Duty[] = []
        for (const turn of turns) {
          const by = all[turn]
          if (!by) continue
          said.push(by)
          ;({ painted, isShown } = prove({ lines: some }, painted, by, all))
        }
        const wanted = some.filter((line) => all.some((duty) => paints(duty, line)))
        const done = wanted.filter((line) => said.some((duty) => paints(duty, line)))
        expect(isShown).toBe(said.length > 0 && wanted.length > 0 && done.length === wanted.length)
      }),
      { seed },
    )
  })
})

describe('a part that a station has finished', () => {
  const lineOf = (kind: 'pizza' | 'side') => ({ ...buildLine(), kind }) as unknown as Order['lines'][number]
  const both = buildOrder({ lines: [lineOf('pizza'), lineOf('side')] })
  const finish = (order: Order, part: 'pizza' | 'sides', ifVersion = order.version) =>
    decide(
      order,
      { name: 'move', to: 'ready', part, ifVersion, confirmUnpaid: false },
      { actor: 'kitchen', now: later(1) },
    )
  const orderOf = (decision: Decision) => {
    if (decision.outcome === 'refused') throw new Error(decision.rejection.code)
    return decision.order
  }

  it('[KIT-21] leaves the order in making until all its parts are done', () => {
    const first = orderOf(finish(both, 'sides'))
    expect(first).toMatchObject({ state: 'making', done: ['sides'], version: both.version + 1, readyAt: null })
    expect(finish(first, 'sides').outcome).toBe('unchanged')
    const last = orderOf(finish(first, 'pizza'))
    expect(last).toMatchObject({ state: 'ready', done: ['sides', 'pizza'], readyAt: later(1) })
    expect(finish(last, 'pizza').outcome).toBe('unchanged')
  })

  it('[KIT-21] is the whole order where the other station has nothing to make', () => {
    expect(orderOf(finish(buildOrder({ lines: [lineOf('pizza')] }), 'pizza')).state).toBe('ready')
  })

  it('[KIT-21] is refused for an older version, and can be undone', () => {
    expect(finish(both, 'pizza', both.version + 1)).toMatchObject({ outcome: 'refused' })
    const first = orderOf(finish(both, 'pizza'))
    const step = { actor: 'kitchen' as const, at: later(1), before: both }
    const undone = decide(first, { name: 'undo', ifVersion: first.version }, { actor: 'kitchen', now: later(2), step })
    expect(orderOf(undone)).toMatchObject({ state: both.state, version: first.version + 1 })
    expect(orderOf(undone).done ?? []).toEqual([])
  })

  it('[KIT-21] must be done again after a recall', () => {
    const ready = orderOf(finish(orderOf(finish(both, 'pizza')), 'sides'))
    const back = decide(
      ready,
      { name: 'move', to: 'making', ifVersion: ready.version, confirmUnpaid: false },
      { actor: 'kitchen', now: later(3) },
    )
    expect(orderOf(back)).toMatchObject({ state: 'making', done: [] })
  })
})
