import { mountSuspended, registerEndpoint } from '@nuxt/test-utils/runtime'
import { setResponseStatus } from 'h3'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { computed, defineComponent, h, nextTick, shallowRef, type Component } from 'vue'
import type { Menu } from '#shared/menu/menu'
import ComeBack from '~/components/menu/ComeBack.vue'
import MenuCard from '~/components/menu/MenuCard.vue'
import SlotPicker from '~/components/menu/SlotPicker.vue'
import { provideMenu } from '~/composables/useMenu'
import { useQuickAdd } from '~/composables/useQuickAdd'
import { useRemembered } from '~/composables/useRemembered'
import { useBasketStore } from '~/stores/basket'
import { buildLine } from '../support/build'
import { openComposable } from '../support/composable'
import { itemOf, napoliMenu } from '../support/napoli'

/** A component on a page that sells from a menu. */
async function show(component: Component, props: Record<string, unknown>, menu: Menu = napoliMenu()) {
  const page = await mountSuspended(
    defineComponent(() => {
      provideMenu(computed(() => menu))
      return () => h(component, props)
    }),
  )
  return page.findComponent(component as never)
}
const add = (menu = napoliMenu()) =>
  openComposable(() => useQuickAdd({ menu: shallowRef(menu), money: (minor) => `${minor}` }))
const lines = () => useBasketStore().lines.map(({ line, seen }) => [line.item, line.size, line.quantity, seen])

beforeEach(() => {
  localStorage.clear()
  useBasketStore().$patch({ pizzeria: 'napoli', lines: [] })
})
afterEach(() => document.body.replaceChildren())

describe('a dish’s card', () => {
  it('[CUS-1] adds it as it is with one tap, says for how much, and how many there are', async () => {
    const menu = napoliMenu()
    const card = await show(MenuCard, { item: itemOf(menu, 'margherita'), count: 0 }, menu)
    const plus = card.find('button[aria-label^="Add"]')
    expect(plus.attributes('aria-label')).toBe('Add Margherita, Medium as it is, €9.50')
    await plus.trigger('click')
    expect(card.emitted('add')).toEqual([[itemOf(menu, 'margherita')]])
    expect(card.emitted('choose')).toBeUndefined()
    const again = await show(MenuCard, { item: itemOf(menu, 'margherita'), count: 2 }, menu)
    expect(again.find('button[aria-label^="Add"]').attributes('aria-label')).toContain('2 in the basket')
  })

  it('[CUS-1] has no such button for what is sold out', async () => {
    const menu = napoliMenu()
    menu.toppings.find(({ id }) => id === 'basil')!.available = false
    const card = await show(MenuCard, { item: itemOf(menu, 'margherita') }, menu)
    expect(card.findAll('button')).toHaveLength(1)
  })
})

describe('what one tap adds', () => {
  it('[CUS-1] twice the same makes one line of two, and is said', async () => {
    const { used } = await add()
    used.add(itemOf(napoliMenu(), 'margherita'))
    used.add(itemOf(napoliMenu(), 'margherita'))
    expect(lines()).toEqual([['margherita', 'medium', 2, 950]])
    expect(used.countOf({ id: 'margherita' })).toBe(2)
    expect(used.said.value).toContain('Margherita, Medium, 950')
  })

  it('[CUS-2] the same again: at today’s price, without what cannot be had any more', async () => {
    const menu = napoliMenu()
    itemOf(menu, 'margherita').sizes.find(({ id }) => id === 'large')!.price = 1999
    itemOf(menu, 'diavola').available = false
    const { used } = await add(menu)
    used.again([buildLine({ size: 'large', quantity: 3 }), buildLine({ item: 'diavola' }), buildLine({ item: 'gone' })])
    expect(lines()).toEqual([['margherita', 'large', 3, 1999]])
  })
})

describe('who comes back', () => {
  const past = (tracking: string, placedAt: string, ...items: string[]) => ({
    pizzeria: 'napoli',
    name: 'Napoli',
    tracking,
    number: 7,
    placedAt,
    lines: items.map((item) => buildLine({ item, size: undefined, ...(item === 'margherita' && { size: 'medium' }) })),
  })
  const orders = [
    past('new', new Date().toISOString(), 'margherita'),
    past('old', '2026-01-02T18:00:00.000Z', 'margherita', 'tiramisu', 'gone'),
  ]

  it('[CUS-2] finds the favourites and the orders, each with one tap', async () => {
    const back = await show(ComeBack, { orders })
    await back.find('button[aria-label="Add Margherita as it is, €9.50"]').trigger('click')
    expect(back.emitted('add')![0]).toMatchObject([{ id: 'margherita' }])
    expect(back.text()).toContain('Margherita, Tiramis')
    expect(back.text()).toContain('Some of it cannot be had today.')
    const again = back.findAll('button').filter((one) => one.text() === 'The same again')
    await again[1]!.trigger('click')
    expect(back.emitted('again')).toEqual([[orders[1]!.lines]])
  })

  it('[CUS-2] is forgotten with one tap, but for the link of an order that may still be made; and undone', async () => {
    localStorage.setItem('comanda:orders', JSON.stringify(orders))
    const back = await show(ComeBack, { orders })
    const kept = () => JSON.parse(localStorage.getItem('comanda:orders')!) as { tracking: string; lines?: unknown }[]
    const button = (text: string) => back.findAll('button').find((one) => one.text() === text)!
    await button('Forget my orders on this device').trigger('click')
    await nextTick()
    expect(kept().map(({ tracking, lines }) => [tracking, lines])).toEqual([['new', undefined]])
    await button('Undo').trigger('click')
    await nextTick()
    expect(kept()).toHaveLength(2)
  })
})

describe('who orders', () => {
  const ada = { name: 'Ada', phone: '06 12 34 56 78', mode: 'table' as const, table: '7' }

  it('[CUS-3] is remembered for the next order, the table at its own pizzeria and for an evening', async () => {
    const first = await openComposable(() => useRemembered('napoli'))
    first.used.remember(ada)
    await nextTick()
    const next = await openComposable(() => useRemembered('napoli'))
    expect(next.used.kept.value).toMatchObject({ name: 'Ada', phone: '06 12 34 56 78', mode: 'table' })
    expect(next.used.table.value).toBe('7')
    const elsewhere = await openComposable(() => useRemembered('roma'))
    expect([elsewhere.used.kept.value.name, elsewhere.used.table.value]).toEqual(['Ada', ''])
    vi.useFakeTimers({ now: Date.now() + 5 * 3_600_000, toFake: ['Date'] })
    const tomorrow = await openComposable(() => useRemembered('napoli'))
    expect([tomorrow.used.kept.value.name, tomorrow.used.table.value]).toEqual(['Ada', ''])
    vi.useRealTimers()
  })

  it('[CUS-3] is forgotten at once when they untick it, and stays so', async () => {
    const { used } = await openComposable(() => useRemembered('napoli'))
    used.remember(ada)
    used.isOn.value = false
    await nextTick()
    expect(localStorage.getItem('comanda:me')).not.toContain('Ada')
    used.remember(ada)
    await nextTick()
    expect(localStorage.getItem('comanda:me')).not.toContain('Ada')
    expect((await openComposable(() => useRemembered('napoli'))).used.isOn.value).toBe(false)
  })
})

describe('the times to choose from', () => {
  const at = (hour: number) => `2026-06-12T${hour}:00:00.000Z`
  let free = [at(17), at(18)]
  let status = 200
  registerEndpoint('/api/pizzerias/napoli/slots', (event) => {
    setResponseStatus(event, status)
    const slots = free.map((one, index) => ({ at: one, left: index ? 14 : 2 }))
    return status === 200
      ? {
          days: [
            { day: '2026-06-11', note: 'Holiday', slots: [] },
            { day: '2026-06-12', note: null, slots },
          ],
        }
      : { error: { code: 'order.mode_unavailable', message: '' } }
  })
  const open = () => show(SlotPicker, { mode: 'pickup', pizzas: 2, modelValue: null })

  it('[CUS-4] begins with the first day that has one, and says where few pizzas are left', async () => {
    const picker = await open()
    await vi.waitFor(() => expect(picker.findAll('input[type=radio]')).toHaveLength(2))
    expect((picker.find('select').element as HTMLSelectElement).value).toBe('2026-06-12')
    expect(picker.find('option[value="2026-06-11"]').attributes('disabled')).toBeDefined()
    expect(picker.text()).toContain('Holiday')
    expect(picker.text().match(/left/g)).toHaveLength(1)
    await picker.findAll('input[type=radio]')[1]!.setValue()
    expect(picker.emitted('update:modelValue')!.at(-1)).toEqual([at(18)])
  })

  it('[CUS-4] a chosen time that was taken meanwhile is taken back, and said', async () => {
    const picker = await show(SlotPicker, { mode: 'pickup', pizzas: 2, modelValue: at(16) })
    await vi.waitFor(() => expect(picker.emitted('update:modelValue')!.at(-1)).toEqual([null]))
    await vi.waitFor(() => expect(picker.text()).toContain('That time was just taken'))
  })

  it('[CUS-4] says when the times do not arrive, and asks again', async () => {
    status = 422
    const picker = await open()
    await vi.waitFor(() => expect(picker.text()).toContain('do not arrive'))
    status = 200
    free = [at(19)]
    await picker.find('button').trigger('click')
    await vi.waitFor(() => expect(picker.findAll('input[type=radio]')).toHaveLength(1))
  })
})
