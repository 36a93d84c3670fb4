import type { Page } from '@playwright/test'
import { fitsEvery } from '../support/barriers.ts'
import { request, signIn } from '../support/orders.ts'
import { expect, test } from '../support/pages.ts'

const sizes = [
  { width: 390, height: 844 },
  { width: 1024, height: 768 },
  { width: 1280, height: 800 },
]

const isFit = (page: Page) => fitsEvery(sizes, page)

test('[OWN-20] the guide sees what is there, and a trial order travels before the owner', async ({ staff, server }) => {
  const cookie = await signIn(server)
  const change = (body: object) => request(server, 'PATCH', '/api/pizzerias/napoli', { body, cookie })
  await change({ phone: null, address: null })
  const page = await staff.newPage()
  await page.goto('/napoli/manage/start')
  const step = (id: string) => page.locator(`[data-step="${id}"]`)
  await expect(step('menu')).toHaveAttribute('data-done', 'true')
  await expect(step('shop')).toHaveAttribute('data-done', 'false')
  await expect(step('trial')).toHaveAttribute('data-done', 'false')
  await isFit(page)

  // Somebody else does a step: the guide sees it.
  await change({ address: 'Via Roma 1' })
  await expect(step('shop')).toHaveAttribute('data-done', 'true')

  const trial = page.getByTestId('trial')
  await trial.getByRole('button', { name: 'Place a trial order' }).click()
  await expect(trial).toContainText('T1')
  await expect(trial).toContainText('TEST')
  const kitchen = await staff.newPage()
  await kitchen.goto('/napoli/kitchen')
  await expect(kitchen.getByText('T1').first()).toBeVisible()
  await expect(trial.locator('[data-done="true"]')).toHaveCount(2)
  await kitchen.close()
  await trial.getByRole('button', { name: 'Mark it ready' }).click()
  await trial.getByRole('button', { name: 'Hand it over' }).click()
  await expect(trial.locator('[data-done="true"]')).toHaveCount(4)
  await expect(step('trial')).toHaveAttribute('data-done', 'true')
  await isFit(page)
})

test('[ORD-41] [ORD-46] [OWN-21] tables get codes to print; who scans one orders for that table', async ({
  staff,
  browser,
  server,
}) => {
  const page = await staff.newPage()
  await page.goto('/napoli/manage/tables')
  await page.getByLabel('to number').fill('3')
  await page.getByRole('button', { name: 'Add these' }).click()
  await page.getByRole('button', { name: 'One table' }).click()
  await page.getByLabel('Name of table 4').fill('Terrace')
  await isFit(page)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('button', { name: 'New code for table Terrace' })).toBeVisible()
  await page.getByRole('link', { name: 'Print the codes' }).click()
  const codes = page.getByTestId('codes').getByRole('listitem')
  await expect(codes).toHaveCount(5)
  await page.getByLabel('Another address').fill('http://192.168.1.20:3000')
  await page.getByLabel('Another address').press('Tab')
  await expect(codes.first()).toHaveAttribute('data-address', 'http://192.168.1.20:3000/napoli')
  await expect(page.getByTestId('secure-notice')).toBeVisible()
  await isFit(page)
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByLabel('Another address')).toBeHidden()

  const address = await codes.nth(4).getAttribute('data-address')
  const scanned = new URL(address!)
  expect(scanned.pathname).toBe('/napoli')
  const context = await browser.newContext({ baseURL: server.url, viewport: sizes[0], locale: 'en-GB' })
  const guest = await context.newPage()
  await guest.goto(`/napoli${scanned.search}`)
  await expect(guest.getByTestId('table')).toHaveText('You order for table Terrace.')
  await guest.getByRole('button', { name: 'Margherita', exact: true }).click()
  const builder = guest.getByRole('dialog')
  await builder.getByRole('button', { name: /Add to basket/ }).click()
  await guest.getByRole('button', { name: /See basket/ }).click()
  await guest.getByRole('button', { name: 'Go to checkout' }).click()
  await expect(guest.getByText('You sit at table Terrace.')).toBeVisible()
  await guest.getByLabel('Your name').fill('Ada')
  await guest.getByRole('button', { name: /Place order/ }).click()
  await guest.waitForURL(/\/orders\//)
  const cookie = await signIn(server)
  const { orders } = (await request(server, 'GET', '/api/streams/counter:napoli', { cookie })).body.state
  expect(orders.find((order: { test: boolean }) => !order.test)).toMatchObject({ mode: 'table', table: 'Terrace' })
  // Whoever sits there sees what was ordered, and not by whom.
  await guest.goto('/napoli')
  await expect(guest.getByTestId('table-orders')).toContainText('Margherita')
  await expect(guest.getByTestId('table-orders')).not.toContainText('Ada')
  // Without its code, a table is a guess.
  await guest.evaluate(() => localStorage.clear())
  await guest.goto('/napoli?table=guessed')
  await expect(guest.getByTestId('table')).toContainText('This code belongs to no table here')
  await context.close()
})
