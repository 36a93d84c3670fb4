import type { Page } from '@playwright/test'
import { fitsEvery } from '../support/barriers.ts'
import { placeOrder, request, signIn } from '../support/orders.ts'
import { addCookies, expect, test } from '../support/pages.ts'

const sizes = [
  { width: 390, height: 844 },
  { width: 1024, height: 768 },
  { width: 1280, height: 800 },
]

const isFit = (page: Page) => fitsEvery(sizes, page)
const saved = (page: Page) => expect(page.getByTestId('save-bar')).toHaveAttribute('data-state', 'saved')
const save = async (page: Page) => {
  await page.getByTestId('save-bar').getByRole('button', { name: 'Save', exact: true }).click()
  await saved(page)
}

/** A time zone in which it is noon, so that no test depends on the hour at which it runs. */
function zoneAtNoon(): string {
  const ahead = 12 - new Date().getUTCHours()
  // The signs of these names are the wrong way round, as in POSIX.
  return `Etc/GMT${ahead >= 0 ? '-' : '+'}${Math.abs(ahead)}`
}
test.beforeEach(async ({ server }) => {
  const body = { timezone: zoneAtNoon() }
  await request(server, 'PATCH', '/api/pizzerias/napoli', { body, cookie: await signIn(server) })
})

test('[SET-4] [SET-6] a week and a holiday: seen by customers, kept unsaved, taken back', async ({
  staff,
  server,
  browser,
}) => {
  const page = await staff.newPage()
  await page.goto('/napoli/manage/hours')
  await page.getByLabel('By the day').check()
  const monday = page.locator('[data-day="1"]')
  await expect(monday).toContainText('Closed')
  await monday.getByRole('button', { name: 'Add an opening: Monday' }).click()
  await monday.getByLabel('Monday, opening 1: from').fill('11:30')
  await monday.getByLabel('Monday, opening 1: to').fill('01:00')
  await expect(monday).toContainText('next day')
  await isFit(page)

  // Closing the page loses nothing.
  await page.reload()
  await expect(page.getByLabel('Monday, opening 1: from')).toHaveValue('11:30')
  await expect(page.getByRole('status').filter({ hasText: 'One change is not saved' })).toBeVisible()
  await save(page)
  const cookie = await signIn(server)
  const settings = async () =>
    (await request(server, 'GET', '/api/pizzerias/napoli/settings', { cookie })).body.settings
  expect((await settings()).hours).toContainEqual({ day: 1, from: '11:30', to: '01:00' })
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(async () => (await settings()).hours).toBeNull()

  await page.getByRole('button', { name: 'Public holidays' }).click()
  const holidays = page.getByTestId('holidays')
  await holidays.getByLabel(/Christmas Day/).check()
  await holidays.getByRole('button', { name: 'Add one day' }).click()
  await page.getByRole('button', { name: 'Another day' }).click()
  const today = page.getByTestId('exceptions').getByRole('listitem').first()
  await today.getByLabel('Note').fill('We are at the sea')
  await isFit(page)

  // A customer has the menu open while the manager closes the day.
  const customer = await (await browser.newContext({ baseURL: server.url, locale: 'en-GB' })).newPage()
  await customer.goto('/napoli')
  await expect(customer.getByText('Open now')).toBeVisible()
  await save(page)
  await expect(customer.getByText(/We are closed.*We are at the sea/)).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(customer.getByText('Open now')).toBeVisible()
  await customer.context().close()
})

test('[SET-5] closed for today in two taps, with the orders that this touches; and open again', async ({
  staff,
  server,
}) => {
  const soon = new Date(Date.now() + 40 * 60_000).toISOString()
  const { order } = await placeOrder(server, { for: soon, customer: { name: 'Ada', phone: '+33612345678' } })
  const page = await staff.newPage()
  await page.goto('/napoli/manage/hours')
  const today = page.getByTestId('today')
  await today.getByRole('button', { name: 'Close for today' }).click()
  await expect(today.getByTestId('touched')).toContainText(String(order.number))
  await today.getByRole('button', { name: 'Close now' }).click()
  await expect(today).toContainText('Closed by hand')
  await expect(today.getByRole('link', { name: '+33612345678' })).toBeVisible()
  await isFit(page)
  await today.getByRole('button', { name: 'Open again' }).click()
  await expect(today).toContainText('Open.')
})

test('[SET-6] two managers at once: the second sees both values and chooses', async ({ staff, server, browser }) => {
  const other = await browser.newContext({ baseURL: server.url, locale: 'en-GB' })
  await addCookies(other, server.url, await signIn(server))
  const [first, second] = [await staff.newPage(), await other.newPage()]
  for (const page of [first, second]) {
    await page.goto('/napoli/manage/settings')
    await expect(page.getByLabel('Address')).toBeVisible()
  }
  await second.getByLabel('Address').fill('Via Napoli 2')
  await second.getByLabel('One pizza bakes').fill('90')
  await first.getByLabel('Address').fill('Via Roma 1')
  await first.getByLabel('Phone', { exact: true }).fill('01 23 45 67 89')
  await save(first)
  // The page of the second follows what it has not touched, and asks about what both have.
  const both = second.getByTestId('both')
  await expect(both).toContainText('Via Roma 1')
  await expect(both).toContainText('Via Napoli 2')
  await expect(second.getByLabel('Phone', { exact: true })).toHaveValue('+33123456789')
  await expect(second.getByTestId('save-bar').getByRole('button', { name: 'Save', exact: true })).toBeDisabled()
  await isFit(second)
  await both.getByRole('button', { name: /Yours/ }).click()
  await save(second)
  await expect(first.getByLabel('Address')).toHaveValue('Via Napoli 2')
  await expect(first.getByLabel('One pizza bakes')).toHaveValue('90')
  await other.close()
})
