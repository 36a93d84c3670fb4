import type { Page } from '@playwright/test'
import { amend } from '../support/kitchen-page.ts'
import { placeOrder } from '../support/orders.ts'
import { expect, test } from '../support/pages.ts'

/** How far the page extends past its right edge, px. */
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** Pairs of elements in the bar that overlap. */
const overlaps = (page: Page) =>
  page.evaluate(() => {
    const all = [...document.querySelectorAll<HTMLElement>('header h1, header button, header a, header input')]
      .filter((one) => one.offsetParent !== null && one.closest('article') === null)
      .map((one) => ({ name: one.dataset.testid ?? one.textContent.trim(), box: one.getBoundingClientRect() }))
    return all.flatMap((a, index) =>
      all
        .slice(index + 1)
        .filter(
          (b) =>
            a.box.left < b.box.right - 1 &&
            b.box.left < a.box.right - 1 &&
            a.box.top < b.box.bottom - 1 &&
            b.box.top < a.box.bottom - 1,
        )
        .map((b) => `${a.name} over ${b.name}`),
    )
  })

const wholeCards = (page: Page) =>
  page.getByTestId('order-card').evaluateAll(
    (cards) =>
      cards.filter((card) => {
        const { width, top, bottom } = card.getBoundingClientRect()
        return width > 0 && top >= 0 && bottom <= innerHeight
      }).length,
  )

test('a tablet is the counter’s usual screen: six open orders at once, and no overlaps', async ({ staff, server }) => {
  for (let order = 0; order < 8; order++)
    await placeOrder(server, { customer: { name: 'Giovanni Battista Pergolesi' } })
  // What no kitchen has shown is an alarm after 45 s, and takes the room of three cards.
  amend(server, ({ placedAt }) => ({ shownAt: placedAt }))
  const page = await staff.newPage()
  for (const language of ['en', 'fr', 'it']) {
    await staff.addCookies([{ name: 'comanda_language', value: language, url: server.url }])
    await page.goto('/napoli/counter')
    await expect(page.locator('[data-live="live"]').first()).toBeVisible()
    for (const [width, height] of [
      [1024, 768],
      [1080, 810],
      [768, 1024],
    ] as const) {
      await page.setViewportSize({ width, height })
      if (width >= 1024) await expect.poll(() => wholeCards(page), `${language} ${width}`).toBeGreaterThanOrEqual(6)
      expect(await overflow(page), `${language} ${width}`).toBe(0)
      expect(await overlaps(page), `${language} ${width}`).toEqual([])
    }
  }
})

test('nothing overlaps at the counter while the server is away', async ({ staff, server }) => {
  await placeOrder(server)
  const pages: [language: string, page: Page][] = []
  for (const language of ['en', 'fr', 'it']) {
    await staff.addCookies([{ name: 'comanda_language', value: language, url: server.url }])
    const page = await staff.newPage()
    await page.goto('/napoli/counter')
    // A page that is still being hydrated would take the next language for its own.
    await expect(page.locator('[data-live="live"]').first()).toBeVisible()
    pages.push([language, page])
  }
  await staff.setOffline(true)
  for (const [language, page] of pages) {
    await expect(page.getByTestId('stale')).toBeVisible({ timeout: 60_000 })
    for (const [width, height] of [
      [1024, 768],
      [1080, 810],
      [768, 1024],
    ] as const) {
      await page.setViewportSize({ width, height })
      expect(await overflow(page), `${language} ${width}`).toBe(0)
      expect(await overlaps(page), `${language} ${width}`).toEqual([])
    }
  }
})

test('the menu fits a tablet in each language', async ({ context, page, server }) => {
  await page.setViewportSize({ width: 1024, height: 768 })
  for (const language of ['en', 'fr', 'it']) {
    await context.addCookies([{ name: 'comanda_language', value: language, url: server.url }])
    await page.goto('/napoli')
    await expect(page.locator('h1')).toBeVisible()
    expect(await overflow(page), language).toBe(0)
    // A page that is still being hydrated would take the next language for its own.
    await expect(page.locator('[data-live="live"]').first()).toBeVisible()
  }
})
