import { beforeEach, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { lineInput } from '#shared/menu/line'
import { useBasketKept } from '~/composables/useBasketKept'
import { useBasketStore } from '~/stores/basket'
import { openComposable } from '../support/composable'

const line = (id: string) => ({ id, seen: 950, line: lineInput.parse({ item: id, quantity: 1 }) })
const items = () => useBasketStore().lines.map((one) => one.id)

beforeEach(() => {
  localStorage.clear()
  useBasketStore().$patch({ pizzeria: null, lines: [] })
})

/** As the router does it: the next page is set up while the previous one still exists. */
async function goOn(last: { page: { unmount(): void } }, pizzeria = 'napoli') {
  const next = await openComposable(() => useBasketKept(pizzeria))
  last.page.unmount()
  await nextTick()
  return next
}

it('keeps a filled basket from the menu to a tracking page and back', async () => {
  const menu = await openComposable(() => useBasketKept('napoli'))
  useBasketStore().add(line('margherita'))
  await nextTick()
  await goOn(await goOn(menu))
  expect(items()).toEqual(['margherita'])
})

it('orders the same again: what the tracking page adds is in the menu’s basket, beside what was there', async () => {
  const menu = await openComposable(() => useBasketKept('napoli'))
  useBasketStore().add(line('margherita'))
  await nextTick()
  const tracking = await goOn(menu)
  useBasketStore().add(line('diavola'))
  await goOn(tracking)
  expect(items()).toEqual(['margherita', 'diavola'])
})

it('keeps the basket of each pizzeria apart', async () => {
  const napoli = await openComposable(() => useBasketKept('napoli'))
  useBasketStore().add(line('margherita'))
  await nextTick()
  const roma = await goOn(napoli, 'roma')
  expect(items()).toEqual([])
  useBasketStore().add(line('diavola'))
  await goOn(roma)
  expect(items()).toEqual(['margherita'])
})
