import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { oldestBrowsers } from '../../shared/oldest-browsers.ts'
import { expect, test } from '../support/pages.ts'

test('[CLI-11] a browser that is too old is told so, in words and with the versions', async ({ page }) => {
  await page.addInitScript(() => {
    // Like Safari before 16.4, which has no import maps.
    Object.defineProperty(HTMLScriptElement, 'supports', { value: undefined })
  })
  await page.goto('/napoli')
  const told = page.locator('#too-old')
  await expect(told).toBeVisible()
  for (const version of Object.values(oldestBrowsers)) await expect(told).toContainText(version)
})

test('[CLI-11] a current browser is told nothing, and README names the same oldest ones', async ({ page }) => {
  await page.goto('/napoli')
  await expect(page.locator('[data-live="live"]').first()).toBeVisible()
  await expect(page.locator('#too-old')).toHaveCount(0)
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')
  const { chrome, firefox, safari } = oldestBrowsers
  expect(readme).toContain(`Chrome or Edge ${chrome}, Firefox ${firefox}, Safari ${safari}`)
})
