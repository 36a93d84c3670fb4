import { request } from '../support/orders.ts'
import { expect, fill, openKitchen, test } from '../support/kitchen-page.ts'

test(
  '[CLI-1] [KIT-33] after a deployment the page reloads by itself, once, in a quiet moment and never while ' +
    'tickets arrive',
  async ({ staff, server, cookie }) => {
    test.setTimeout(150_000)
    await fill(server, cookie, 2)
    const page = await openKitchen(staff)
    const loads: number[] = []
    page.on('load', () => loads.push(Date.now()))
    const placed: number[] = []
    const place = async () => {
      placed.push(Date.now())
      await fill(server, cookie, 1)
    }
    await place()
    // The same files under another name: what a screen of the old build is told is all that differs.
    await server.restart({ NUXT_PUBLIC_BUILD: 'the-next-one' })
    await expect(page.getByTestId('live')).toHaveText(/live/i, { timeout: 20_000 })

    // Orders every 7 s: 15 quiet seconds never come.
    for (let round = 0; round < 3; round++) {
      await place()
      await page.waitForTimeout(7000)
    }
    await expect.poll(() => loads.length, { timeout: 30_000 }).toBe(1)
    const quiet = loads[0]! - Math.max(...placed.filter((at) => at < loads[0]!))
    console.log(`Reloaded ${(quiet / 1000).toFixed(1)} s after an order`)
    expect(quiet).toBeGreaterThan(14_500)
    await expect(page.getByTestId('live')).toHaveText(/live/i)
    await expect(page.getByTestId('ticket')).toHaveCount(6)
    const build = async () => {
      const answer = await request(server, 'GET', '/api/pizzerias/napoli/screens', { cookie })
      return (answer.body as { report: { build: string } }[])[0]?.report.build
    }
    await expect.poll(build, { timeout: 20_000 }).toBe('the-next-one')
    // Longer than a quiet moment: it knows that it is new.
    await page.waitForTimeout(16_000)
    expect(loads).toHaveLength(1)
    await expect(page.getByTestId('mute')).toHaveCount(0)
  },
)
