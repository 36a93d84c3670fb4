import type { Page } from '@playwright/test'
import { expect, fill, openKitchen, ordersOf, test } from '../support/kitchen-page.ts'
import { heardOn, hush, spyOnSound } from '../support/sound-spy.ts'

const tile = (page: Page, number: number) => page.locator(`[data-testid="ticket"][data-number="${number}"]`)
const ring = (page: Page, number: number) => tile(page, number).getByTestId('undo-ring')
const chosen = (page: Page) => page.locator('.ticket.chosen').getAttribute('data-number').then(Number)
/** Longer than the pedal's contacts bounce, ms. */
const settled = 300

test(
  '[KIT-12] [KIT-13] a bump waits 3 s in the undo ring; Backspace takes it back unsent, a second press of a ' +
    'bouncing pedal is none',
  async ({ staff, server, cookie }) => {
    const [first] = await fill(server, cookie, 5)
    const page = await openKitchen(staff)
    const moves: string[] = []
    page.on('request', (request) => request.url().endsWith('/moves') && moves.push(request.url()))

    // Both inside the page: a busy machine would keep them further apart than contacts bounce.
    await page.evaluate(() => {
      for (const type of ['keydown', 'keyup', 'keydown', 'keyup'])
        window.dispatchEvent(new KeyboardEvent(type, { key: '1', code: 'Digit1' }))
    })
    await expect(ring(page, first!.number)).toBeVisible()
    await page.keyboard.press('Backspace')
    await expect(ring(page, first!.number)).toHaveCount(0)
    await expect(page.getByText(`${first!.number} stays`)).toBeVisible()
    // The ring's three seconds pass, and nothing was sent.
    await page.waitForTimeout(3300)
    expect(moves).toEqual([])
    expect((await ordersOf(server, cookie)).find(({ id }) => id === first!.id)?.state).toBe('queued')
  },
)

test('[KIT-12] [KIT-13] Space chooses, Enter is ready: sent after 3 s; undo then puts it back as it was', async ({
  staff,
  server,
  cookie,
}) => {
  const placed = await fill(server, cookie, 5)
  const page = await openKitchen(staff)
  expect(await chosen(page)).toBe(placed[0]!.number)
  await page.keyboard.press('Space')
  await expect.poll(() => chosen(page)).toBe(placed[1]!.number)

  const sent = page.waitForRequest((request) => request.url().endsWith(`/orders/${placed[1]!.id}/moves`))
  const pressedAt = Date.now()
  await page.keyboard.press('Enter')
  await expect(ring(page, placed[1]!.number)).toBeVisible()
  expect((await sent).postDataJSON()).toEqual({ to: 'ready', ifVersion: 1 })
  expect(Date.now() - pressedAt).toBeGreaterThanOrEqual(2900)
  await expect(tile(page, placed[1]!.number)).toHaveCount(0)
  expect((await ordersOf(server, cookie)).find(({ id }) => id === placed[1]!.id)?.state).toBe('ready')

  await page.keyboard.press('Backspace')
  await expect(tile(page, placed[1]!.number)).toBeVisible()
  await expect(tile(page, placed[1]!.number)).not.toContainText(/back/i)
  expect((await ordersOf(server, cookie)).find(({ id }) => id === placed[1]!.id)?.state).toBe('queued')
})

test('[KIT-12] one pedal does it all: tap is next, a hold of 0.8 s is ready, a double tap is undo', async ({
  staff,
  server,
  cookie,
}) => {
  const placed = await fill(server, cookie, 5)
  const page = await openKitchen(staff, { query: 'pedal=KeyB' })
  /**
   * A foot on the pedal: down and up at these times (ms), kept by the page itself, for a busy test machine keeps none.
   */
  const tread = (...times: number[]) =>
    page.evaluate(async (times) => {
      const start = performance.now()
      for (const [index, at] of times.entries()) {
        await new Promise((resolve) => setTimeout(resolve, start + at - performance.now()))
        window.dispatchEvent(new KeyboardEvent(index % 2 ? 'keyup' : 'keydown', { key: 'b', code: 'KeyB' }))
      }
    }, times)
  await tread(0, 60)
  await expect.poll(() => chosen(page)).toBe(placed[1]!.number)
  // Two taps further apart than a double's are two steps.
  await tread(0, 60, 800, 860)
  await expect.poll(() => chosen(page)).toBe(placed[3]!.number)
  await tread(0, 950)
  await expect(ring(page, placed[3]!.number)).toBeVisible()
  await tread(0, 60, 330, 390)
  await expect(page.getByText(`${placed[3]!.number} stays`)).toBeVisible()
  await expect(ring(page, placed[3]!.number)).toHaveCount(0)
})

test('[KIT-13] who is second sees who was first: a bump of what the counter moved meanwhile says so', async ({
  staff,
  server,
  cookie,
}) => {
  const [first] = await fill(server, cookie, 3)
  const page = await openKitchen(staff)
  await page.keyboard.press('1')
  await expect(ring(page, first!.number)).toBeVisible()
  // The counter is quicker, and the kitchen's line is too slow to know.
  await page.route(`**/orders/${first!.id}/moves`, async (route) => {
    await route.fulfill({
      status: 409,
      json: {
        error: {
          code: 'order.stale',
          message: '',
          retryable: false,
          order: {
            ...(await ordersOf(server, cookie)).find(({ id }) => id === first!.id)!,
            state: 'cancelled',
            version: 2,
            cancelledAt: new Date().toISOString(),
          },
        },
      },
    })
  })
  await expect(page.getByText(/somebody was first/)).toBeVisible()
  await expect(tile(page, first!.number)).toContainText(/cancelled/i)
})

test('[KIT-12] [KIT-16] R says the last news again, and after Space the chosen ticket', async ({
  staff,
  server,
  cookie,
}) => {
  await spyOnSound(staff)
  const placed = await fill(server, cookie, 2)
  const page = await openKitchen(staff)
  const [third] = await fill(server, cookie, 1)
  const texts = async () => (await heardOn(page)).spoken.map(({ text }) => text)
  await expect.poll(texts).toContainEqual(expect.stringMatching(/Margherita/))
  const first = await texts()
  expect(first[0]).toContain(String(third!.number))

  await hush(page)
  await page.keyboard.press('r')
  await expect.poll(texts).toEqual(first)

  await hush(page)
  await page.keyboard.press('Space')
  await page.waitForTimeout(settled)
  await page.keyboard.press('r')
  await expect.poll(texts).toContainEqual(expect.stringContaining(String(placed[1]!.number)))
})
