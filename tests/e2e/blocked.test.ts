import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext } from '@playwright/test'
import { findBrowser } from '../../scripts/browser.ts'
import { placeOrder } from '../support/orders.ts'
import { awake, expect, test as base, watch } from '../support/pages.ts'

/** A Chromium whose user has blocked cookies, and storage with them: reading `localStorage` throws. */
const test = base.extend<{ blocked: BrowserContext }>({
  blocked: async ({ server }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'comanda-blocked-'))
    mkdirSync(join(folder, 'Default'))
    writeFileSync(
      join(folder, 'Default', 'Preferences'),
      JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }),
    )
    const { executablePath, args } = findBrowser({ withProfile: true })
    const context = await chromium.launchPersistentContext(folder, {
      executablePath,
      args,
      baseURL: server.url,
      locale: 'en-GB',
      viewport: { width: 1280, height: 800 },
    })
    const faults = watch(context)
    await use(context)
    await context.close()
    rmSync(folder, { recursive: true, force: true })
    expect(faults).toEqual([])
  },
})

test('[CLI-9] a browser that blocks cookies and storage can order, and follow the order', async ({ blocked }) => {
  const page = await blocked.newPage()
  await page.goto('/napoli')
  await expect(page.getByTestId('blocked')).toContainText('blocks storage')
  await expect(page.locator('[data-live="live"]').first()).toBeVisible()
  await page.getByRole('button', { name: 'Margherita', exact: true }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Add to basket/ })
    .click()
  await page.getByRole('button', { name: 'Go to checkout' }).first().click()
  await page.getByLabel('Your name').fill('Ada Lovelace')
  await page.getByLabel('Phone').fill('+33612345678')
  await page.getByRole('button', { name: /Place order/ }).click()
  await expect(page).toHaveURL(/\/napoli\/orders\//)
  await expect(page.locator('[data-live="live"]').first()).toBeVisible()
  await page.reload()
  await expect(page.locator('[data-live="live"]').first()).toBeVisible()
})

test('[CLI-9] the board works without cookies and storage', async ({ blocked, server }) => {
  const { order } = await placeOrder(server)
  const page = await blocked.newPage()
  await page.goto('/napoli/board')
  await expect(page.getByTestId('board')).toHaveAttribute('data-freshness', 'live')
  await expect(page.getByTestId('board')).toContainText(String(order.number))
  // What the server rendered says live as well.
  await awake(page)
  await page.keyboard.press('s')
  await expect(page.getByTestId('board').getByRole('button')).toHaveAttribute('aria-pressed', 'true')
})

test('[CLI-9] the screens of the staff say that they need a cookie', async ({ blocked }) => {
  const page = await blocked.newPage()
  for (const path of ['/napoli/counter', '/napoli/kitchen', '/napoli/manage/screens']) {
    await page.goto(path)
    await expect(page.getByTestId('blocked'), path).toContainText('blocks cookies')
  }
})
