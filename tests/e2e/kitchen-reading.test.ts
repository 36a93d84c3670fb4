import type { Page } from '@playwright/test'
import { barriersOn } from '../support/barriers.ts'
import { line } from '../support/orders.ts'
import { amend, expect, fill, full, numbersOn, openKitchen, small, test } from '../support/kitchen-page.ts'

/** The angle of a height on a 32-inch 16:9 screen at 3 m, in arc minutes. */
function arcMinutes(px: number, { width, height }: typeof full) {
  const mm = (px * 32 * 25.4) / Math.hypot(width, height)
  return ((2 * Math.atan(mm / 2 / 3000) * 180) / Math.PI) * 60
}

/** Heights of capitals as drawn (CSS px), the smallest of each kind of text on these large tickets. */
const capitals = (page: Page, tickets: string) =>
  page.evaluate((tickets) => {
    const context = document.createElement('canvas').getContext('2d')!
    const kinds = { number: '.number', due: '.when', quantity: '.quantity', name: '.title .name', wish: '.wish' }
    const smallest = (selector: string) =>
      Math.min(
        ...[...document.querySelectorAll(`${tickets} ${selector}`)].map((element) => {
          const { fontWeight, fontSize, fontFamily } = getComputedStyle(element)
          // Measured twenty times as large: a canvas rounds to whole pixels.
          context.font = `${fontWeight} ${Number.parseFloat(fontSize) * 20}px ${fontFamily}`
          return context.measureText('H').actualBoundingBoxAscent / 20
        }),
      )
    return Object.fromEntries(Object.entries(kinds).map(([kind, selector]) => [kind, smallest(selector)]))
  }, tickets)
const usual = '[data-testid="ticket"]'

/** What is larger than its place, or wants to be scrolled. */
const overflowing = (page: Page) =>
  page.evaluate(() => {
    const scrollers = [...document.querySelectorAll('main, main *')].filter(
      (element) =>
        /auto|scroll/.test(getComputedStyle(element).overflowY) && element.scrollHeight > element.clientHeight,
    )
    const torn = [...document.querySelectorAll('[data-testid="ticket"]')].filter(
      (element) => element.scrollHeight > element.clientHeight + 1,
    )
    const outside = [...document.querySelectorAll('[data-testid^="ticket"]')].filter((element) => {
      const { left, top, right, bottom } = element.getBoundingClientRect()
      return left < 0 || top < 0 || right > innerWidth + 0.5 || bottom > innerHeight + 0.5
    })
    const { scrollHeight, clientHeight, scrollWidth, clientWidth } = document.documentElement
    return {
      scrollers: scrollers.map((one) => one.className),
      torn: torn.map((one) => one.textContent),
      outside: outside.length,
      page: scrollHeight > clientHeight || scrollWidth > clientWidth,
    }
  })
const nothing = { scrollers: [], torn: [], outside: 0, page: false }

for (const viewport of [full, small]) {
  test(
    `[KIT-35] at ${viewport.width}x${viewport.height} on 32 inches, tickets have capitals of 20 arc ` +
      `minutes at 3 m`,
    async ({ staff, server, cookie }) => {
      await fill(server, cookie, 8, (index) =>
        index === 0 ? { lines: [line({ size: 'large', remove: ['basil'] })] } : {},
      )
      const page = await openKitchen(staff, { viewport })
      const large = await page.locator(usual).count()
      expect(large).toBeGreaterThanOrEqual(4)
      const angles = Object.fromEntries(
        Object.entries(await capitals(page, usual)).map(([kind, px]) => [kind, arcMinutes(px, viewport)]),
      )
      console.log(
        `Capitals at ${viewport.width}x${viewport.height}, arc minutes: ${Object.entries(angles)
          .map(([kind, angle]) => `${kind} ${angle.toFixed(1)}`)
          .join(', ')}`,
      )
      // What is looked for at a glance; a wish may be as small as the least that people can read.
      for (const kind of ['number', 'due', 'quantity', 'name'])
        expect.soft(angles[kind], kind).toBeGreaterThanOrEqual(19.9)
      expect.soft(angles.wish, 'wish').toBeGreaterThanOrEqual(15.9)
      // Of nothing the smallest is infinite.
      for (const [kind, angle] of Object.entries(angles)) expect.soft(angle, kind).toBeLessThan(200)
      const least = await capitals(page, '[data-testid="ticket"]')
      for (const kind of ['number', 'due', 'quantity', 'name'])
        expect.soft(arcMinutes(least[kind]!, viewport), `${kind} of any ticket`).toBeGreaterThanOrEqual(15.9)
      expect(await overflowing(page)).toEqual(nothing)
      await page.screenshot({ path: `test-results/kitchen-${viewport.height}.png` })
    },
  )

  test(
    `[KIT-32] [KIT-6] at ${viewport.width}x${viewport.height}, 40 open tickets: nothing scrolls, each is shown ` +
      `within one rotation, all are counted in the strip`,
    async ({ staff, server, cookie }) => {
      const placed = await fill(server, cookie, 40)
      const page = await staff.newPage()
      await page.setViewportSize(viewport)
      // The clock runs ahead of the server's while the pages turn: nothing more is heard from there.
      let cut = false
      await page.routeWebSocket(/_ws/, (socket) => {
        const server = socket.connectToServer()
        server.onMessage((message) => cut || socket.send(message))
      })
      await page.clock.install()
      await page.goto('/napoli/kitchen')
      await expect(page.getByTestId('live')).toHaveText(/live/i)
      expect(await overflowing(page)).toEqual(nothing)

      const total = (selector: string) =>
        page
          .locator(selector)
          .evaluateAll((all) => all.reduce((sum, one) => sum + Number((one as HTMLElement).dataset.total), 0))
      const pizzas = Array.from({ length: 40 }, (_, index) => [1, 3, 1, 3][index % 4]!).reduce(
        (sum, count) => sum + count,
        0,
      )
      expect(await total('[data-testid="count"]')).toBe(pizzas)
      await expect(page.getByTestId('dough').locator('b')).toHaveText(String(pizzas))
      await expect(page.getByTestId('open-count')).toHaveText(/^40 /)

      const pages = Number((await page.getByTestId('page').textContent())!.split('/')[1])
      cut = true
      const seen = new Set(await numbersOn(page))
      let seconds = 0
      for (; seconds < pages * 9 + 9 && seen.size < 40; seconds++) {
        await page.clock.runFor(1000)
        for (const number of await numbersOn(page)) seen.add(number)
      }
      console.log(`40 tickets at ${viewport.width}x${viewport.height}: ${pages} pages, all seen within ${seconds} s`)
      expect([...seen].sort((a, b) => a - b)).toEqual(placed.map(({ number }) => number))
      expect(await overflowing(page)).toEqual(nothing)
    },
  )
}

test(
  '[KIT-3] [KIT-8] axe finds no fault with tickets of all urgencies, allergies and halves; each urgency has a ' +
    'shape',
  async ({ staff, server, cookie }) => {
    await fill(server, cookie, 14, (index) =>
      index === 1
        ? { note: 'nut allergy at the table' }
        : index === 2
          ? { lines: [line({ size: 'large', remove: ['basil'], note: 'well done' })] }
          : {},
    )
    // Due in −9, −2, 4, and the rest in 30 minutes, all placed 20 minutes ago.
    const now = Date.now()
    const due = [-9, -2, 4]
    amend(server, (_, index) => ({
      placedAt: new Date(now - 20 * 60_000).toISOString(),
      queuedAt: new Date(now - 20 * 60_000).toISOString(),
      promiseAt: new Date(now + (due[index] ?? 30 + index) * 60_000).toISOString(),
    }))
    const page = await openKitchen(staff)
    // A pulse is read at any moment of it; the test reads it standing still.
    await page.emulateMedia({ reducedMotion: 'reduce' })
    for (const viewport of [full, small]) {
      await page.setViewportSize(viewport)
      const urgencies = () =>
        page.getByTestId('ticket').evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.urgency))
      await expect.poll(async () => new Set(await urgencies())).toEqual(new Set(['overdue', 'late', 'soon', 'calm']))
      await expect(page.getByTestId('ticket').first()).toHaveAttribute('data-urgency', 'overdue')
      await expect(page.getByTestId('allergy').first()).toContainText('nut allergy')
      expect(await barriersOn(page)).toEqual([])
      await page.screenshot({ path: `test-results/kitchen-urgencies-${viewport.height}.png` })
    }
  },
)
