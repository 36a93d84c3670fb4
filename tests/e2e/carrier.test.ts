import type { Page } from '@playwright/test'
import { startReverb, type FakeCarrier } from '../support/carriers.ts'
import { placeOrder } from '../support/orders.ts'
import { expect, test as base } from '../support/pages.ts'
import { startServer } from '../support/server.ts'
import { until } from '../support/until.ts'

/** The texts of all scripts that a page loads, as they come. */
function scriptsOf(page: Page) {
  const texts: string[] = []
  page.on('response', async (answer) => {
    if (answer.request().resourceType() === 'script') texts.push(await answer.text().catch(() => ''))
  })
  return texts
}
const speaksPusher = (text: string) => text.includes('pusher_internal:subscription_succeeded')

const test = base.extend<{ carrier: FakeCarrier }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this pattern.
  carrier: async ({}, use) => {
    const carrier = await startReverb()
    await use(carrier)
    await carrier.stop()
  },
  server: async ({ carrier }, use) => {
    const server = await startServer({ env: { COMANDA_CARRIER: carrier.address } })
    await use(server)
    await server.stop()
  },
})

test('[CAR-6] a board follows over the carrier, and is on its own line when that dies', async ({
  page,
  server,
  carrier,
}) => {
  const scripts = scriptsOf(page)
  const closed: string[] = []
  page.on('websocket', (socket) => socket.on('close', () => closed.push(new URL(socket.url()).pathname)))
  const board = page.getByTestId('board')
  const shows = (number: number) => expect(board.getByText(String(number), { exact: true }).first()).toBeVisible()
  await page.goto('/napoli/board')
  // Its own line is let go once the carrier has proved itself.
  await until(() => closed.includes('/_ws'), 40_000)
  expect(carrier.listeners()).toBe(1)
  expect(scripts.some(speaksPusher)).toBe(true)
  await expect(board).toHaveAttribute('data-freshness', 'live')
  await shows((await placeOrder(server)).order.number)
  carrier.die()
  await shows((await placeOrder(server)).order.number)
  await expect(board).toHaveAttribute('data-freshness', 'live')
})

base('[CAR-6] where there is no carrier, no page loads what speaks to one', async ({ page }) => {
  const scripts = scriptsOf(page)
  await page.goto('/napoli/board')
  await expect(page.getByTestId('board')).toHaveAttribute('data-freshness', 'live')
  await page.waitForLoadState('networkidle')
  expect(scripts.length).toBeGreaterThan(0)
  expect(scripts.some(speaksPusher)).toBe(false)
})
