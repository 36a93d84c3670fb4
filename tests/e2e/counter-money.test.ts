import type { Page } from '@playwright/test'
import type { Order } from '../../shared/order/order.ts'
import { hasNoBarriers } from '../support/barriers.ts'
import { expect, ordersOf, test } from '../support/kitchen-page.ts'
import { line, move, placeOrder, request } from '../support/orders.ts'
import type { TestServer } from '../support/server.ts'

const card = (page: Page, number: number) => page.locator(`[data-testid="order-card"][data-number="${number}"]`)
const paymentsOf = async (server: TestServer, cookie: string, id: string) =>
  ((await ordersOf(server, cookie)).find((order) => order.id === id) as Order).payments ?? []

test('[CTR-1] [ORD-33] paid in two parts by keyboard alone; the card says what is left', async ({
  staff,
  server,
  cookie,
}) => {
  const { order } = await placeOrder(server, { lines: [line({ quantity: 2 })] })
  const page = await staff.newPage()
  await page.goto('/napoli/counter')
  await expect(page.getByText('Live', { exact: true }).first()).toBeVisible()
  await card(page, order.number).getByTestId('order-pay').focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('no certified cash register')
  const amount = dialog.getByTestId('payment-amount')
  await expect(amount).toBeFocused()
  await expect(amount).toHaveValue('19.00')
  await hasNoBarriers(page)
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('10')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(dialog.getByTestId('payment-fact')).toContainText('Card')
  await expect(amount).toHaveValue('9.00')
  await expect(card(page, order.number).getByTestId('order-pay')).toHaveText('€9.00 to pay')
  await dialog.getByTestId('method-cash').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(card(page, order.number).getByTestId('order-paid')).toBeVisible()
  expect(await paymentsOf(server, cookie, order.id)).toMatchObject([
    { kind: 'payment', method: 'card', amount: 1000, by: { name: expect.any(String) } },
    { kind: 'payment', method: 'cash', amount: 900 },
  ])
})

test('[CTR-1] of two counters that take the same money, one is told; a lost answer pays once', async ({
  staff,
  server,
  cookie,
}) => {
  const { order } = await placeOrder(server)
  const [one, other] = [await staff.newPage(), await staff.newPage()]
  // The second counter's tap is on its way while the first one's arrives.
  const gate = Promise.withResolvers<null>()
  await other.route('**/payments', async (route) => {
    await gate.promise
    await route.continue()
  })
  // The first counter's first answer is lost.
  let lost = 0
  await one.route('**/payments', async (route) => {
    if (lost++) return await route.continue()
    await route.fetch()
    await route.abort()
  })
  for (const page of [one, other]) {
    await page.goto('/napoli/counter')
    await expect(page.getByText('Live', { exact: true }).first()).toBeVisible()
    await card(page, order.number).getByTestId('order-pay').click()
  }
  await other.getByTestId('method-card').click()
  await one.getByTestId('method-cash').click()
  await expect(one.getByRole('dialog')).toHaveCount(0)
  expect(lost).toBe(2)
  gate.resolve(null)
  await expect(other.getByTestId('payment-trouble')).toContainText('Somebody has just changed this order')
  await expect(other.getByTestId('payment-rest')).toHaveText('€9.50')
  expect(await paymentsOf(server, cookie, order.id)).toMatchObject([{ method: 'cash', amount: 950 }])
})

test('[CTR-1] [ORD-33] money to return is a list that empties, at every counter', async ({ staff, server, cookie }) => {
  const { order } = await placeOrder(server, { customer: { name: 'Berta' } })
  const pay = { cookie, body: { ifVersion: 1, method: 'card', amount: 950 } }
  await request(server, 'POST', `/api/orders/${order.id}/payments`, pay)
  await move(server, cookie, { id: order.id, version: 2 }, 'cancelled')
  const [one, other] = [await staff.newPage(), await staff.newPage()]
  for (const page of [one, other]) {
    await page.goto('/napoli/counter')
    await expect(page.getByText('Live', { exact: true }).first()).toBeVisible()
    await page.getByTestId('open-owed').click()
    await expect(page.getByTestId('owed-panel')).toContainText('Berta')
  }
  await hasNoBarriers(one)
  await one.locator(`[data-owed="${order.number}"]`).getByRole('button').click()
  await expect(one.getByTestId('payment-amount')).toHaveValue('9.50')
  await one.getByTestId('method-cash').click()
  for (const page of [one, other]) await expect(page.getByTestId('owed-panel')).toContainText('Nobody waits for money')
  expect(await paymentsOf(server, cookie, order.id)).toMatchObject([
    { kind: 'payment', method: 'card' },
    { kind: 'refund', method: 'cash', amount: 950 },
  ])
})

test('[CTR-1] [ORD-12] an unpaid order is paid and handed over in two taps', async ({ staff, server, cookie }) => {
  const { order } = await placeOrder(server)
  await move(server, cookie, order, 'ready')
  const page = await staff.newPage()
  await page.goto('/napoli/counter')
  await expect(page.getByText('Live', { exact: true }).first()).toBeVisible()
  await card(page, order.number).getByTestId('order-step').click()
  await page.getByTestId('method-card').click()
  await expect(page.getByTestId('lane-done').locator(`[data-number="${order.number}"]`)).toBeVisible()
  expect(await paymentsOf(server, cookie, order.id)).toMatchObject([{ method: 'card', amount: 950 }])
})
