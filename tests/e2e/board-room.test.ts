import type { Page } from '@playwright/test'
import { expect, fill, test } from '../support/kitchen-page.ts'
import { move } from '../support/orders.ts'

const lying = { width: 1920, height: 1080 }
const standing = { width: 1080, height: 1920 }

/** Where the numbers are: of each kind how many are seen at once, and down to which share of the screen. */
const seen = (page: Page, kind: 'ready' | 'preparing') =>
  page.getByTestId(`board-${kind}`).evaluateAll((tiles) => ({
    count: tiles.length,
    down: Math.max(0, ...tiles.map((tile) => tile.getBoundingClientRect().bottom)) / innerHeight,
    inside: tiles.every((tile) => {
      const { top, bottom, left, right } = tile.getBoundingClientRect()
      return top >= 0 && left >= 0 && right <= innerWidth && bottom <= innerHeight
    }),
  }))

test('the board turns no page while there is room, lying and standing', async ({ staff, server, cookie }) => {
  const orders = await fill(server, cookie, 22)
  for (const order of orders.slice(0, 7)) await move(server, cookie, order, 'ready')
  const page = await staff.newPage()
  for (const size of [lying, standing]) {
    await page.setViewportSize(size)
    await page.goto('/napoli/board')
    await expect(page.getByTestId('board')).toHaveAttribute('data-freshness', 'live')
    await expect.poll(() => seen(page, 'ready')).toMatchObject({ count: 7, inside: true })
    await expect.poll(() => seen(page, 'preparing')).toMatchObject({ count: 15, inside: true })
    await expect(page.locator('.pages')).toHaveCount(0)
  }
  // Standing, the columns take the whole height: the lower one ends in the last fifth where it is full.
  for (const order of orders.slice(7, 12)) await move(server, cookie, order, 'ready')
  await expect.poll(async () => (await seen(page, 'ready')).count).toBe(12)
  expect((await seen(page, 'ready')).down).toBeGreaterThan(0.8)
})
