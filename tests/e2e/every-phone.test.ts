import type { Page } from '@playwright/test'
import { hasNoBarriers } from '../support/barriers.ts'
import { strayTexts } from '../support/boxes.ts'
import { placeOrder } from '../support/orders.ts'
import { expect, test } from '../support/pages.ts'

test('[WEB-6] without JavaScript the whole menu can be read, and the phone number stands on top', async ({
  browser,
  server,
}) => {
  const context = await browser.newContext({
    baseURL: server.url,
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
    locale: 'en-GB',
  })
  const page = await context.newPage()
  await page.goto('/napoli')
  expect(await page.content()).toContain('Ordering on this page needs JavaScript')
  const phone = page.locator('a[href="tel:+33199001234"]')
  await expect(phone.first()).toBeInViewport()
  await expect(phone).toHaveCount(2)
  const cards = page.getByRole('article')
  expect(await cards.count()).toBeGreaterThan(25)
  for (const words of ['Margherita', 'Tiramisù', 'Espresso'])
    await expect(page.getByRole('heading', { name: words, exact: true })).toBeVisible()
  await expect(cards.filter({ hasText: 'Margherita' }).first()).toContainText('€')
  await context.close()
})

test('[WEB-7] the first stop of the Tab key leads to the basket, beside the menu and on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto('/napoli')
  await expect(page.getByText('Live', { exact: true }).first()).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.locator(':focus')).toHaveText('Skip to the basket')
  await expect(page.locator(':focus')).toBeInViewport()
  await page.keyboard.press('Enter')
  await expect(page.locator('#basket')).toBeFocused()

  await page.setViewportSize({ width: 390, height: 844 })
  await page.reload()
  await expect(page.getByText('Live', { exact: true }).first()).toBeVisible()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Your basket' })).toBeVisible()
})

const phones = [
  { name: '320 px', width: 320, height: 568, text: 100 },
  { name: '200 % text', width: 390, height: 844, text: 200 },
  { name: '320 px with 200 % text', width: 320, height: 568, text: 200 },
  { name: 'landscape', width: 667, height: 320, text: 100 },
]

/** As the setting of a browser does it: all that is measured in letters grows. */
const largeText = (page: Page, percent: number) =>
  page.addInitScript((percent) => {
    const grow = () => document.documentElement?.style.setProperty('font-size', `${percent}%`)
    grow()
    document.addEventListener('DOMContentLoaded', grow)
  }, percent)

for (const { name, width, height, text } of phones)
  test(`[WEB-7] ${name}: nothing scrolls sideways and no text is cut, from the menu to the order`, async ({
    page,
    server,
  }) => {
    await page.setViewportSize({ width, height })
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await largeText(page, text)
    const fits = async (what: string, boxes: string) => {
      expect(await strayTexts(page, boxes), what).toEqual([])
    }
    await page.goto('/napoli')
    await expect(page.getByText('Live', { exact: true }).first()).toBeVisible()
    await fits('the menu', 'article, header, section, nav button')
    await page.getByRole('button', { name: 'Margherita', exact: true }).click()
    const sheet = page.getByRole('dialog')
    await expect(sheet.getByRole('button', { name: /Add to basket/ })).toBeVisible()
    await fits('the builder', '[role="dialog"]')
    await sheet.getByRole('button', { name: /Add to basket/ }).click()
    await page.getByRole('button', { name: /See basket/ }).click()
    await page.getByRole('button', { name: 'Go to checkout' }).click()
    await expect(page.getByLabel('Your name')).toBeVisible()
    await fits('the checkout', '[role="dialog"]')
    await hasNoBarriers(page)

    const { tracking } = await placeOrder(server)
    await page.goto(`/napoli/orders/${tracking}`)
    await expect(page.locator('h1')).toBeVisible()
    await fits('the order', 'section, li, main')
    await page.goto('/napoli/orders/nobodys')
    await expect(page.locator('h1')).toBeVisible()
    await fits('an error', 'main')
  })
