import { describe, expect, it } from 'vitest'
import { decide, type Decision } from '../../shared/order/decide.ts'
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

/** The domain's table once more, written by hand and not from the code, so that the two can disagree. */
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
    paid: true,
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

  it.each(pairs)('[ORD-1] $from -> $to is for whom the table names, and refused to everybody else', ({ from, to }) => {
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
  })

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

describe('what a move leaves behind', () => {
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

  it('[ORD-11] a recall keeps the age and says BACK; the next ready takes that off again', () => {
    const back = after('ready', 'making', 'kitchen')
    expect(back).toMatchObject({ queuedAt: noon, recalledAt: later(13), bakingAt: null, readyAt: null })
    expect(move(back, 'ready', 'kitchen', { now: later(15) })).toMatchObject({
      order: { queuedAt: noon, recalledAt: null, readyAt: later(15) },
    })
  })

  it('[ORD-11] undoing a hand-over keeps when it was ready', () => {
    expect(after('collected', 'ready')).toMatchObject({ readyAt: later(10), collectedAt: null })
  })
})

describe('how far back', () => {
  const refused = { outcome: 'refused', rejection: { code: 'order.illegal' } }

  it('[ORD-11] the kitchen recalls for 30 minutes from ready, the counter always', () => {
    const ready = inState('ready')
    expect(move(ready, 'making', 'kitchen', { now: later(10 + 30) })).toMatchObject({ outcome: 'changed' })
    expect(move(ready, 'making', 'kitchen', { now: new Date(Date.parse(later(40)) + 1).toISOString() })).toMatchObject(
      refused,
    )
    expect(move(ready, 'making', 'counter', { now: later(600) })).toMatchObject({ outcome: 'changed' })
  })

  it('[ORD-11] the counter undoes a hand-over for 10 minutes', () => {
    const collected = inState('collected')
    for (const actor of staff) {
      expect(move(collected, 'ready', actor, { now: later(12 + 10) })).toMatchObject({ outcome: 'changed' })
      expect(move(collected, 'ready', actor, { now: later(12 + 11) })).toMatchObject(refused)
    }
  })

  it('[ORD-11] a payment in between does not open the window again', () => {
    const late = decide(
      inState('collected'),
      { name: 'pay', paid: false, ifVersion: 3 },
      { actor: 'counter', now: later(30) },
    )
    expect(late.outcome === 'changed' && move(late.order, 'ready', 'counter', { now: later(31) })).toMatchObject(
      refused,
    )
  })
})

describe('what is asked before it is decided', () => {
  it.each(orderStates)(
    '[ORD-2] going to %s where one is already succeeds and changes nothing, whoever asks, whatever version',
    (state) => {
      for (const actor of actors) {
        const order = inState(state)
        const decision = move(order, state, actor, { ifVersion: 1 })
        expect(decision).toEqual({ outcome: 'unchanged', order })
        expect(decision.outcome === 'unchanged' && decision.order).toBe(order)
      }
    },
  )

  it('[ORD-3] another version is stale and gets the order as it is, before anything else is looked at', () => {
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

  it('[ORD-1] what is started is cancelled with a reason only', () => {
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
    decide(order, { name: 'pay', paid, ifVersion }, { actor, now: later(1) })

  it('[ORD-1] is a fact of its own that staff set and take back', () => {
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

  it('[ORD-2] [ORD-3] twice changes nothing, an old version is stale', () => {
    expect(pay(buildOrder({ paid: true }), true, 'counter', 1)).toMatchObject({ outcome: 'unchanged' })
    expect(pay(buildOrder(), true, 'counter', 2)).toMatchObject({ rejection: { code: 'order.stale' } })
  })
})
