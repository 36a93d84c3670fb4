import { describe, expect, it } from 'vitest'
import { decide, type Decision, type Step } from '../../shared/order/decide.ts'
import { stockChange } from '../../shared/order/stock.ts'
import { moves } from '../../shared/order/moves.ts'
import {
  actors,
  orderStates,
  type Actor,
  type MoveInput,
  type Order,
  type OrderState,
} from '../../shared/order/order.ts'
import { buildOrder, later, noon } from '../support/build.ts'

/** The domain's table once more, written by hand and not taken from the code, so that the two can disagree. */
const kitchen: Actor[] = ['kitchen', 'counter', 'manager']
const staff: Actor[] = ['counter', 'manager']
const customer: Actor[] = ['customer', 'counter', 'manager']
const allowed: Partial<Record<`${OrderState} -> ${OrderState}`, Actor[]>> = {
  'scheduled -> queued': ['system', 'counter', 'manager'],
  'pending -> queued': staff,
  'pending -> rejected': staff,
  'queued -> making': kitchen,
  'queued -> baking': kitchen,
  'queued -> ready': kitchen,
  'making -> baking': kitchen,
  'making -> ready': kitchen,
  'baking -> ready': kitchen,
  'ready -> collected': staff,
  'ready -> making': kitchen,
  'collected -> ready': staff,
  'scheduled -> cancelled': customer,
  'pending -> cancelled': customer,
  'queued -> cancelled': customer,
  'making -> cancelled': staff,
  'baking -> cancelled': staff,
  'ready -> cancelled': staff,
  'ready -> expired': staff,
}

/** Every state with the times that an order has by then. */
const inState = (state: OrderState): Order =>
  buildOrder({
    state,
    // Its customer cannot cancel a paid order (ORD-17).
    paid: !['scheduled', 'pending', 'queued'].includes(state),
    queuedAt: state === 'scheduled' || state === 'pending' ? null : noon,
    readyAt: state === 'ready' || state === 'collected' ? later(10) : null,
    collectedAt: state === 'collected' ? later(12) : null,
  })
const move = (
  order: Order,
  to: OrderState,
  actor: Actor,
  { now = later(13), ...more }: Partial<MoveInput> & { now?: string } = {},
): Decision =>
  decide(
    order,
    { name: 'move', to, ifVersion: order.version, reason: 'because', confirmUnpaid: false, ...more },
    { actor, now },
  )

const pairs = orderStates.flatMap((from) => orderStates.filter((to) => to !== from).map((to) => ({ from, to })))

describe('who may move an order, and where', () => {
  it("[ORD-1] the table has the domain's rows and no others", () => {
    expect(moves.map(({ from, to, by }) => [`${from} -> ${to}`, [...by].sort()]).sort()).toEqual(
      Object.entries(allowed)
        .map(([step, by]) => [step, [...by].sort()])
        .sort(),
    )
  })

  it.each(pairs)(
    '[ORD-1] $from -> $to is for the people whom the table names, and refused to everybody else',
    ({ from, to }) => {
      for (const actor of actors) {
        const order = inState(from)
        const decision = move(order, to, actor)
        if (allowed[`${from} -> ${to}`]?.includes(actor)) {
          expect(decision, actor).toMatchObject({
            outcome: 'changed',
            type: 'order.moved',
            order: { state: to, version: order.version + 1, updatedAt: later(13) },
          })
        } else {
          expect(decision, actor).toEqual({
            outcome: 'refused',
            rejection: { code: 'order.illegal', details: { order } },
          })
        }
      }
    },
  )

  it.each(moves)('[ORD-1] $from -> $to changes the state and its times, and nothing else', ({ from, to, by }) => {
    const before = inState(from)
    const frozen = structuredClone(before)
    const decision = move(before, to, by[0]!)
    const times = [
      'state',
      'version',
      'updatedAt',
      'queuedAt',
      'bakingAt',
      'readyAt',
      'collectedAt',
      'cancelledAt',
      'cancelReason',
      'recalledAt',
    ] as const
    expect(before).toEqual(frozen)
    expect(decision.outcome === 'changed' && decision.order).toMatchObject(
      Object.fromEntries(Object.entries(before).filter(([name]) => !times.includes(name as never))),
    )
  })
})

describe('what a move changes', () => {
  const after = (from: OrderState, to: OrderState, actor: Actor = 'counter') => {
    const decision = move(inState(from), to, actor)
    if (decision.outcome !== 'changed') throw new Error(`${from} -> ${to}: ${JSON.stringify(decision)}`)
    return decision.order
  }

  it("[ORD-1] the kitchen's clock starts when an order is released to it", () => {
    expect(after('scheduled', 'queued', 'system').queuedAt).toBe(later(13))
    expect(after('pending', 'queued').queuedAt).toBe(later(13))
    expect(after('queued', 'making').queuedAt).toBe(noon)
  })

  it('[ORD-1] ready, collected and cancelled are stamped, with the reason', () => {
    expect(after('making', 'baking', 'kitchen')).toMatchObject({ bakingAt: later(13) })
    expect(after('baking', 'ready', 'kitchen')).toMatchObject({ readyAt: later(13), recalledAt: null })
    expect(after('ready', 'collected')).toMatchObject({ collectedAt: later(13), readyAt: later(10) })
    expect(after('making', 'cancelled')).toMatchObject({ cancelledAt: later(13), cancelReason: 'because' })
    expect(after('pending', 'rejected')).toMatchObject({ cancelledAt: later(13), cancelReason: 'because' })
    expect(after('ready', 'expired')).toMatchObject({ cancelledAt: later(13) })
  })

  it('[ORD-11] a recall keeps the age and says BACK; the next ready removes that', () => {
    const back = after('ready', 'making', 'kitchen')
    expect(back).toMatchObject({ queuedAt: noon, recalledAt: later(13), bakingAt: null, readyAt: null })
    expect(move(back, 'ready', 'kitchen', { now: later(15) })).toMatchObject({
      order: { queuedAt: noon, recalledAt: null, readyAt: later(15) },
    })
  })

  it('[ORD-11] undoing "collected" keeps when it was ready', () => {
    expect(after('collected', 'ready')).toMatchObject({ readyAt: later(10), collectedAt: null })
  })
})

describe('time limits', () => {
  const refused = { outcome: 'refused', rejection: { code: 'order.illegal' } }

  it('[ORD-11] the kitchen recalls for 30 minutes from ready, the counter always', () => {
    const ready = inState('ready')
    expect(move(ready, 'making', 'kitchen', { now: later(10 + 30) })).toMatchObject({ outcome: 'changed' })
    expect(move(ready, 'making', 'kitchen', { now: new Date(Date.parse(later(40)) + 1).toISOString() })).toMatchObject(
      refused,
    )
    expect(move(ready, 'making', 'counter', { now: later(600) })).toMatchObject({ outcome: 'changed' })
  })

  it('[ORD-11] the counter undoes "collected" for 10 minutes', () => {
    const collected = inState('collected')
    for (const actor of staff) {
      expect(move(collected, 'ready', actor, { now: later(12 + 10) })).toMatchObject({ outcome: 'changed' })
      expect(move(collected, 'ready', actor, { now: later(12 + 11) })).toMatchObject(refused)
    }
  })

  it('[ORD-11] a payment in between does not extend the limit', () => {
    const late = decide(
      inState('collected'),
      { name: 'pay', paid: false, ifVersion: 3, id: 'fact', by: null },
      { actor: 'counter', now: later(30) },
    )
    expect(late.outcome === 'changed' && move(late.order, 'ready', 'counter', { now: later(31) })).toMatchObject(
      refused,
    )
  })
})

describe('what is checked before the rule decides', () => {
  it.each(orderStates)(
    '[ORD-2] going to the present state %s succeeds and changes nothing, whoever asks, whatever version',
    (state) => {
      for (const actor of actors) {
        const order = inState(state)
        const decision = move(order, state, actor, { ifVersion: 1 })
        expect(decision).toEqual({ outcome: 'unchanged', order })
        expect(decision.outcome === 'unchanged' && decision.order).toBe(order)
      }
    },
  )

  it('[ORD-3] another version is stale and gets the order as it is, before anything else is checked', () => {
    const order = buildOrder()
    for (const ifVersion of [1, 2, 4]) {
      for (const to of ['making', 'scheduled', 'cancelled'] as const)
        expect(move(order, to, 'counter', { ifVersion })).toEqual({
          outcome: 'refused',
          rejection: { code: 'order.stale', details: { order } },
        })
    }
  })

  it('[ORD-12] an unpaid order asks before it is handed over', () => {
    const unpaid = { ...inState('ready'), paid: false }
    expect(move(unpaid, 'collected', 'counter')).toMatchObject({
      rejection: { code: 'order.unpaid', details: { order: unpaid } },
    })
    expect(move(unpaid, 'collected', 'counter', { confirmUnpaid: true })).toMatchObject({
      outcome: 'changed',
      order: { state: 'collected', paid: false },
    })
  })

  it('[ORD-1] an order that was started is cancelled with a reason only', () => {
    for (const from of ['making', 'baking', 'ready'] as const)
      expect(move(inState(from), 'cancelled', 'counter', { reason: undefined })).toMatchObject({
        rejection: { code: 'order.reason_required' },
      })
    for (const from of ['scheduled', 'pending', 'queued'] as const)
      expect(move(inState(from), 'cancelled', 'customer', { reason: undefined })).toMatchObject({
        outcome: 'changed',
        order: { cancelReason: null },
      })
  })
})

describe('paying', () => {
  const pay = (order: Order, paid: boolean, actor: Actor, ifVersion = order.version) =>
    decide(order, { name: 'pay', paid, ifVersion, id: 'fact', by: null }, { actor, now: later(1) })

  it('[ORD-1] is a separate fact that staff set and take back', () => {
    for (const actor of staff) {
      expect(pay(buildOrder(), true, actor)).toMatchObject({
        outcome: 'changed',
        type: 'order.paid',
        order: { paid: true, version: 4, state: 'queued', updatedAt: later(1) },
      })
      expect(pay(buildOrder({ paid: true }), false, actor)).toMatchObject({
        outcome: 'changed',
        order: { paid: false },
      })
    }
    for (const actor of ['customer', 'kitchen', 'system'] as const)
      expect(pay(buildOrder(), true, actor)).toMatchObject({ rejection: { code: 'order.illegal' } })
  })

  it('[ORD-2] [ORD-3] twice changes nothing, and an old version is stale', () => {
    expect(pay(buildOrder({ paid: true }), true, 'counter', 1)).toMatchObject({ outcome: 'unchanged' })
    expect(pay(buildOrder(), true, 'counter', 2)).toMatchObject({ rejection: { code: 'order.stale' } })
  })
})

describe('undoing a step', () => {
  const undo = (order: Order, step: Step | null, actor: Actor, { now = later(14), ifVersion = order.version } = {}) =>
    decide(order, { name: 'undo', ifVersion }, { actor, now, step })
  const stepped = (before: Order, to: OrderState, actor: Actor) => {
    const decision = move(before, to, actor)
    if (decision.outcome !== 'changed') throw new Error(JSON.stringify(decision))
    return { order: decision.order, step: { actor, at: later(13), before } }
  }

  it.each(moves)(
    '[ORD-15] $from -> $to undone is the order before it, except for version and change',
    ({ from, to, by }) => {
      const before = { ...inState(from), shownAt: null }
      for (const actor of by.filter((one) => one !== 'system' && one !== 'customer')) {
        const { order, step } = stepped(before, to, actor)
        // A kitchen screen has shown it meanwhile.
        const decision = undo({ ...order, shownAt: later(13) }, step, actor)
        expect(decision, actor).toEqual({
          outcome: 'changed',
          type: 'order.moved',
          order: { ...before, version: before.version + 2, updatedAt: later(14), shownAt: later(13) },
        })
      }
    },
  )

  it('[ORD-15] is for those who made the step, and staff may restore what its customer cancelled', () => {
    const may = (by: Actor, actor: Actor, to: OrderState = 'ready') => {
      const { order, step } = stepped({ ...inState('queued'), paid: false }, to, by)
      return undo(order, step, actor).outcome
    }
    expect([may('counter', 'manager'), may('manager', 'counter'), may('kitchen', 'kitchen')]).toEqual(
      Array(3).fill('changed'),
    )
    expect([may('kitchen', 'counter'), may('counter', 'kitchen'), may('counter', 'customer')]).toEqual(
      Array(3).fill('refused'),
    )
    expect([may('customer', 'counter', 'cancelled'), may('customer', 'customer', 'cancelled')]).toEqual([
      'changed',
      'refused',
    ])
  })

  it('[ORD-15] works for the last version only, for 10 minutes, and only for a step', () => {
    const { order, step } = stepped(inState('queued'), 'ready', 'counter')
    expect(undo(order, step, 'counter', { ifVersion: order.version - 1 })).toMatchObject({
      rejection: { code: 'order.stale', details: { order } },
    })
    expect(undo(order, step, 'counter', { now: later(23) })).toMatchObject({ outcome: 'changed' })
    expect(undo(order, step, 'counter', { now: later(24) })).toMatchObject({ rejection: { code: 'order.illegal' } })
    expect(undo(order, null, 'counter')).toMatchObject({ rejection: { code: 'order.illegal' } })
  })

  it('[ORD-15] lets the customer cancel again what is queued again', () => {
    const { order, step } = stepped({ ...inState('queued'), paid: false }, 'ready', 'counter')
    const back = undo(order, step, 'counter')
    expect(back.outcome === 'changed' && move(back.order, 'cancelled', 'customer')).toMatchObject({
      outcome: 'changed',
    })
  })
})

describe('paid, accepted, counted', () => {
  it('[ORD-17] a customer cannot cancel a paid order; a cancelled order cannot be paid', () => {
    const order = { ...inState('queued'), paid: true }
    expect(move(order, 'cancelled', 'customer')).toMatchObject({ rejection: { code: 'order.paid' } })
    expect(move(order, 'cancelled', 'counter')).toMatchObject({ outcome: 'changed' })
    for (const state of ['cancelled', 'rejected'] as const)
      expect(
        decide(
          { ...inState(state), paid: false },
          { name: 'pay', paid: true, ifVersion: 3, id: 'fact', by: null },
          { actor: 'counter', now: later(1) },
        ),
      ).toMatchObject({ rejection: { code: 'order.illegal' } })
  })

  it('[ORD-18] accepting gives a new promise, and an order for later waits for its time', () => {
    const accept = (later: boolean) =>
      decide(
        inState('pending'),
        { name: 'move', to: 'queued', ifVersion: 3, confirmUnpaid: false },
        { actor: 'counter', now: noon, accept: { promiseAt: '2026-06-12T18:00:00.000Z', later } },
      )
    expect(accept(false)).toMatchObject({
      order: { state: 'queued', queuedAt: noon, promiseAt: '2026-06-12T18:00:00.000Z' },
    })
    expect(accept(true)).toMatchObject({
      order: { state: 'scheduled', queuedAt: null, promiseAt: '2026-06-12T18:00:00.000Z' },
    })
  })

  it('[ORD-16] an order that was not started gives its portions back; a started one has used them', () => {
    for (const from of ['scheduled', 'queued'] as const)
      for (const to of ['cancelled', 'rejected', 'expired', 'pending'] as const) {
        expect(stockChange(from, to)).toBe('give')
        expect(stockChange(to, from)).toBe('take')
      }
    for (const from of ['making', 'baking', 'ready'] as const)
      for (const to of ['cancelled', 'expired'] as const)
        expect([stockChange(from, to), stockChange(to, from)]).toEqual([null, null])
    expect([stockChange('pending', 'cancelled'), stockChange('scheduled', 'queued')]).toEqual([null, null])
  })
})
