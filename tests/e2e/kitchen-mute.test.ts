import { chromium } from '@playwright/test'
import { findBrowser } from '../../scripts/browser.ts'
import { expect, signedIn, test } from '../support/kitchen-page.ts'

// Recording asks the page questions, which the browser takes for a touch.
test.use({ trace: 'off' })

test('[KIT-18] a browser that wants a touch first: MUTE is on the screen and at the counter; any key arms it', async ({
  server,
  cookie,
}) => {
  const { executablePath, args } = findBrowser()
  const browser = await chromium.launch({
    executablePath,
    args: [
      ...args.filter((arg) => !arg.startsWith('--autoplay-policy')),
      '--autoplay-policy=document-user-activation-required',
    ],
  })
  try {
    const context = await signedIn(browser, server, cookie)
    const page = await context.newPage()
    await page.goto('/napoli/kitchen')
    // Playwright's own questions count as a touch of the page; these do not.
    const session = await context.newCDPSession(page)
    const says = async (expression: string) =>
      (await session.send('Runtime.evaluate', { expression, returnByValue: true })).result.value as unknown
    await expect.poll(() => says('document.querySelector("[data-testid=mute]")?.textContent ?? ""')).toMatch(/mute/i)
    const counter = await context.newPage()
    await counter.setViewportSize({ width: 1280, height: 800 })
    await counter.goto('/napoli/counter')
    await expect(counter.getByTestId('open-kitchen')).toHaveText('Kitchen is mute')
    await page.bringToFront()
    await page.keyboard.press('+')
    await expect(page.getByTestId('mute')).toHaveCount(0)
    await expect(counter.getByTestId('open-kitchen')).toHaveText('1 kitchen screen')
  } finally {
    await browser.close()
  }
})
