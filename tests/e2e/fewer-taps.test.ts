import { globSync, readFileSync } from 'node:fs'
import { fitsEvery } from '../support/barriers.ts'
import { placeOrder, request, signIn } from '../support/orders.ts'
import { addCookies, expect, test } from '../support/pages.ts'

const phone = { width: 390, height: 844 }
test.use({ viewport: phone, hasTouch: true, locale: 'en-GB' })

test('[CUS-1] [CUS-2] [CUS-3] [CUS-4] [ORD-43] [ORD-45] from one tap to a shared order, and the same again', async ({
  page,
  server,
  browser,
}) => {
  const pausedUntil = new Date(Date.now() + 3_600_000).toISOString()
  const cookie = await signIn(server)
  await request(server, 'PATCH', '/api/pizzerias/napoli', { cookie, body: { pausedUntil } })
  await page.goto('/napoli')
  await page.getByRole('button', { name: /^Add Margherita, Medium as it is/ }).click()
  await page.getByRole('button', { name: /See basket/ }).click()
  await page.getByRole('button', { name: 'Go to checkout' }).click()

  // Paused: for later, at one of the real times.
  await expect(page.getByRole('radio', { name: 'As soon as possible' })).toBeDisabled()
  const slots = page.getByTestId('slots')
  await slots.getByRole('radio').first().check({ force: true })
  await fitsEvery([{ width: 320, height: 640 }, phone], page)
  await page.getByLabel('Your name').fill('Ada Lovelace')
  await page.getByLabel('Phone').fill('06 12 34 56 78')
  await page.getByRole('button', { name: /Place order/ }).click()
  await expect(page).toHaveURL(/\/napoli\/orders\//)
  await expect(page.getByRole('heading', { name: 'Noted for later' })).toBeVisible()

  await page.getByRole('button', { name: 'Share with friends' }).click()
  const link = await page.getByLabel('Link to this order').inputValue()
  const friend = await (await browser.newContext({ baseURL: server.url, locale: 'en-GB', viewport: phone })).newPage()
  await friend.goto(link)
  await expect(friend.getByRole('heading', { name: 'Noted for later' })).toBeVisible()
  await expect(friend.getByText('Ada’s number is')).toBeVisible()
  await expect(friend.getByText('Lovelace')).toHaveCount(0)
  await expect(friend.getByRole('main').getByRole('button')).toHaveCount(0)
  await friend.context().close()

  // Who comes back has it on top, and types nothing.
  await request(server, 'PATCH', '/api/pizzerias/napoli', { cookie, body: { pausedUntil: null } })
  await page.goto('/napoli')
  await page.getByTestId('come-back').getByRole('button', { name: 'The same again' }).click()
  await page.getByRole('button', { name: 'Go to checkout' }).click()
  await expect(page.getByLabel('Your name')).toHaveValue('Ada Lovelace')
  await page.getByRole('button', { name: /Place order/ }).click()
  await expect(page.getByRole('heading', { name: 'In the kitchen’s queue' })).toBeVisible()
  await expect(page.getByTestId('queue-place')).toHaveText('Yours is next.')
  await fitsEvery([{ width: 320, height: 640 }, phone], page)
})

test('[CUS-6] a device on which somebody signs in forgets the pages that it kept, and keeps no more', async ({
  page,
  server,
}) => {
  const keeps = () =>
    page.evaluate(async () => {
      const cache = await caches.open('comanda-customer-1')
      return Boolean(await cache.match(`${location.origin}/napoli`))
    })
  await page.goto('/napoli')
  await expect.poll(keeps, { timeout: 20_000 }).toBe(true)
  await addCookies(page.context(), server.url, await signIn(server))
  await page.reload()
  expect(await page.evaluate(() => Boolean(navigator.serviceWorker.controller))).toBe(true)
  await expect.poll(keeps).toBe(false)
})

test('[CUS-6] without a line the last menu and order open, say how old they are, and staff’s pages do not', async ({
  page,
  server,
}) => {
  const [list] = globSync('.output/public/_nuxt/offline-*.json')
  const sheets = (JSON.parse(readFileSync(list!, 'utf8')) as string[]).map((name) => `${server.url}/_nuxt/${name}`)
  /** What the page has fetched or may still ask for, and this device has not kept yet. */
  const missing = () =>
    page.evaluate(async (sheets) => {
      const kept = (await (await caches.open('comanda-customer-1')).keys()).map(({ url }) => url)
      const files = performance.getEntriesByType('resource').map(({ name }) => name)
      return [location.href, ...sheets, ...files.filter((name) => /_nuxt|_i18n/.test(name))].filter(
        (url) => !kept.includes(url),
      )
    }, sheets)
  const keepsAll = () => expect.poll(missing, { timeout: 20_000 }).toEqual([])
  const { tracking } = await placeOrder(server)
  const order = `/napoli/orders/${tracking}`
  await page.goto('/napoli')
  await expect(page.getByText('Live', { exact: true }).first()).toBeVisible()
  await keepsAll()
  await page.goto(order)
  await keepsAll()
  await server.kill('SIGKILL')
  // Three hours later.
  await page.addInitScript(() => {
    const { now } = Date
    Date.now = () => now() + 3 * 3_600_000
  })
  await page.goto(order)
  await expect(page.getByTestId('kept')).toContainText('There is no connection')
  const back = page.getByRole('link', { name: 'Pizzeria Napoli' })
  await back.click()
  await expect(page.getByRole('heading', { level: 1, name: /Napoli/ })).toBeVisible()
  await expect(page.getByTestId('kept')).toContainText('There is no connection')
  await expect(page.locator('[data-live="live"]')).toHaveCount(0)
  // The sheets were never opened here.
  await page.getByRole('button', { name: 'Margherita', exact: true }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Add to basket/ })
    .click()
  await page.getByRole('button', { name: /See basket/ }).click()
  await page.getByRole('button', { name: 'Go to checkout' }).click()
  await expect(page.getByLabel('Your name')).toBeVisible()
  const counter = await page.context().newPage()
  await expect(counter.goto('/napoli/counter')).rejects.toThrow(/ERR_CONNECTION_REFUSED/)
  await counter.close()

  // Where no menu is kept, the page says so, and comes by itself.
  await page.goto(order)
  await page.evaluate(async () => (await caches.open('comanda-customer-1')).delete(`${location.origin}/napoli`))
  await back.click()
  await expect(page.getByRole('heading', { level: 1, name: 'There is no connection' })).toBeVisible()
  await server.restart()
  await expect(page.getByRole('heading', { level: 1, name: /Napoli/ })).toBeVisible({ timeout: 20_000 })
})
