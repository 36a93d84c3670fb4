import type { BrowserContext, Page } from '@playwright/test'
import { expect } from './pages.ts'

/**
 * Records on the kitchen page when each order's ticket was painted (ms since 1970, the same clock as ours), and checks
 * that the page is never loaded again.
 */
export async function openKitchen(staff: BrowserContext): Promise<Page> {
  const page = await staff.newPage()
  await page.setViewportSize({ width: 1920, height: 1080 })
  await page.goto('/napoli/kitchen')
  await expect(page.getByTestId('live')).toHaveText(/live/i)
  await page.evaluate(() => {
    const painted: Record<string, number> = {}
    Object.assign(window, { painted })
    new MutationObserver(() => {
      for (const ticket of document.querySelectorAll<HTMLElement>('[data-testid^="ticket"]')) {
        const { number } = ticket.dataset
        if (!number || number in painted) continue
        painted[number] = 0
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            painted[number] = Date.now()
          }),
        )
      }
    }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-number'] })
  })
  return page
}

/** When an order's ticket was painted, ms since 1970; waits for it. */
export const paintedAt = (page: Page, number: number) =>
  page
    .waitForFunction(
      (number) => (window as unknown as { painted: Record<string, number> }).painted[number] || false,
      number,
    )
    .then((value) => value.jsonValue() as Promise<number>)
