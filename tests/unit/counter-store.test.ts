import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { readEvent } from '../../shared/live/client/read-event'
import type { LiveEvent } from '../../shared/live/events'
import type { Order } from '../../shared/order/order'
import { useCounterStore } from '../../stores/counter'

const make = (more: Partial<Order> = {}) =>
  ({
    id: 'a',
    state: 'queued',
    version: 1,
    placedAt: '2026-11-24T18:50:00.000Z',
    updatedAt: '2026-11-24T18:50:00.000Z',
    shownAt: null,
    ...more,
  }) as Order
/** As it comes to the store: read for its audience, as far as the test needs. */
const event = (type: string, data: unknown) => ({ position: 1, type, data }) as LiveEvent<'counter'>

describe('the counter’s store', () => {
  beforeEach(() => setActivePinia(createPinia()))

  it('never lets an older version replace a newer one', () => {
    const store = useCounterStore()
    store.apply(event('order.placed', make()))
    store.apply(event('order.moved', make({ version: 3, state: 'ready' })))
    store.apply(event('order.moved', make({ version: 2, state: 'making' })))
    expect(store.orders.a).toMatchObject({ version: 3, state: 'ready' })
  })

  it('keeps the object of an order that an event does not concern', () => {
    const store = useCounterStore()
    store.apply(event('order.placed', make()))
    const before = store.orders.a
    store.apply(event('order.placed', make({ id: 'b' })))
    expect(store.orders.a).toBe(before)
  })

  it('[DSP-1] drops the alarm when a screen has shown the order, or somebody has moved it', () => {
    const store = useCounterStore()
    store.apply(event('kitchen.unseen', { level: 2, since: '', order: make() }))
    expect(store.unseen.a?.level).toBe(2)
    store.apply(event('kitchen.shown', { orders: [{ id: 'a', shownAt: '2026-11-24T19:00:00.000Z' }] }))
    expect(store.unseen).toEqual({})
    expect(store.orders.a?.shownAt).toBe('2026-11-24T19:00:00.000Z')

    store.apply(event('kitchen.unseen', { level: 3, since: '', order: make({ id: 'b' }) }))
    store.apply(event('order.moved', make({ id: 'b', version: 2, state: 'making' })))
    expect(store.unseen).toEqual({})
  })

  it('drops what ended yesterday when a new day begins, and keeps what still waits', () => {
    const store = useCounterStore()
    store.apply(event('order.placed', make({ id: 'gone', state: 'collected' })))
    store.apply(event('order.placed', make({ id: 'waiting', state: 'scheduled' })))
    store.apply(event('order.placed', make({ id: 'just', state: 'collected', updatedAt: '2026-11-24T23:30:00.000Z' })))
    store.apply(event('order.placed', make({ id: 'new', placedAt: '2026-11-25T11:00:00.000Z' })))
    expect(Object.keys(store.orders).sort()).toEqual(['just', 'new', 'waiting'])
  })

  it('ignores what it does not know', () => {
    const store = useCounterStore()
    store.apply(readEvent('counter', { position: 1, type: 'something.else', data: { id: 'x' } }))
    store.apply(readEvent('counter', { position: 2, data: null }))
    expect(store.orders).toEqual({})
  })
})
