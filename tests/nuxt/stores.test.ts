import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { useBasketStore } from '~/stores/basket'
import { readEvent, UnreadableEvent } from '#shared/live/client/read-event'
import { useMenuStore } from '~/stores/menu'
import { lineInput } from '#shared/menu/line'
import { useKitchenStore } from '~/stores/kitchen'
import type { Snapshot } from '#shared/live/messages'
import type { KitchenState } from '#shared/order/views'
import { itemOf, napoliMenu } from '../support/napoli'
import { aTicket, start } from '../support/tickets'

const snapshot = () => ({
  stream: 'menu:napoli',
  epoch: 'e',
  position: 5,
  now: '2026-11-24T12:00:00.000Z',
  state: napoliMenu(),
})
const soldOut = (version: number, available: boolean) => ({
  position: version,
  version,
  type: 'menu.changed' as const,
  data: { items: [{ ...itemOf(napoliMenu(), 'margherita'), available }] },
})

beforeEach(() => setActivePinia(createPinia()))

describe('the menu store', () => {
  it('applies a newer change, once', () => {
    const store = useMenuStore()
    store.reset(snapshot())
    store.apply(soldOut(6, false))
    expect(itemOf(store.menu!, 'margherita').available).toBe(false)
    const after = store.menu
    store.apply(soldOut(6, true))
    store.apply(soldOut(3, true))
    expect(store.menu).toBe(after)
  })

  it('ignores what it does not know', () => {
    const store = useMenuStore()
    store.reset(snapshot())
    const before = store.menu
    store.apply(readEvent('menu', { position: 6, type: 'menu.sung', data: {} }))
    store.apply(readEvent('menu', { position: 7, data: undefined }))
    expect(() => readEvent('menu', { position: 8, type: 'menu.changed', data: { items: 'none' } })).toThrow(
      UnreadableEvent,
    )
    expect(store.menu).toBe(before)
  })
})

describe('the basket store', () => {
  it('puts a removed line back where it was', () => {
    const store = useBasketStore()
    for (const id of ['margherita', 'regina', 'diavola'])
      store.add({ id, seen: 0, line: lineInput.parse({ item: id, quantity: 1 }) })
    const undo = store.remove('regina')
    expect(store.lines.map((line) => line.id)).toEqual(['margherita', 'diavola'])
    undo()
    undo()
    expect(store.lines.map((line) => line.id)).toEqual(['margherita', 'regina', 'diavola'])
  })
})

describe('the kitchen store', () => {
  const snapshotOf = (...numbers: number[]) =>
    ({
      stream: 'kitchen:napoli',
      epoch: 'e',
      position: 1,
      now: new Date(start).toISOString(),
      build: 'b',
      state: {
        pizzeria: {},
        menu: { out: [] },
        tickets: numbers.map((number) => aTicket({ id: `t${number}`, number })),
      },
    }) as unknown as Snapshot<KitchenState>

  it('[CLI-12] tells nothing of the tickets that were only too many for the page, and everything after them', () => {
    const store = useKitchenStore()
    store.reset(snapshotOf(1, 2), true)
    store.reset(snapshotOf(1, 2, 3, 4))
    expect(Object.keys(store.tickets)).toHaveLength(4)
    expect(store.happened).toEqual([])
    store.reset(snapshotOf(1, 2, 3, 4, 5))
    expect(store.happened).toMatchObject([{ name: 'new', ticket: { number: 5 } }])
  })
})
