import type { Page } from '@playwright/test'
import { expect, fill, openKitchen, test } from '../support/kitchen-page.ts'

interface Watched {
  gaps: [from: number, to: number][]
}

/** Looks every 100 ms whether the page claims to be live; spans in which it does not, ms since 1970. */
const watchLive = (page: Page) =>
  page.evaluate(() => {
    const watched: Watched = { gaps: [] }
    Object.assign(window, { watched })
    let gap: [number, number] | null = null
    setInterval(() => {
      const live = document.querySelector('[data-testid="live"].fresh, [data-live="live"]') !== null
      if (live) gap = null
      else if (gap) gap[1] = Date.now()
      else watched.gaps.push((gap = [Date.now(), Date.now() + 100]))
    }, 100)
  })

test(
  '[SRV-6] [CLI-4] SIGTERM and a new start: no page is without the server for more than 2 s of the time in ' +
    'which there is one, and none is reloaded',
  async ({ staff, browser, server, cookie }) => {
    const [order] = await fill(server, cookie, 2)
    const kitchen = await openKitchen(staff)
    const guest = await browser.newContext({ baseURL: server.url, locale: 'en-GB' })
    const pages: Record<string, Page> = {
      kitchen,
      counter: await staff.newPage(),
      board: await guest.newPage(),
      menu: await guest.newPage(),
      order: await guest.newPage(),
    }
    await pages.counter!.goto('/napoli/counter')
    await pages.board!.goto('/napoli/board')
    await pages.menu!.goto('/napoli')
    await pages.order!.goto(`/napoli/orders/${order!.tracking}`)
    const withBadge = Object.entries(pages).filter(([name]) => name !== 'board')
    for (const [, page] of withBadge) await expect(page.getByText(/^live$/i).first()).toBeVisible()
    for (const [, page] of withBadge) await watchLive(page)

    const stoppedAt = Date.now()
    const how = await server.kill('SIGTERM')
    const goneAt = Date.now()
    expect(how).toBe(0)
    expect(goneAt - stoppedAt).toBeLessThan(2000)
    await server.restart()
    const readyAt = Date.now()
    for (const [, page] of withBadge) await expect(page.getByText(/^live$/i).first()).toBeVisible({ timeout: 15_000 })
    await kitchen.waitForTimeout(500)

    const spans = []
    for (const [name, page] of withBadge) {
      const { gaps } = await page.evaluate(() => (window as unknown as { watched: Watched }).watched)
      const dark = gaps.reduce((sum, [from, to]) => sum + to - from, 0)
      // Of that, nobody could have been heard from the server's end to its next "ready".
      const unserved = gaps.reduce(
        (sum, [from, to]) => sum + Math.max(0, Math.min(to, readyAt) - Math.max(from, goneAt)),
        0,
      )
      spans.push({ name, dark, own: dark - unserved })
    }
    console.log(
      `The server took ${goneAt - stoppedAt} ms to end and ${readyAt - goneAt} ms to be ready again; not live: ` +
        `${spans.map(({ name, dark, own }) => `${name} ${dark} ms (${own} ms of them with a server)`).join(', ')}`,
    )
    await guest.close()
    for (const { name, own } of spans) expect.soft(own, name).toBeLessThan(2000)
  },
)
