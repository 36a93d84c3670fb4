import type { BrowserContext, Page } from '@playwright/test'
import type { Order } from '../../shared/order/order.ts'
import { hasNoBarriers } from '../support/barriers.ts'
import { expect, openKitchen, ordersOf, test } from '../support/kitchen-page.ts'
import { line, move, placeOrder, request } from '../support/orders.ts'

const card = (page: Page, number: number) => page.locator(`[data-testid="order-card"][data-number="${number}"]`)

async function openCounter(staff: BrowserContext, viewport = { width: 1024, height: 768 }): Promise<Page> {
  const page = await staff.newPage()
  await page.setViewportSize(viewport)
  await page.goto('/napoli/counter')
  await expect(page.getByText('Live', { exact: true }).first()).toBeVisible()
  return page
}
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
const briefly = ({ lines }: Pick<Order, 'lines'>) =>
  lines.map(({ quantity, item, size, toppings, removed }) =>
    [
      quantity,
      item,
      size,
      ...toppings.map((one) => `+${one.topping}`),
      ...removed.map((one) => `-${one.topping}`),
    ].join(' '),
  )

test('[CTR-3] from the ringing phone to the placed order: two pizzas with one extra in eight taps', async ({
  staff,
  server,
  cookie,
}) => {
  const page = await openCounter(staff)
  let taps = 0
  const tap = async (testid: string) => {
    taps += 1
    await page.getByTestId(testid).click()
  }
  await tap('new-order')
  await tap('pad-phone')
  await page.keyboard.type('06 12 34 56 78')
  await tap('pad-name')
  await page.keyboard.type('Berta')
  await tap('pad-item-margherita')
  await tap('pad-item-diavola')
  await tap('pad-toppings')
  await tap('pad-topping-olives')
  await tap('pad-send')
  await expect(page.getByTestId('pad')).toHaveCount(0)
  await expect(page.getByTestId('notice')).toContainText('Berta is placed for')
  console.log(`Two pizzas with one extra: ${taps} taps`)
  expect(taps).toBeLessThanOrEqual(8)
  const [order] = await ordersOf(server, cookie)
  expect(briefly(order!)).toEqual(['1 margherita medium', '1 diavola medium +olives'])
  expect(order!.customer).toEqual({ name: 'Berta', phone: '+33612345678' })
  await expect(card(page, order!.number)).toBeVisible()
})

test('[CTR-2] [CTR-3] by keyboard alone: a typed line, a choice, a word that is none; paid, and at a table', async ({
  staff,
  server,
  cookie,
}) => {
  const page = await openCounter(staff, { width: 1280, height: 800 })
  await page.keyboard.press('n')
  const typed = page.getByTestId('pad-typed')
  await expect(typed).toBeFocused()
  await page.keyboard.type('mar 2 l +oli -bas')
  await expect(page.getByTestId('pad-meant')).toContainText('Margherita')
  await page.keyboard.press('Enter')
  await expect(typed).toHaveValue('')
  await page.keyboard.type('mar s')
  await expect(page.getByTestId('pad-choice')).toHaveText(['Margherita', 'Marinara'])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('pad-meant')).toContainText('Marinara')
  await page.keyboard.press('Enter')
  await page.keyboard.type('xyzzy')
  await expect(page.getByTestId('pad-meant')).toContainText('xyzzy')
  // Escape takes back the word, and leaves the pad.
  await page.keyboard.press('Escape')
  await expect(typed).toHaveValue('')
  await expect(page.getByTestId('pad-line')).toHaveCount(2)
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('pad-phone')).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.type('Carlo')
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Tab')
  await expect(page.getByTestId('pad-table')).toBeFocused()
  await page.keyboard.type('7')
  await page.getByTestId('pad-paid-card').focus()
  await page.keyboard.press('Space')
  await page.getByTestId('pad-name').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('pad')).toHaveCount(0)
  const [order] = await ordersOf(server, cookie)
  expect(briefly(order!)).toEqual(['2 margherita large +olives -basil', '1 marinara small'])
  expect(order).toMatchObject({ mode: 'table', table: '7', paid: true, payments: [{ method: 'card' }] })
  expect(order!.payments![0]!.amount).toBe(order!.total)
})

test('[CTR-3] while it is paused, with the builder, for later; half-written it stays when the pad is closed', async ({
  staff,
  server,
  cookie,
}) => {
  const pausedUntil = new Date(Date.now() + 3_600_000).toISOString()
  await request(server, 'PATCH', '/api/pizzerias/napoli', { cookie, body: { pausedUntil } })
  const page = await openCounter(staff)
  await page.getByTestId('new-order').click()
  await page.getByTestId('pad-item-margherita').click()
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('pad')).toHaveCount(0)
  await page.getByTestId('new-order').click()
  await expect(page.getByTestId('pad-line')).toHaveCount(1)
  await page.getByTestId('pad-build').click()
  const builder = page.getByRole('dialog').filter({ has: page.getByRole('button', { name: /Save changes/ }) })
  await builder.getByRole('radio', { name: 'Large' }).check()
  await builder.getByRole('button', { name: /Save changes/ }).click()
  await expect(page.getByTestId('pad-line')).toContainText('Large')
  await expect(page.getByTestId('pad-promise')).toContainText('Ready at')
  await page.getByTestId('pad-send').click()
  await expect(page.getByTestId('pad')).toHaveCount(0)
  expect((await ordersOf(server, cookie)).map(briefly)).toEqual([['1 margherita large']])
  await page.getByTestId('new-order').click()
  await expect(page.getByTestId('pad-line')).toHaveCount(0)
})

test('[CTR-3] an order whose answer was lost is sent again and placed once', async ({ staff, server, cookie }) => {
  const page = await openCounter(staff)
  let sent = 0
  await page.route('**/api/pizzerias/napoli/orders', async (route) => {
    sent += 1
    if (sent > 4) return await route.continue()
    if (sent === 1) await route.fetch()
    await route.abort()
  })
  await page.getByTestId('new-order').click()
  await page.getByTestId('pad-item-marinara').click()
  await page.getByTestId('pad-send').click()
  await expect(page.getByTestId('pad-trouble')).toContainText('it is not known whether it arrived', { timeout: 20_000 })
  await page.getByTestId('pad-resend').click()
  await expect(page.getByTestId('pad')).toHaveCount(0)
  expect(await ordersOf(server, cookie)).toHaveLength(1)
})

test('[CTR-5] whoever rings again is known by their number, with what they had', async ({ staff, server, cookie }) => {
  const customer = { name: 'Dora', phone: '+33698765432' }
  const first = await placeOrder(server, { customer, lines: [line({ item: 'diavola', quantity: 2, size: 'large' })] })
  const page = await openCounter(staff)
  await page.getByTestId('new-order').click()
  await page.getByTestId('pad-phone').fill('06 98 76 54 32')
  await expect(page.getByTestId('pad-known')).toContainText('Dora')
  await hasNoBarriers(page)
  await page.getByTestId('pad-again').click()
  await page.getByTestId('pad-send').click()
  await expect(page.getByTestId('pad')).toHaveCount(0)
  const again = (await ordersOf(server, cookie)).find(({ id }) => id !== first.order.id)!
  expect(briefly(again)).toEqual(['2 diavola large'])
  expect(again.customer).toEqual(customer)
})

test('[CTR-4] [ORD-30] [ORD-32] a change shows its difference; kitchen and customer see it', async ({
  staff,
  server,
  cookie,
  browser,
}) => {
  const { order, tracking } = await placeOrder(server, { lines: [line({ quantity: 2 }), line({ item: 'marinara' })] })
  const pay = { cookie, body: { ifVersion: 1, method: 'card', amount: order.total } }
  await request(server, 'POST', `/api/orders/${order.id}/payments`, pay)
  const kitchen = await openKitchen(staff)
  const customer = await (await browser.newContext({ baseURL: server.url, locale: 'en-GB' })).newPage()
  await customer.goto(`/napoli/orders/${tracking}`)
  await expect(customer.getByText('Marinara').first()).toBeVisible()

  const page = await openCounter(staff)
  await page.bringToFront()
  await card(page, order.number).focus()
  await page.keyboard.press('e')
  await expect(page.getByTestId('pad-line')).toHaveCount(2)
  await page.getByTestId('pad-line').nth(1).getByRole('button').first().click()
  await page.getByTestId('pad-line').nth(1).getByRole('button', { name: 'Remove' }).click()
  await page.getByTestId('pad-typed').fill('dia l')
  await page.keyboard.press('Enter')
  await page.getByTestId('pad-note').fill('by the window')
  const difference = page.getByTestId('pad-difference')
  await expect(difference).toContainText('Marinara')
  await expect(difference).toContainText('Diavola')
  await expect(difference).toContainText('€27.00 → €34.00')
  await expect(difference).toContainText('€7.00 to pay')
  await hasNoBarriers(page)
  await page.getByTestId('pad-send').click()
  await expect(page.getByTestId('pad')).toHaveCount(0)
  await expect(card(page, order.number).getByTestId('order-pay')).toHaveText('€7.00 to pay')
  const [after] = await ordersOf(server, cookie)
  expect(briefly(after!)).toEqual(['2 margherita medium', '1 diavola large'])
  expect(after).toMatchObject({ note: 'by the window', total: 3400, paid: false })
  const ticket = kitchen.locator(`[data-testid^="ticket"][data-number="${order.number}"]`)
  await expect(ticket).toContainText(/changed/i)
  await expect(ticket).toContainText(/diavola/i)
  await expect(customer.getByText('Diavola').first()).toBeVisible()
  await expect(customer.getByText('€34.00').first()).toBeVisible()
})

test('[CTR-4] of two counters that change one order, the second compares again before anything is sent', async ({
  staff,
  server,
  cookie,
}) => {
  const { order } = await placeOrder(server)
  const [one, other] = [await openCounter(staff), await openCounter(staff)]
  for (const page of [one, other]) {
    await page.bringToFront()
    await card(page, order.number).focus()
    await page.keyboard.press('e')
    await expect(page.getByTestId('pad-line')).toHaveCount(1)
  }
  await one.getByTestId('pad-typed').fill('marinara')
  await one.keyboard.press('Enter')
  await one.getByTestId('pad-send').click()
  await expect(one.getByTestId('pad')).toHaveCount(0)
  await other.getByTestId('pad-note').fill('allergic to nuts')
  await other.getByTestId('pad-send').click()
  await expect(other.getByTestId('pad-trouble')).toContainText('Somebody has changed this order meanwhile')
  await expect(other.getByTestId('pad-difference')).toContainText('Marinara')
  expect((await ordersOf(server, cookie))[0]).toMatchObject({ version: 2, note: '' })
  await other.getByTestId('pad-send').click()
  await expect(other.getByTestId('pad')).toHaveCount(0)
  expect((await ordersOf(server, cookie))[0]).toMatchObject({ version: 3, note: 'allergic to nuts' })
})

test('[CTR-6] a cancelled order is restored from the list of what is done', async ({ staff, server, cookie }) => {
  const { order } = await placeOrder(server)
  await move(server, cookie, order, 'cancelled')
  const page = await openCounter(staff)
  await page.getByTestId('lane-done').getByTestId('order-restore').click()
  await expect(page.getByTestId('lane-todo').locator(`[data-number="${order.number}"]`)).toBeVisible()
  expect((await ordersOf(server, cookie))[0]).toMatchObject({ state: 'queued', cancelledAt: null })
})

test('[CTR-3] the pad fits a phone, a tablet and a laptop in each language, without barriers', async ({
  staff,
  server,
}) => {
  test.setTimeout(120_000)
  const page = await staff.newPage()
  for (const language of ['en', 'fr', 'it']) {
    await staff.addCookies([{ name: 'comanda_language', value: language, url: server.url }])
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.goto('/napoli/counter')
    await expect(page.locator('[data-live="live"]').first()).toBeVisible()
    await page.getByTestId('new-order').click()
    await page.getByTestId('pad-item-margherita').click()
    await page.getByTestId('pad-toppings').click()
    await page.getByTestId('pad-topping-olives').click()
    for (const [width, height] of [
      [1280, 800],
      [1024, 768],
      [390, 844],
    ] as const) {
      await page.setViewportSize({ width, height })
      if (width < 960) await page.getByTestId('pad-slip').click()
      await expect(page.getByTestId('pad-send')).toBeInViewport()
      expect(await overflow(page), `${language} ${width}`).toBe(0)
      if (language !== 'it') await hasNoBarriers(page)
    }
  }
})
