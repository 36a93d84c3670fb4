import type { WebSocketRoute } from '@playwright/test'
import { tones } from '../../shared/sound/tones.ts'
import { expect, fill, openKitchen, test } from '../support/kitchen-page.ts'
import { heardOn, hush, spyOnSound } from '../support/sound-spy.ts'

test(
  '[KIT-14] [CLI-6] with the network cut the frame is amber at 12 s and grey at 30 s with USE THE COUNTER and ' +
    'its own tone; it recovers by itself',
  async ({ staff, server, cookie }) => {
    await spyOnSound(staff)
    await fill(server, cookie, 3)
    const page = await staff.newPage()
    let cut = false
    let heard = () => {}
    const sockets: WebSocketRoute[] = []
    await page.routeWebSocket(/_ws/, (socket) => {
      if (cut) return
      const upstream = socket.connectToServer()
      sockets.push(upstream)
      upstream.onMessage((message) => {
        if (cut) return
        socket.send(message)
        heard()
      })
    })
    await page.clock.install()
    await page.goto('/napoli/kitchen')
    await expect(page.getByTestId('live')).toHaveText(/live/i)
    await page.clock.runFor(1000)

    // Time stands still; one more frame comes (the feed's heartbeat), and then nothing ever.
    await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 500)
    await new Promise<void>((resolve) => {
      heard = resolve
    })
    cut = true
    await page.route('**/api/**', (route) => route.abort())
    await hush(page)

    const kitchen = page.getByTestId('kitchen')
    const after = async (ms: number, freshness: string) => {
      await page.clock.runFor(ms)
      await expect(kitchen).toHaveAttribute('data-freshness', freshness)
    }
    await after(10_500, 'live')
    // The page looks at its clock once a second: a second more than the rule's.
    await after(3000, 'doubt')
    await expect(page.getByTestId('live')).not.toHaveText(/live/i)
    await expect(page.getByTestId('blind')).toHaveCount(0)
    await after(15_500, 'doubt')
    expect((await heardOn(page)).notes).toEqual([])
    await after(2500, 'blind')
    await expect(page.getByTestId('blind')).toContainText(/use the counter/i)
    await expect(page.getByTestId('ticket')).toHaveCount(3)
    expect((await heardOn(page)).notes.map(({ frequency }) => frequency)).toEqual(
      tones.lost.notes.map(([frequency]) => frequency),
    )
    await page.screenshot({ path: 'test-results/kitchen-blind.png' })

    cut = false
    await page.unroute('**/api/**')
    await page.clock.resume()
    await expect(page.getByTestId('live')).toHaveText(/live/i, { timeout: 30_000 })
    await expect(page.getByTestId('blind')).toHaveCount(0)
  },
)

test(
  '[CLI-1] the copy on the device is painted at once when the screen starts without a server, and says that it ' +
    'is old',
  async ({ staff, server, cookie }) => {
    await fill(server, cookie, 3)
    const page = await openKitchen(staff)
    await page.waitForFunction(() => localStorage.getItem('comanda.kitchen.napoli') !== null)
    await page.waitForFunction(async () => (await caches.match('/napoli/kitchen')) !== undefined)
    // Navigations go through the worker once it controls the page.
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    await server.kill('SIGKILL')
    await page.reload()
    await expect(page.getByTestId('ticket')).toHaveCount(3)
    await expect(page.getByTestId('kitchen')).toHaveAttribute('data-freshness', /doubt|blind/)
    await server.restart()
    await expect(page.getByTestId('live')).toHaveText(/live/i, { timeout: 30_000 })
  },
)
