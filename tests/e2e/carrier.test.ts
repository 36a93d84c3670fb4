import type { Page } from '@playwright/test'
import { startReverb } from '../support/carriers.ts'
import { placeOrder } from '../support/orders.ts'
import { expect, test } from '../support/pages.ts'
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

test('[CAR-6] a board follows over the carrier, and is on its own line when that dies', async ({ browser }) => {
  const carrier = await startReverb()
  const server = await startServer({ env: { COMANDA_CARRIER: carrier.address } })
  const page = await browser.newPage()
  try {
    const scripts = scriptsOf(page)
    const closed: string[] = []
    page.on('websocket', (socket) => socket.on('close', () => closed.push(new URL(socket.url()).pathname)))
    const board = page.getByTestId('board')
    const shows = (number: number) => expect(board.getByText(String(number), { exact: true }).first()).toBeVisible()
    await page.goto(`${server.url}/napoli/board`)
    // Its own line is let go once the carrier has proved itself.
    await until(() => closed.includes('/_ws'), 40_000)
    expect(carrier.listeners()).toBe(1)
    expect(scripts.some(speaksPusher)).toBe(true)
    await expect(board).toHaveAttribute('data-freshness', 'live')
    await shows((await placeOrder(server)).order.number)
    carrier.die()
    await shows((await placeOrder(server)).order.number)
    await expect(board).toHaveAttribute('data-freshness', 'live')
  } finally {
    await page.close()
    await server.stop()
    await carrier.stop()
  }
})

test('[CAR-6] where there is no carrier, no page loads what speaks to one', async ({ browser }) => {
  const server = await startServer()
  const page = await browser.newPage()
  try {
    const scripts = scriptsOf(page)
    await page.goto(`${server.url}/napoli/board`)
    await expect(page.getByTestId('board')).toHaveAttribute('data-freshness', 'live')
    await page.waitForLoadState('networkidle')
    expect(scripts.length).toBeGreaterThan(0)
    expect(scripts.some(speaksPusher)).toBe(false)
  } finally {
    await page.close()
    await server.stop()
  }
})
