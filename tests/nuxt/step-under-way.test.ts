import { registerEndpoint } from '@nuxt/test-utils/runtime'
import { readBody } from 'h3'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { shallowRef } from 'vue'
import type { Order } from '#shared/order/order'
import type { Ticket } from '#shared/order/views'
import { useMoves } from '~/composables/kitchen/hands/useMoves'
import { useOrderActions } from '~/composables/counter/useOrderActions'
import { useCounterStore } from '~/stores/counter'
import { openComposable } from '../support/composable'
import { aTicket } from '../support/tickets'

/** Steps that reached the server; each is answered when the test says so. */
let steps: { to?: string; undo?: true; ifVersion: number; answer: () => void }[] = []

registerEndpoint('/api/orders/t1/moves', {
  method: 'POST',
  handler: async (event) => {
    const { to, undo, ifVersion } = await readBody<{ to?: string; undo?: true; ifVersion: number }>(event)
    await new Promise<void>((resolve) => {
      steps.push({ to, undo, ifVersion, answer: resolve })
    })
    return { order: { ...aTicket(), state: undo ? 'making' : to, version: ifVersion + 1 } }
  },
})

const arrived = (count: number) => vi.waitFor(() => expect(steps).toHaveLength(count), 10_000)
const sent = () => steps.map(({ answer: _, ...step }) => step)

/** A step that the feed shows may be undone before its own answer is there. */
describe('[ORD-15] [KIT-13] undoing a step that is under way', () => {
  beforeEach(() => {
    steps = []
  })

  it('at the counter, happens as soon as the step is answered', async () => {
    const store = useCounterStore()
    const order = aTicket({ state: 'making' }) as unknown as Order
    store.upsert(order)
    const { used: actions, page } = await openComposable(() => useOrderActions(store, () => {}))
    void actions.move(order, 'ready')
    await arrived(1)
    store.upsert({ ...order, state: 'ready', version: 2 })
    void actions.undo()
    steps[0]!.answer()
    await arrived(2)
    steps[1]!.answer()
    await vi.waitFor(() => expect(store.orders.t1?.state).toBe('making'))
    expect(sent()).toEqual([
      { to: 'ready', ifVersion: 1 },
      { undo: true, ifVersion: 2 },
    ])
    page.unmount()
  })

  it('in the kitchen, waits for the bump, and continues from its version', async () => {
    const tickets = shallowRef<Record<string, Ticket>>({ t1: aTicket({ state: 'making' }) })
    const put = (ticket: unknown) => {
      tickets.value = { t1: ticket as Ticket }
    }
    const notify = vi.fn()
    const { used: moves, page } = await openComposable(() => useMoves({ tickets, put, notify }))
    moves.move(tickets.value.t1!, 'ready')
    await arrived(1)
    moves.takeBack()
    expect(notify).toHaveBeenLastCalledWith({ name: 'undone', number: '1' })
    // Time enough for a request that would not wait.
    await fetch('/api/nothing').catch(() => {})
    expect(steps).toHaveLength(1)
    steps[0]!.answer()
    await arrived(2)
    steps[1]!.answer()
    await vi.waitFor(() => expect(tickets.value.t1!.state).toBe('making'))
    expect(sent()).toEqual([
      { to: 'ready', ifVersion: 1 },
      { undo: true, ifVersion: 2 },
    ])
    page.unmount()
  })
})
