import type { Page } from '@playwright/test'
import { line, placeOrder, snapshot } from '../support/orders.ts'
import { expect, openKitchen, signedIn, test } from '../support/kitchen-page.ts'

const sideLine = () => line({ item: 'tiramisu', size: undefined })
const numbers = (page: Page) =>
  page
    .getByTestId('ticket')
    .evaluateAll((all) => all.map((one) => Number((one as HTMLElement).dataset.number)).sort((a, b) => a - b))

test('[KIT-19] [KIT-21] [DSP-4] by station: each shows and finishes its own lines, and both prove it', async ({
  staff,
  browser,
  server,
  cookie,
}) => {
  // A browser each: a screen is known by its device.
  const other = await signedIn(browser, server, cookie)
  const oven = await openKitchen(staff, { query: 'station=pizza' })
  await expect(oven.getByTestId('duty')).toHaveText(/^pizzas$/i)
  const shownAt = async (id: string) => {
    const { state } = (await snapshot(server, 'counter:napoli', cookie)).body
    return (state.orders as { id: string; shownAt: string | null }[]).find((order) => order.id === id)?.shownAt ?? null
  }
  const bar = await openKitchen(other, { query: 'station=sides' })
  const { order: both } = await placeOrder(server, { lines: [line(), sideLine()] })
  const { order: dessert } = await placeOrder(server, { lines: [sideLine()] })
  await expect.poll(() => numbers(oven)).toEqual([both.number])
  await expect.poll(() => numbers(bar)).toEqual([both.number, dessert.number])
  await expect(oven.getByTestId('ticket')).not.toContainText(/tirami/i)
  await expect(bar.getByTestId('ticket').first()).not.toContainText(/margherita/i)
  await expect.poll(() => shownAt(both.id)).not.toBeNull()
  await expect.poll(() => shownAt(dessert.id)).not.toBeNull()

  // Each finishes its part; the order is ready with the last.
  const stateOf = async (id: string) => {
    const { state } = (await snapshot(server, 'counter:napoli', cookie)).body
    return (state.orders as { id: string; state: string }[]).find((order) => order.id === id)!.state
  }
  await oven.keyboard.press('1')
  await expect.poll(() => numbers(oven), { timeout: 10_000 }).toEqual([])
  expect(await stateOf(both.id)).toBe('making')
  expect(await numbers(bar)).toEqual([both.number, dessert.number])
  await bar.keyboard.press('1')
  await expect.poll(() => numbers(bar), { timeout: 10_000 }).toEqual([dessert.number])
  expect(await stateOf(both.id)).toBe('ready')

  // With the bar's screen gone, nobody has painted the dessert: it is not proved, while a pizza is.
  await bar.close()
  const { order: unseen } = await placeOrder(server, { lines: [line(), sideLine()] })
  const { order: pizza } = await placeOrder(server)
  await expect.poll(() => shownAt(pizza.id)).not.toBeNull()
  expect(await shownAt(unseen.id)).toBeNull()
  await other.close()
})

test('[KIT-20] [KIT-19] by share: odd and even numbers; when one screen dies, the other shows all within 25 s', async ({
  staff,
  browser,
  server,
  cookie,
}) => {
  test.setTimeout(120_000)
  const other = await signedIn(browser, server, cookie)
  const odd = await openKitchen(staff, { query: 'share=odd' })
  await expect(odd.getByTestId('duty')).toHaveText(/all numbers/i)
  const even = await openKitchen(other, { query: 'share=even' })
  await expect(odd.getByTestId('duty')).toHaveText(/^odd numbers$/i)
  await expect(even.getByTestId('duty')).toHaveText(/^even numbers$/i)
  for (let count = 0; count < 4; count++) await placeOrder(server)
  await expect.poll(() => numbers(odd)).toEqual([1, 3])
  await expect.poll(() => numbers(even)).toEqual([2, 4])

  const diedAt = Date.now()
  await even.close()
  await expect.poll(() => numbers(odd), { timeout: 40_000, intervals: [200] }).toEqual([1, 2, 3, 4])
  expect(Date.now() - diedAt).toBeLessThan(27_000)
  await expect(odd.getByTestId('duty')).toHaveText(/other screen is silent/i)

  const back = await openKitchen(other, { query: 'share=even' })
  await expect.poll(() => numbers(odd)).toEqual([1, 3])
  await expect.poll(() => numbers(back)).toEqual([2, 4])
  await other.close()
})
