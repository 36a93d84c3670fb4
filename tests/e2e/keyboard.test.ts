import { expect, fill, ordersOf, test } from '../support/kitchen-page.ts'
import { awake } from '../support/pages.ts'

test(
  '[ORD-1] [ORD-11] the counter by keyboard alone: PIN, arrows, Enter for the next step, U to ' +
    'undo, / to search, ? for help',
  async ({ browser, server, cookie }) => {
    const placed = await fill(server, cookie, 3)
    const context = await browser.newContext({
      baseURL: server.url,
      viewport: { width: 1280, height: 800 },
      locale: 'en-GB',
    })
    const page = await context.newPage()
    await page.goto('/napoli/counter')
    await expect(page.getByTestId('pin-pad')).toBeVisible()
    // The page must be hydrated first: before that, no key is handled.
    await awake(page)
    await page.keyboard.type('1111')
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('pin-trouble')).toContainText('not right')
    await page.keyboard.type('2468')
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('order-card')).toHaveCount(3)

    await page.keyboard.press('ArrowDown')
    await expect(page.locator('[data-testid="order-card"]:focus')).toHaveCount(1)
    const number = Number(await page.locator(':focus').getAttribute('data-number'))
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('lane-ready').getByTestId('order-card')).toHaveAttribute(
      'data-number',
      String(number),
    )
    await page.keyboard.press('u')
    await expect(page.getByTestId('lane-ready').getByTestId('order-card')).toHaveCount(0)
    expect((await ordersOf(server, cookie)).find((order) => order.number === number)?.state).toBe('queued')

    await page.keyboard.press('/')
    await page.keyboard.type(String(placed[2]!.number))
    await expect(page.getByTestId('order-card')).toHaveCount(1)
    await page.keyboard.press('Escape')
    await expect(page.getByTestId('order-card')).toHaveCount(3)
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog')).toContainText('By keyboard alone')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await context.close()
  },
)

test('[ORD-1] a customer orders by keyboard alone', async ({ browser, server }) => {
  // Some two hundred keys, each with its response.
  test.setTimeout(180_000)
  const context = await browser.newContext({
    baseURL: server.url,
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
  })
  const page = await context.newPage()
  await page.goto('/napoli')
  await expect(page.getByText('Live', { exact: true }).first()).toBeVisible()
  /** Presses Tab until the named element has the focus; a focus trap would never get there. */
  const tabTo = async (name: RegExp, most = 120) => {
    for (let step = 0; step < most; step++) {
      await page.keyboard.press('Tab')
      const focused = await page.evaluate(() => {
        const at = document.activeElement as HTMLElement
        return (
          at.getAttribute('aria-label') ?? (at as HTMLInputElement).labels?.[0]?.textContent ?? at.textContent ?? ''
        )
      })
      if (name.test(focused.trim())) return
    }
    throw new Error(`Tab does not lead to ${name}`)
  }
  await tabTo(/^Margherita$/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  await tabTo(/Add to basket/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await tabTo(/Go to checkout/)
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Your name')).toBeVisible()
  await tabTo(/Your name/)
  await page.keyboard.type('Ada Lovelace')
  await tabTo(/Place order/)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/napoli\/orders\//)
  await context.close()
})
