import type { Page } from '@playwright/test'
import { placeOrder } from '../support/orders.ts'
import { expect, moving, test } from '../support/pages.ts'
import { openKitchen, paintedAt } from '../support/painted.ts'

test.use(moving)

/** A mark that a reload would remove. */
const mark = (page: Page) =>
  page.evaluate(() => {
    Object.assign(window, { notReloaded: true })
  })
const isMarked = (page: Page) =>
  page.evaluate(() => (window as unknown as { notReloaded?: boolean }).notReloaded === true)

test(
  '[CLI-1] [DSP-1] four screens at once: ordered by hand, painted in the kitchen, made ready at ' +
    'the counter, seen by customer and board',
  async ({ page, browser, staff, server }) => {
    const kitchen = await openKitchen(staff)
    const counter = await staff.newPage()
    await counter.goto('/napoli/counter')
    const board = await (await browser.newContext({ baseURL: server.url, locale: 'en-GB' })).newPage()
    await board.goto('/napoli/board')

    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto('/napoli')
    await expect(page.getByText('Live', { exact: true }).first()).toBeVisible()
    await Promise.all([page, kitchen, counter, board].map(mark))
    await page.getByRole('button', { name: 'Margherita', exact: true }).click()
    const builder = page.getByRole('dialog')
    await builder.getByRole('radio', { name: /Medium/ }).check({ force: true })
    await builder.getByRole('button', { name: /Add to basket/ }).click()
    await page.getByRole('button', { name: /See basket/ }).click()
    await page.getByRole('button', { name: 'Go to checkout' }).click()
    await page.getByLabel('Your name').fill('Ada Lovelace')
    await page.getByLabel('Phone').fill('+33612345678')
    const answered = page.waitForResponse(
      (answer) => answer.url().endsWith('/orders') && answer.request().method() === 'POST',
    )
    await page.getByRole('button', { name: /Place order/ }).click()
    const answer = await answered
    expect(answer.status()).toBe(201)
    const { order } = (await answer.json()) as { order: { number: number } }

    await paintedAt(kitchen, order.number)
    await expect(page).toHaveURL(/\/napoli\/orders\//)
    const card = counter.locator(`[data-testid="order-card"][data-number="${order.number}"]`)
    await expect(card).toBeVisible()
    await expect(board.locator(`[data-testid^="board-"][data-number="${order.number}"]`).first()).toBeVisible()

    await card.getByRole('button', { name: 'Ready' }).click()
    await expect(page.getByText('Ready!').first()).toBeVisible()
    await expect(board.locator(`[data-testid="board-ready"][data-number="${order.number}"]`)).toBeVisible()
    await expect(kitchen.locator(`[data-testid^="ticket"][data-number="${order.number}"]`)).toHaveCount(0)
    expect(await Promise.all([page, kitchen, counter, board].map(isMarked)), 'no page was reloaded').toEqual([
      true,
      true,
      true,
      true,
    ])
  },
)

test(
  '[CLI-3] [CLI-6] an order placed while the kitchen is offline appears when it is back; ' +
    'meanwhile the page does not claim to be live',
  async ({ staff, server }) => {
    const kitchen = await openKitchen(staff)
    await mark(kitchen)
    await staff.setOffline(true)
    // Chromium keeps open sockets when it is set offline: the page only notices that nothing comes any more.
    const { order } = await placeOrder(server, { customer: { name: 'Grace' } })
    await expect(kitchen.getByTestId('live')).not.toHaveText(/live/i, { timeout: 20_000 })
    await staff.setOffline(false)
    await expect(kitchen.locator(`[data-testid^="ticket"][data-number="${order.number}"]`).first()).toBeVisible()
    await expect(kitchen.getByTestId('live')).toHaveText(/live/i, { timeout: 20_000 })
    expect(await isMarked(kitchen)).toBe(true)
  },
)

test('[ORD-3] two people at the counter move one order at once: one wins, the other sees its present state', async ({
  staff,
  server,
}) => {
  const { order } = await placeOrder(server)
  const pages = await Promise.all([staff.newPage(), staff.newPage()])
  for (const page of pages) await page.goto('/napoli/counter')
  const cards = pages.map((page) => page.locator(`[data-testid="order-card"][data-number="${order.number}"]`))
  for (const card of cards) await expect(card).toBeVisible()
  // Both taps hit buttons that existed: a patient click would find that the other person's tap removed its own button.
  const buttons = await Promise.all(cards.map((card) => card.getByRole('button', { name: 'Ready' }).elementHandle()))
  await Promise.all(buttons.map((button) => button!.evaluate((element) => (element as HTMLElement).click())))
  for (const card of cards) await expect(card.getByRole('button', { name: 'Hand over' })).toBeVisible()
})
