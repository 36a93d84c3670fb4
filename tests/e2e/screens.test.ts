import type { Page } from '@playwright/test'
import { fitsEvery } from '../support/barriers.ts'
import { placeOrder } from '../support/orders.ts'
import { expect, test } from '../support/pages.ts'

const phone = { width: 390, height: 844 }
const laptop = { width: 1280, height: 800 }
const television = { width: 1920, height: 1080 }

/** What every screen must offer: something to read, nothing cut off at the side, no barrier that axe can find. */
async function isFit(page: Page, path: string, ...viewports: { width: number; height: number }[]) {
  await page.setViewportSize(viewports[0]!)
  const answer = await page.goto(path)
  expect(answer?.status()).toBe(200)
  await expect(page.locator('h1, h2, main').first()).toBeVisible()
  await page.waitForLoadState('load')
  await fitsEvery(viewports, page)
}

test('the start page fits a phone and a laptop', async ({ page }) => {
  await isFit(page, '/', phone, laptop)
})

test('the menu fits a phone and a laptop', async ({ page }) => {
  await isFit(page, '/napoli', phone, laptop)
})

test('the tracking page fits a phone', async ({ page, server }) => {
  const { tracking } = await placeOrder(server)
  await isFit(page, `/napoli/orders/${tracking}`, phone)
})

test('the counter fits a laptop, before and after signing in', async ({ page, staff }) => {
  await isFit(page, '/napoli/counter', laptop)
  await isFit(await staff.newPage(), '/napoli/counter', laptop)
})

test('the kitchen screen fits a television', async ({ staff, server }) => {
  await placeOrder(server)
  await isFit(await staff.newPage(), '/napoli/kitchen', television)
})

test('the board fits a television', async ({ page }) => {
  await isFit(page, '/napoli/board', television)
})
