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

it.each([
  ['a quantity below one', { id: 'x', seen: 950, line: { ...line('margherita').line, quantity: -1 } }],
  ['a price that is no number', { ...line('margherita'), seen: '9,50' }],
])('ignores foreign data in the storage: %s', async (_what, foreign) => {
  localStorage.setItem('comanda:basket:napoli', JSON.stringify({ version: 1, lines: [line('diavola'), foreign] }))
  await openComposable(() => useBasketKept('napoli'))
  expect(items()).toEqual([])
  localStorage.setItem('comanda:basket:roma', JSON.stringify({ version: 1, lines: [line('diavola')] }))
  await openComposable(() => useBasketKept('roma'))
  expect(items()).toEqual(['diavola'])
})
