import { restartPage, restartPolicy } from '../../server/answers/restart-page.ts'
import { expect, test } from '../support/pages.ts'

test('[SRV-6] who opens a page while its server restarts gets it by itself, and never the browser’s own error', async ({
  page,
}) => {
  const asked: string[] = []
  await page.route('**/napoli', async (route) => {
    asked.push(route.request().method())
    if (asked.length === 1)
      await route.fulfill({
        status: 503,
        headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': restartPolicy },
        body: restartPage('en', { restarting: 'We are restarting.', reload: 'Reload' }),
      })
    // Nobody listens between the two servers.
    else if (asked.length === 2) await route.abort('connectionrefused')
    else await route.continue()
  })
  await page.goto('/napoli')
  await expect(page.getByRole('status')).toHaveText('We are restarting.')
  await expect(page.locator('[data-live="live"]').first()).toBeVisible()
  expect(asked).toEqual(['GET', 'HEAD', 'HEAD', 'GET'])
})
