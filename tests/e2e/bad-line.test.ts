import type { BrowserContext, Page } from '@playwright/test'
import { startChaosProxy, type ChaosProxy } from '../support/chaos-proxy.ts'
import { signIn } from '../support/orders.ts'
import { ordersOf } from '../support/kitchen-page.ts'
import { expect, test as base, watch } from '../support/pages.ts'
import { randomFrom, seed } from '../support/seed.ts'

/** A phone behind a line that adds 400 ms to each round trip and holds one piece in twenty for a second. */
const test = base.extend<{ line: ChaosProxy; phone: BrowserContext }>({
  line: async ({ server }, use) => {
    const line = await startChaosProxy(server)
    console.log(`COMANDA_SEED=${seed}`)
    Object.assign(line.faults, { delayMs: 200, hold: 0.05, random: randomFrom(seed) })
    await use(line)
    await line.stop()
  },
  phone: async ({ browser, line }, use) => {
    const context = await browser.newContext({
      baseURL: line.url,
      viewport: { width: 390, height: 844 },
      locale: 'en-GB',
      hasTouch: true,
    })
    const faults = watch(context)
    await use(context)
    expect(faults).toEqual([])
    await context.close()
  },
})

const open = (page: Page) => page.goto('/napoli', { waitUntil: 'commit' })
/** Half margherita, half diavola, up to the button that places it; nobody waits for anything but what they see. */
async function fillIn(page: Page, name: string) {
  await page.getByRole('button', { name: 'Margherita', exact: true }).click()
  const builder = page.getByRole('dialog')
  await builder.getByRole('switch', { name: 'Half and half' }).click()
  await builder.getByRole('radio', { name: 'Diavola' }).check({ force: true })
  await builder.getByRole('button', { name: /Add to basket/ }).click()
  await page.getByRole('button', { name: /See basket/ }).click()
  await page.getByRole('button', { name: 'Go to checkout' }).click()
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Phone').fill('+33612345678')
}
const place = (page: Page) => page.getByRole('button', { name: /Place order/ }).click()

/** All orders of somebody, as the counter sees them over a good line. */
async function ordersBy(server: { url: string }, name: string) {
  return (await ordersOf(server, await signIn(server))).filter(({ customer }) => customer.name === name)
}
const halves = (order: { lines: { item: string; half: { item: string } | null }[] }) =>
  order.lines.map(({ item, half }) => [item, half?.item])

test('[IDM-1] [WEB-7] on a slow line a half-and-half is ordered in one go, from the address to its page', async ({
  phone,
  server,
}) => {
  const page = await phone.newPage()
  await open(page)
  // Typed before anything on the page answers, and not lost when it does.
  await page.getByRole('searchbox').fill('Marg')
  await expect(page.getByRole('button', { name: 'Marinara', exact: true })).toHaveCount(0)
  await fillIn(page, 'Slow Line')
  await place(page)
  await expect(page).toHaveURL(/\/napoli\/orders\//)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const orders = await ordersBy(server, 'Slow Line')
  expect(orders.map(halves)).toEqual([[['margherita', 'diavola']]])
})

test('[IDM-1] offline in the middle: it waits, says so, and is one order once the line is back', async ({
  phone,
  line,
  server,
}) => {
  const page = await phone.newPage()
  await open(page)
  await fillIn(page, 'Tunnel Train')
  // The line goes while the order is on its way: it may have arrived, and nobody knows.
  line.faults.halfOpen = true
  line.faults.refuse = true
  await place(page)
  await phone.setOffline(true)
  line.cut()
  await expect(page.getByRole('button', { name: /No connection|No answer/ })).toBeVisible()
  await expect(page.getByText(/Your order is kept on this device/).first()).toBeVisible()
  line.faults.halfOpen = line.faults.refuse = false
  await phone.setOffline(false)
  await expect(page).toHaveURL(/\/napoli\/orders\//, { timeout: 60_000 })
  expect(await ordersBy(server, 'Tunnel Train')).toHaveLength(1)
})

test('[IDM-1] killed while the order is on its way, and opened again: one order', async ({ phone, line, server }) => {
  const page = await phone.newPage()
  await open(page)
  await fillIn(page, 'Empty Battery')
  // It arrives, and its answer does not; the page is closed while the line still carries that, which ends the fetch.
  await page.route(/\/orders$/, async (route) => void (await route.fetch().catch(() => null)))
  await place(page)
  await expect.poll(async () => (await ordersBy(server, 'Empty Battery')).length).toBe(1)
  await page.close()
  line.cut()
  const again = await phone.newPage()
  await again.goto('/napoli', { waitUntil: 'commit' })
  await expect(again).toHaveURL(/\/napoli\/orders\//, { timeout: 60_000 })
  const orders = await ordersBy(server, 'Empty Battery')
  expect(orders.map(halves)).toEqual([[['margherita', 'diavola']]])
})
