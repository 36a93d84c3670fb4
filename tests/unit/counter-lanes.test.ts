import { describe, expect, it } from 'vitest'
import { firstOrders, heldSources, isLate, laneOf, matches, toLanes } from '../../shared/order/lanes'
import type { Order, OrderState } from '../../shared/order/order'
import { orderStates } from '../../shared/order/order'
import type { CounterState } from '../../shared/order/views'

const now = Date.parse('2026-11-24T19:00:00.000Z')
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString()

let count = 0
function order(state: OrderState, more: Partial<Order> = {}): Order {
  count++
  return {
    id: `order-${count}`,
    pizzeria: 'napoli',
    tracking: `t${count}`,
    number: count,
    day: '2026-11-24',
    wantedAt: null,
    state,
    version: 1,
    mode: 'pickup',
    table: null,
    customer: { name: 'Ada', phone: null },
    lines: [],
    note: '',
    total: 0,
    currency: 'EUR',
    paid: false,
    promiseAt: at(10),
    placedAt: at(-5),
    updatedAt: at(-5),
    queuedAt: at(-5),
    bakingAt: null,
    readyAt: null,
    collectedAt: null,
    cancelledAt: null,
    cancelReason: null,
    recalledAt: null,
    shownAt: null,
    test: false,
    ...more,
  }
}
const unseen = (level: number) => ({ level, since: at(-1) })

describe('the lanes of the counter', () => {
  it('have a place for every state', () => {
    for (const state of orderStates) expect(laneOf(order(state), {}, now)).toBeTypeOf('string')
  })

  it('put late, unseen and not yet accepted orders first, unseen on top', () => {
    const late = order('baking', { promiseAt: at(-3) })
    const later = order('making', { promiseAt: at(-1) })
    const missing = order('queued', { promiseAt: at(15) })
    const pending = order('pending', { promiseAt: at(20) })
    const lanes = toLanes([pending, later, late, missing], { [missing.id]: unseen(2) }, now)
    expect(lanes.first.map((one) => one.id)).toEqual([missing.id, late.id, later.id, pending.id])
    expect(lanes.todo).toEqual([])
  })

  it('[DSP-2] do not alarm for an order that was only sent again, or that somebody has started', () => {
    const again = order('queued')
    const begun = order('making')
    expect(laneOf(again, { [again.id]: unseen(1) }, now)).toBe('todo')
    expect(laneOf(begun, { [begun.id]: unseen(3) }, now)).toBe('todo')
  })

  it('call an order late from the minute of its promise, and never once it is ready', () => {
    expect(isLate(order('queued', { promiseAt: at(0) }), now)).toBe(true)
    expect(isLate(order('queued', { promiseAt: at(1) }), now)).toBe(false)
    expect(isLate(order('ready', { promiseAt: at(-9) }), now)).toBe(false)
  })

  it('show the longest wait first among the ready, and the latest first among the done', () => {
    const long = order('ready', { readyAt: at(-9) })
    const short = order('ready', { readyAt: at(-2) })
    const early = order('collected', { updatedAt: at(-30) })
    const last = order('cancelled', { updatedAt: at(-1) })
    const lanes = toLanes([short, long, early, last], {}, now)
    expect(lanes.ready).toEqual([long, short])
    expect(lanes.done).toEqual([last, early])
  })
})

describe('orders that are held', () => {
  it('[BDG-2] are separate from those accepted by hand, and grouped by source, the largest on top', () => {
    const held = ['b', 'a', 'b', 'c', 'b', 'a'].map((heldFor) => order('pending', { heldFor }))
    const byHand = order('pending')
    const lanes = toLanes([...held, byHand], {}, now)
    expect(lanes.held).toEqual(held)
    expect(lanes.first).toEqual([byHand])
    expect(heldSources(held).map(({ source, orders }) => [source, orders.length])).toEqual([
      ['b', 3],
      ['a', 2],
      ['c', 1],
    ])
  })
})

describe('the first paint of the counter', () => {
  const state = (orders: Order[]): CounterState => ({
    pizzeria: {
      id: 'napoli',
      name: 'Napoli',
      currency: 'EUR',
      timezone: 'UTC',
      open: true,
      pausedUntil: null,
      busyMinutes: 0,
    },
    orders,
    screens: [],
    unseen: {},
  })

  it('contains a usual evening completely', () => {
    expect(firstOrders(state(Array.from({ length: 60 }, () => order('queued'))), now)).toBeNull()
  })

  it('[CLI-12] contains the first orders of each lane of a long one, late ones first', () => {
    const late = order('making', { promiseAt: at(-5) })
    const many = Array.from({ length: 1000 }, (_, index) => order(index % 2 ? 'queued' : 'ready'))
    const first = firstOrders(state([...many, late]), now)!
    expect(first.orders).toHaveLength(17)
    expect(first.orders).toContain(late)
  })
})

describe('the search', () => {
  const jean = order('queued', { number: 142, customer: { name: 'Jean-Baptiste Müller', phone: '+33 6 12 34 56 78' } })
  it.each([
    ['142', true],
    ['14', true],
    ['#142', true],
    ['42', false],
    ['jean', true],
    ['mull', true],
    ['MÜL', true],
    ['3456', true],
    ['zoe', false],
    ['', true],
  ])('"%s" finds 142 Jean-Baptiste Müller: %s', (words, found) => {
    expect(matches(jean, words)).toBe(found)
  })
})
