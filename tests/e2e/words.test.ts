import SQLite from 'better-sqlite3'
import { expect, fill, test } from '../support/kitchen-page.ts'
import { addCookies } from '../support/pages.ts'
import { sayIn } from '../support/say.ts'
import { testTimezone } from '../support/server.ts'

test('what has nothing to choose asks for a note of its own kind, and opens on its name', async ({
  browser,
  server,
}) => {
  const context = await browser.newContext({ baseURL: server.url, locale: 'en-GB' })
  const page = await context.newPage()
  await page.goto('/napoli')
  await expect(page.getByText('Live', { exact: true }).first()).toBeVisible()
  const note = page.getByLabel('A word to the kitchen')
  await page.getByRole('button', { name: 'Tiramisù', exact: true }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expect(note).toHaveAttribute('placeholder', /^(?!.*(well done|eight)).+/i)
  await expect(page.getByRole('dialog')).toBeFocused()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Margherita', exact: true }).click()
  await expect(note).toHaveAttribute('placeholder', /well done, cut in eight/i)
  await context.close()
})

test('[ORD-25] a pizzeria that is closed says when it opens', async ({ browser, server }) => {
  const weekday = new Date(Date.now() + 24 * 3_600_000).toLocaleDateString('en-GB', {
    weekday: 'short',
    timeZone: testTimezone,
  })
  const day = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'].indexOf(weekday)
  const hours = [{ day, from: '18:00', to: '22:00' }]
  const database = new SQLite(server.databaseFile, { timeout: 5000 })
  database.prepare("UPDATE pizzerias SET settings = json_set(settings, '$.hours', json(?))").run(JSON.stringify(hours))
  database.close()
  const context = await browser.newContext({ baseURL: server.url, locale: 'en-GB' })
  const page = await context.newPage()
  await page.goto('/napoli')
  await expect(page.getByRole('status').filter({ hasText: 'We are closed' })).toContainText(/18:00/)
  await context.close()
})

test('[WEB-9] the start page shows the screens of the staff to the staff alone; their texts come too', async ({
  browser,
  server,
  cookie,
}) => {
  const context = await browser.newContext({ baseURL: server.url, locale: 'en-GB' })
  const page = await context.newPage()
  await page.goto('/')
  await expect(page.locator('h1')).toBeVisible()
  await expect(page.locator('a[href*="/kitchen"], a[href*="/manage"]')).toHaveCount(0)
  await addCookies(context, server.url, cookie)
  await page.reload()
  await expect(page.locator('a[href="/napoli/kitchen"]')).toBeVisible()
  await page.locator('a[href="/napoli/manage/screens"]').click()
  const tabs = page.getByRole('navigation', { name: sayIn('en')('manage.nav.label') })
  await expect(tabs.getByRole('link', { name: sayIn('en')('history.title'), exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Italiano' }).click()
  await expect(page.getByRole('link', { name: sayIn('it')('history.title'), exact: true })).toBeVisible()
  await context.close()
})

test('what an order is due in stands on one line, in each language', async ({ staff, server, cookie }) => {
  await fill(server, cookie, 3)
  const page = await staff.newPage()
  for (const language of ['en', 'fr', 'it']) {
    await staff.addCookies([{ name: 'comanda_language', value: language, url: server.url }])
    await page.goto('/napoli/counter')
    await expect(page.locator('[data-live="live"]').first()).toBeVisible()
    for (const [width, height] of [
      [390, 844],
      [1024, 768],
      [1280, 800],
    ] as const) {
      await page.setViewportSize({ width, height })
      const due = page.getByTestId('order-due').first()
      await expect(due).toBeVisible()
      const [label, value] = await due
        .locator('span')
        .evaluateAll((words) =>
          words.map((word) => word.getBoundingClientRect()).map(({ left, right, bottom }) => ({ left, right, bottom })),
        )
      expect(label!.right, `${language} ${width}`).toBeLessThanOrEqual(value!.left + 1)
      expect(Math.abs(label!.bottom - value!.bottom), `${language} ${width}`).toBeLessThan(10)
    }
  }
})
