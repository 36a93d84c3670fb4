import type { BrowserContext, Page } from '@playwright/test'
import { expect, fill, ordersOf, test } from '../support/kitchen-page.ts'

async function openCounter(staff: BrowserContext): Promise<Page> {
  const page = await staff.newPage()
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto('/napoli/counter')
  await expect(page.getByText('Live', { exact: true }).first()).toBeVisible()
  return page
}
const card = (page: Page, number: number) => page.locator(`[data-testid="order-card"][data-number="${number}"]`)
/** A mark that a reload would remove. */
const mark = (page: Page) =>
  page.evaluate(() => {
    Object.assign(window, { notReloaded: true })
  })
const isMarked = (page: Page) => page.evaluate(() => 'notReloaded' in window)

test('[ORD-15] ready with one tap, undone with one', async ({ staff, server, cookie }) => {
  const [order] = await fill(server, cookie, 2)
  const page = await openCounter(staff)
  await card(page, order!.number).getByTestId('order-step').click()
  await expect(page.getByTestId('lane-ready').getByTestId('order-card')).toHaveAttribute(
    'data-number',
    String(order!.number),
  )
  await page.getByTestId('undo').click()
  await expect(page.getByTestId('lane-ready').getByTestId('order-card')).toHaveCount(0)
  await expect(card(page, order!.number).getByTestId('order-step')).toHaveAttribute('data-step', 'ready')
  expect((await ordersOf(server, cookie)).find(({ id }) => id === order!.id)?.state).toBe('queued')
})

test(
  '[CLI-1] 86 in two taps greys the dish on a menu open elsewhere, and a topping takes its dishes ' +
    'with it; the same way back',
  async ({ staff, browser, server }) => {
    const customer = await (
      await browser.newContext({ baseURL: server.url, viewport: { width: 390, height: 844 }, locale: 'en-GB' })
    ).newPage()
    await customer.goto('/napoli')
    const dish = customer.getByRole('button', { name: 'Margherita', exact: true })
    await expect(dish).toBeEnabled()
    await expect(customer.getByText('Live', { exact: true }).first()).toBeVisible()
    await mark(customer)

    const counter = await openCounter(staff)
    await counter.getByTestId('open-stock').click()
    const row = counter.getByTestId('stock-Margherita')
    await row.getByRole('button').first().click()
    await row.getByRole('button', { name: 'Until I say' }).click()
    await expect(dish).toBeDisabled()
    await expect(customer.locator('article').filter({ has: dish })).toContainText('Sold out')
    await row.getByRole('button', { name: 'Back: Margherita' }).click()
    await expect(dish).toBeEnabled()

    const mozzarella = counter.getByTestId('stock-Fior di latte mozzarella')
    await mozzarella.getByRole('button').first().click()
    await expect(mozzarella).toContainText(/Takes \d+ dishes with it: .*Margherita/)
    expect(await isMarked(customer), 'the menu was not reloaded').toBe(true)
  },
)

test('[CLI-1] a pause appears on the menu at once, and so does its end', async ({ staff, browser, server }) => {
  const customer = await (
    await browser.newContext({ baseURL: server.url, viewport: { width: 390, height: 844 }, locale: 'en-GB' })
  ).newPage()
  await customer.goto('/napoli')
  await expect(customer.getByText('Live', { exact: true }).first()).toBeVisible()
  await mark(customer)
  const counter = await openCounter(staff)
  await counter.getByTestId('open-pace').click()
  const panel = counter.getByTestId('pace-panel')
  await panel.getByRole('button', { name: '+20', exact: true }).click()
  await expect(customer.getByRole('status').filter({ hasText: '20' }).first()).toBeVisible()
  await panel.getByRole('button', { name: /^15/ }).last().click()
  await expect(customer.getByText(/paus|no new orders|take.* again/i).first()).toBeVisible()
  await panel.getByRole('button', { name: 'Take orders again' }).click()
  await expect(customer.getByText(/paus|no new orders/i)).toHaveCount(0)
  expect(await isMarked(customer)).toBe(true)
})

test(
  '[DSP-2] an order that no kitchen screen has proved to show alarms the counter after 45 s; once ' +
    'shown, the alarm ends',
  async ({ staff, server, cookie }) => {
    test.setTimeout(120_000)
    const counter = await openCounter(staff)
    // No screen is connected: the counter says so at once, before any order is late.
    await expect(counter.getByTestId('alarm')).toContainText('No kitchen screen is connected')
    const [order] = await fill(server, cookie, 1)
    const placedAt = Date.parse(order!.placedAt)
    await expect(card(counter, order!.number)).toBeVisible()
    await expect(counter.getByTestId('alarm')).toHaveAttribute('data-level', '0')
    await expect(counter.getByTestId('alarm')).toContainText(`The kitchen has not seen ${order!.number}`, {
      timeout: 60_000,
    })
    console.log(`Alarm ${((Date.now() - placedAt) / 1000).toFixed(1)} s after the order`)
    expect(Date.now() - placedAt).toBeGreaterThan(44_000)
    expect(Date.now() - placedAt).toBeLessThan(55_000)
    await expect(counter.getByTestId('alarm')).toHaveAttribute('data-level', '2')
    await expect(card(counter, order!.number)).toContainText('Not on any kitchen screen yet')
    // A counter that is opened while it sounds shows the same; that nothing differs from the server's page, the page's
    // own clean console says.
    await counter.reload()
    await expect(counter.getByTestId('alarm')).toContainText(`The kitchen has not seen ${order!.number}`)

    const kitchen = await staff.newPage()
    await kitchen.goto('/napoli/kitchen')
    await expect(kitchen.getByTestId('ticket')).toHaveCount(1)
    await kitchen.bringToFront()
    await expect(counter.getByTestId('alarm')).toHaveCount(0, { timeout: 15_000 })
  },
)

test(
  "[ORD-14] the manager's button starts a rehearsal and ends it; its tickets carry TEST and are " + 'gone afterwards',
  async ({ staff }) => {
    const manager = await staff.newPage()
    await manager.goto('/napoli/manage/screens')
    const kitchen = await staff.newPage()
    await kitchen.goto('/napoli/kitchen')
    const panel = manager.getByTestId('rehearsal')
    await panel.getByRole('button', { name: '5 min', exact: true }).click()
    await panel.getByRole('button', { name: 'Start the rehearsal' }).click()
    await expect(panel.getByRole('button', { name: 'End the rehearsal' })).toBeVisible()
    // An evening begins slowly, and at random.
    await expect(kitchen.getByTestId('ticket').first()).toBeVisible({ timeout: 90_000 })
    await expect(kitchen.getByTestId('ticket').first().locator('.badge.test')).toHaveText(/test/i)
    await panel.getByRole('button', { name: 'End the rehearsal' }).click()
    await expect(panel.getByRole('button', { name: 'Start the rehearsal' })).toBeVisible()
    // Struck through for a minute, as any cancelled ticket is; none is left to be made.
    await expect(kitchen.locator('[data-testid="ticket"]:not(.struck)')).toHaveCount(0)
  },
)
