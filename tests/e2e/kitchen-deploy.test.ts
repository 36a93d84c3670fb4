import { expect, fill, openKitchen, test } from '../support/kitchen-page.ts'

test('[CLI-1] [KIT-5] after a deployment the page reloads by itself, once, in a quiet moment and never while tickets arrive', async ({ staff, server, cookie }) => {
  test.setTimeout(150_000)
  await fill(server, cookie, 2)
  const page = await openKitchen(staff)
  const loads: number[] = []
  page.on('load', () => loads.push(Date.now()))
  // The same files under another name: what a screen of the old build is told is all that differs.
  await server.restart({ NUXT_PUBLIC_BUILD: 'the-next-one' })
  await expect(page.getByTestId('live')).toHaveText(/live/i, { timeout: 20_000 })

  // Orders every 7 s: 15 quiet seconds never come.
  let last = 0
  for (let round = 0; round < 3; round++) {
    await fill(server, cookie, 1)
    last = Date.now()
    await page.waitForTimeout(7000)
  }
  expect(loads).toEqual([])
  await expect.poll(() => loads.length, { timeout: 30_000 }).toBe(1)
  console.log(`Reloaded ${((loads[0]! - last) / 1000).toFixed(1)} s after the last order`)
  expect(loads[0]! - last).toBeGreaterThan(14_500)
  await expect(page.getByTestId('live')).toHaveText(/live/i)
  await expect(page.getByTestId('ticket')).toHaveCount(5)
  expect(await page.evaluate(() => (window as unknown as { __NUXT__: { config: { public: { build: string } } } }).__NUXT__.config.public.build)).toBe('the-next-one')
  // Longer than a quiet moment: it knows that it is new.
  await page.waitForTimeout(18_000)
  expect(loads).toHaveLength(1)
  await expect(page.getByTestId('mute')).toHaveCount(0)
})
