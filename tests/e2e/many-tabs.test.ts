import type { Page, Request } from '@playwright/test'
import { expect, test } from '../support/pages.ts'
import { request, signIn } from '../support/orders.ts'

test('[CLI-13] eight tabs without WebSocket share one line: all are live, fetches work, and one leads on', async ({
  context,
  server,
}) => {
  await context.routeWebSocket(/_ws/, (socket) => void socket.close())
  const lines = new Set<Request>()
  context.on('request', (asked) => asked.url().includes('/sse?') && lines.add(asked))
  context.on('requestfinished', (asked) => lines.delete(asked))
  context.on('requestfailed', (asked) => lines.delete(asked))

  /** A page that is closed takes its line with it, without an event. */
  const open = () => [...lines].filter((asked) => !asked.frame().page().isClosed()).length

  const pages: Page[] = []
  for (let tab = 0; tab < 8; tab++) {
    const page = await context.newPage()
    await page.goto('/napoli')
    pages.push(page)
  }
  const allAreLive = async () => {
    for (const page of pages) await expect(page.getByText('Live', { exact: true }).first()).toBeVisible()
  }
  await allAreLive()
  await expect.poll(open).toBe(1)
  for (const page of pages) expect(await page.evaluate(() => fetch('/healthz').then(({ status }) => status))).toBe(200)

  const cookie = await signIn(server)
  const sellOut = (available: boolean) =>
    request(server, 'PATCH', '/api/pizzerias/napoli/menu/items/margherita', { cookie, body: { available } })
  await sellOut(false)
  for (const page of pages)
    await expect(page.getByRole('button', { name: 'Margherita', exact: true })).toBeDisabled({ timeout: 8_000 })

  await pages.shift()!.close()
  await sellOut(true)
  for (const page of pages) await expect(page.getByRole('button', { name: 'Margherita', exact: true })).toBeEnabled()
  await allAreLive()
  await expect.poll(open).toBe(1)
})
