import { watch } from '../support/pages.ts'
import { expect, fill, full, signedIn, test } from '../support/kitchen-page.ts'

test(
  '[SRV-7] [DSP-3] a screen is paired by its code and goes live untouched; its health is at the ' +
    'counter; closed, it is gone within 25 s; revoked, it shows a code again',
  async ({ browser, server, cookie }) => {
    test.setTimeout(120_000)
    const wall = await browser.newContext({ baseURL: server.url, viewport: full, locale: 'en-GB' })
    const faults = watch(wall)
    const screen = await wall.newPage()
    await screen.goto('/napoli/kitchen')
    const code = screen.getByTestId('pairing-code')
    await expect(code).toHaveText(/^[A-Z0-9]{6}$/)

    const office = await signedIn(browser, server, cookie)
    const manager = await office.newPage()
    await manager.setViewportSize({ width: 1280, height: 800 })
    // A phone's camera reads the address from the wall, with the code in it.
    const link = (await screen.getByTestId('qr-code').getAttribute('data-link'))!
    expect(link).toBe(`${server.url}/napoli/manage/screens?code=${await code.textContent()}`)
    // On a bad line the page is filled in before its scripts are there.
    const scripts = Promise.withResolvers<null>()
    await manager.route(/\/_nuxt\/.*\.js$/, async (route) => {
      await scripts.promise
      await route.continue()
    })
    await manager.goto(link, { waitUntil: 'commit' })
    await expect(manager.getByLabel('Code on the screen')).toHaveValue((await code.textContent())!)
    await manager.getByLabel('Code on the screen').fill((await code.textContent())!.toLowerCase())
    await manager.getByLabel(/^Name/).fill('Oven')
    scripts.resolve(null)
    await manager.getByRole('button', { name: 'Pair', exact: true }).click()
    await expect(manager.getByText('Oven is paired.')).toBeVisible()
    await expect(screen.getByTestId('live')).toHaveText(/live/i)
    await fill(server, cookie, 1)
    await expect(screen.getByTestId('ticket')).toHaveCount(1)

    const card = manager.getByTestId('screen-card').filter({ hasText: 'Oven' })
    await expect(card).toHaveAttribute('data-connected', 'true')
    await expect(card).toContainText('Connected')
    await expect(card).toContainText('In view')

    // A screen whose plug was pulled sends no goodbye.
    await screen.close()
    const closedAt = Date.now()
    await expect(card).toHaveAttribute('data-connected', 'false', { timeout: 40_000 })
    console.log(`Gone at the counter ${((Date.now() - closedAt) / 1000).toFixed(1)} s after the screen was closed`)
    expect(Date.now() - closedAt).toBeLessThan(27_000)
    await expect(card).toContainText('Gone')

    const again = await wall.newPage()
    await again.goto('/napoli/kitchen')
    await expect(again.getByTestId('live')).toHaveText(/live/i)
    await expect(card).toHaveAttribute('data-connected', 'true')
    await card.getByRole('button', { name: 'Revoke' }).click()
    await manager.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await expect(again.getByTestId('pairing-code')).toHaveText(/^[A-Z0-9]{6}$/, { timeout: 8000 })
    await expect(again.getByTestId('ticket')).toHaveCount(0)
    await expect(card).toHaveCount(0)
    expect(faults).toEqual([])
  },
)

test('[DSP-3] [CLI-1] a PIN entered at the screen itself signs in the person there', async ({ browser, server }) => {
  const page = await (await browser.newContext({ baseURL: server.url, viewport: full, locale: 'en-GB' })).newPage()
  await page.goto('/napoli/kitchen')
  await expect(page.getByTestId('pairing-code')).toBeVisible()
  await page.getByTestId('pin-instead').click()
  await page.getByLabel('PIN', { exact: true }).fill('2468')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('live')).toHaveText(/live/i)
})
