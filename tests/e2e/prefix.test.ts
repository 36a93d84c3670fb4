import { placeOrder, signIn, request } from '../support/orders.ts'
import { startServer } from '../support/server.ts'
import { addCookies, expect, test as base, watch } from '../support/pages.ts'

/** The whole site below `/pizza/`, as behind a proxy that makes it part of a larger site. */
const test = base.extend({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this pattern.
  server: async ({}, use) => {
    const server = await startServer({ env: { NUXT_APP_BASE_URL: '/pizza/' } })
    await use(server)
    await server.stop()
  },
})

test('[CLI-10] below a path of its own, every screen is live over WebSocket and asks for nothing outside it', async ({
  browser,
  server: below,
}) => {
  const context = await browser.newContext({ locale: 'en-GB' })
  const faults = watch(context)
  const beside: string[] = []
  context.on('request', (sent) => new URL(sent.url()).pathname.startsWith('/pizza/') || beside.push(sent.url()))
  await addCookies(context, below.url, await signIn(below))
  const { order } = await placeOrder(below)
  const page = await context.newPage()
  for (const screen of ['', '/board', '/counter', '/kitchen']) {
    const socket = page.waitForEvent('websocket')
    await page.goto(`${below.url}/napoli${screen}`)
    expect(new URL((await socket).url()).pathname).toBe('/pizza/_ws')
    await expect(
      page
        .locator('[data-live="live"], [data-testid="live"].fresh, [data-testid="board"][data-freshness="live"]')
        .first(),
    ).toBeVisible()
  }
  await expect(page.locator(`[data-testid^="ticket"][data-number="${order.number}"]`).first()).toBeVisible()
  const icon = await page.locator('link[rel="icon"]').getAttribute('href')
  expect((await request(below, 'GET', icon!.replace('/pizza', ''))).status).toBe(200)
  expect(beside).toEqual([])
  expect(faults).toEqual([])
  await context.close()
})

test('[CLI-10] below a path of its own, SSE takes over where WebSocket does not work', async ({
  browser,
  server: below,
}) => {
  const context = await browser.newContext({ locale: 'en-GB' })
  await context.routeWebSocket(/_ws$/, (socket) => socket.close())
  const page = await context.newPage()
  const events = page.waitForRequest((sent) =>
    new URL(sent.url()).pathname.startsWith('/pizza/api/streams/menu:napoli/sse'),
  )
  await page.goto(`${below.url}/napoli`)
  await events
  await expect(page.locator('[data-live="live"]').first()).toContainText('reduced mode')
  await context.close()
})
