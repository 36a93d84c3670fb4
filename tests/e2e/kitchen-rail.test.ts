import type { Page } from '@playwright/test'
import { friday, fridayLines } from '../../bench/rail/friday.ts'
import { tableWidth } from '../../shared/kitchen/measure.ts'
import { slipMaker } from '../../shared/kitchen/parts.ts'
import { shapeOf } from '../../shared/kitchen/rail-shape.ts'
import { rowWords } from '../../shared/kitchen/row-words.ts'
import { languages, type Language } from '../../shared/menu/words.ts'
import { napoli } from '../../db/demo/napoli.ts'
import { line, type OrderBody } from '../support/orders.ts'
import { amend, expect, fill, full, numbersOn, openKitchen, ordersOf, small, test } from '../support/kitchen-page.ts'

const viewports = [
  small,
  { width: 1366, height: 768 },
  full,
  { width: 2560, height: 1440 },
  { width: 3840, height: 2160 },
]

/** Every language on the smallest and on the largest screen; between them one each, because a screen takes seconds. */
const viewportsOf = (language: Language) =>
  viewports.filter((_, at) => at === 0 || at === viewports.length - 1 || languages[at % languages.length] === language)

/** Waits until the page is laid out for this size of screen. */
const isShaped = (page: Page, viewport: (typeof viewports)[number]) =>
  expect
    .poll(() => page.getByTestId('kitchen').evaluate((board) => Number.parseFloat(board.style.getPropertyValue('--u'))))
    .toBeCloseTo(shapeOf({ distance: 3, diagonal: 32, ...viewport }).size, 3)

interface Painted {
  slip: string
  height: number
  inside: number
  over: number
}

/** Each ticket as painted: its own height, and what its head and rows take, px; and texts that leave their ticket. */
function paintedNow(): Painted[] {
  return [...document.querySelectorAll<HTMLElement>('[data-testid="ticket"]')].map((ticket) => {
    const { right, height } = ticket.getBoundingClientRect()
    const inside = [...ticket.children].reduce((sum, child) => sum + child.getBoundingClientRect().height, 0)
    const rows = [...ticket.querySelectorAll('.row')].map((row) => {
      const range = document.createRange()
      range.selectNodeContents(row)
      return Math.max(...[...range.getClientRects()].map((box) => box.right))
    })
    return { slip: ticket.dataset.slip!, height, inside, over: Math.max(0, ...rows.map((edge) => edge - right)) }
  })
}
const painted = (page: Page) => page.evaluate(paintedNow)

/** Turns the last column's page, and waits until Vue is done; a frame would take far longer on a large screen. */
async function turnPage(turn: number) {
  // Of a key of its own each time: the same one soon after is a bounce, and none.
  window.dispatchEvent(new KeyboardEvent('keydown', { key: '+', code: `Turn${turn}`, bubbles: true }))
  await new Promise((resolve) => setTimeout(resolve))
}
interface InPage {
  paintedNow: typeof paintedNow
  turnPage: typeof turnPage
}

/** What was painted while the last column turned its pages, until so many tickets were seen or none was new. */
async function paintedInTurn(page: Page, wanted: number): Promise<Painted[]> {
  return await page.evaluate(async (wanted) => {
    const { paintedNow, turnPage } = window as unknown as InPage
    const seen = new Map<string, Painted>()
    for (let turn = 0; seen.size < wanted && turn < 4 * wanted; turn++) {
      for (const one of paintedNow()) seen.set(one.slip, one)
      await turnPage(turn)
    }
    return [...seen.values()]
  }, wanted)
}

/** Pairs of texts whose boxes reach into each other by more than a pixel, as far as they can be seen. */
const overlaps = (page: Page) =>
  page.evaluate(() => {
    const texts: { node: Node; text: string; left: number; top: number; right: number; bottom: number }[] = []
    const walker = document.createTreeWalker(document.querySelector('main')!, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.textContent?.trim() || node.parentElement!.closest('.sr-only')) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      for (const box of range.getClientRects()) {
        let { left, top, right, bottom } = box
        for (let at = node.parentElement; at; at = at.parentElement) {
          if (getComputedStyle(at).overflow === 'visible') continue
          const clip = at.getBoundingClientRect()
          left = Math.max(left, clip.left)
          top = Math.max(top, clip.top)
          right = Math.min(right, clip.right)
          bottom = Math.min(bottom, clip.bottom)
        }
        if (right - left > 1 && bottom - top > 1)
          texts.push({ node, text: node.textContent!.slice(0, 30), left, top, right, bottom })
      }
    }
    return texts.flatMap((a, at) =>
      texts
        .slice(at + 1)
        .filter(
          (b) =>
            // A text that was cut has two boxes, the whole one and what is painted.
            a.node !== b.node &&
            Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
            Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1,
        )
        .map((b) => `${a.text} | ${b.text}`),
    )
  })

/** Pizzas of the tickets that hang whose picture is not there. */
const undrawn = (page: Page) =>
  page
    .getByTestId('ticket')
    .locator('img')
    .evaluateAll((all) => all.filter((one) => (one as HTMLImageElement).naturalWidth === 0).length)

for (const language of languages)
  test(`[KIT-36] in ${language} the Friday is painted as measured, on each screen`, async ({
    staff,
    server,
    cookie,
  }) => {
    const orders = fridayLines()
    const placed = await fill(server, cookie, orders.length, (index) => orders[index]!)
    const tickets = friday()
    await staff.addInitScript(`Object.assign(window, { paintedNow: ${paintedNow}, turnPage: ${turnPage} })`)
    const page = await openKitchen(staff, { viewport: small, query: `language=${language}&rotate=0` })
    for (const viewport of viewportsOf(language)) {
      const at = `${viewport.width}x${viewport.height}`
      const shape = shapeOf({ distance: 3, diagonal: 32, ...viewport })
      const make = slipMaker({ ...shape, letter: tableWidth, words: rowWords[language], language }, shape.height)
      const expected = new Map(placed.map(({ id }, at) => [id, make(tickets[at]!)[0]!.height * shape.size]))
      await page.setViewportSize(viewport)
      await isShaped(page, viewport)
      const seen = await paintedInTurn(page, tickets.length)
      expect(seen, at).toHaveLength(tickets.length)
      for (const { slip, height, inside, over } of seen) {
        expect(Math.abs(height - expected.get(slip)!), `${slip} ${at}`).toBeLessThan(2)
        expect(Math.abs(inside - height), `${slip} ${at}`).toBeLessThan(2)
        expect(over, `${slip} ${at}`).toBe(0)
      }
      await expect.poll(() => undrawn(page)).toBe(0)
    }
  })

/** Everything as long as it may be: names, words without a space, emoji, notes, thirty toppings. */
const extremes = (index: number): Partial<OrderBody> => {
  const long = (letter: string) => letter.repeat(Math.floor(140 / letter.length))
  const toppings = napoli.toppings.slice(0, 30).map(({ id }) => id)
  const all = [
    { customer: { name: 'W'.repeat(60) }, lines: [line({ note: long('W') }), line({ quantity: 12 })] },
    { note: `nut allergy ${long('🌶️')}`, lines: [line({ note: 'coeliac please' }), line({ item: 'diavola' })] },
    { mode: 'table' as const, table: 'WWWWWWWWWW', note: long('m') + long('m') },
    {
      customer: { name: 'Massimiliano Bartolomeo della Rovere di Montefeltro' },
      lines: [
        line({
          item: 'salsiccia',
          half: 'tartufo',
          size: 'large',
          note: `allergic to nuts, ${long('très ').slice(0, 110)}`,
          toppings: toppings.map((topping, at) => ({
            topping,
            half: (['left', 'right', 'whole'] as const)[at % 3],
            amount: 'extra' as const,
          })),
        }),
      ],
    },
  ]
  return all[index] ?? {}
}

for (const language of languages)
  test(`[KIT-37] [KIT-36] in ${language} no text leaves its place, on each screen`, async ({
    staff,
    server,
    cookie,
  }) => {
    test.setTimeout(120_000)
    await fill(server, cookie, 9, extremes)
    const now = Date.now()
    const due = [-125, -2, 4, 60]
    amend(server, (_, index) => ({
      placedAt: new Date(now - 20 * 60_000).toISOString(),
      queuedAt: new Date(now - 20 * 60_000).toISOString(),
      promiseAt: new Date(now + (due[index] ?? 130 + index) * 60_000).toISOString(),
    }))
    const page = await openKitchen(staff, { viewport: small, query: `language=${language}&rotate=0` })
    let turned = 0
    for (const viewport of viewportsOf(language)) {
      const at = `${viewport.width}x${viewport.height}`
      await page.setViewportSize(viewport)
      await isShaped(page, viewport)
      const { of } = await pagesOn(page)
      for (let shown = 0; shown < Math.min(of, 6); shown++) {
        expect(await overlaps(page), `${at}, page ${shown}`).toEqual([])
        for (const { slip, height, inside, over } of await painted(page)) {
          expect(over, `${slip} ${at}`).toBe(0)
          expect(Math.abs(inside - height), `${slip} ${at}`).toBeLessThan(2)
        }
        await page.evaluate(turnPage, turned++)
      }
    }
  })

/** Which page of how many the last column shows. */
const pagesOn = async (page: Page) => {
  const place = page.getByTestId('page')
  const [at = 1, of = 1] = (await place.count()) ? (await place.textContent())!.match(/\d+/g)!.map(Number) : []
  return { at, of }
}

test('[KIT-35] [KIT-32] forty one-line orders take three pages at 32 inches; the eight due-soonest stay', async ({
  staff,
  server,
  cookie,
}) => {
  const placed = await fill(server, cookie, 40, () => ({ lines: [line()] }))
  const page = await staff.newPage()
  let cut = false
  await page.routeWebSocket(/_ws/, (socket) => {
    const server = socket.connectToServer()
    server.onMessage((message) => cut || socket.send(message))
  })
  await page.clock.install()
  await page.goto('/napoli/kitchen')
  await expect(page.getByTestId('live')).toHaveText(/live/i)
  expect((await pagesOn(page)).of).toBeLessThanOrEqual(3)
  cut = true
  const soonest = placed.slice(0, 8).map(({ number }) => number)
  const seen = new Set<number>()
  for (let second = 0; second < 40; second++) {
    const hung = await numbersOn(page)
    expect(hung).toEqual(expect.arrayContaining(soonest))
    for (const number of hung) seen.add(number)
    // What waits is in due order, and due later than what stays.
    const waiting = await page
      .getByTestId('waiting')
      .evaluateAll((all) => all.map((one) => Number((one as HTMLElement).dataset.number)))
    expect(waiting).toEqual(waiting.toSorted((a, b) => a - b))
    await page.clock.runFor(1000)
  }
  expect(seen.size).toBe(40)
})

test('[KIT-6] the strip has a row for every pizza that it has room for, and sums only the others', async ({
  staff,
  server,
  cookie,
}) => {
  const items = napoli.items.filter(({ sizes }) => sizes.some(({ id }) => id === 'large'))
  const page = await openKitchen(staff)
  let open = 0
  for (const count of [3, items.length]) {
    await fill(server, cookie, count, (index) => ({ lines: [line({ item: items[index]!.id })] }))
    open += count
    await expect(page.getByTestId('open-count')).toHaveText(new RegExp(`^${open} `))
    for (const viewport of [small, full]) {
      await page.setViewportSize(viewport)
      await isShaped(page, viewport)
      await expect(async () => {
        const strip = await page.getByTestId('all-day').evaluate((aside) => {
          const list = aside.querySelector('.counts')!
          const rows = [...list.children]
          const tallest = Math.max(...rows.map((row) => row.getBoundingClientRect().height))
          const blank = list.getBoundingClientRect().bottom - rows.at(-1)!.getBoundingClientRect().bottom
          return { named: rows.filter((row) => row.matches('[data-key]')).length, blank, tallest }
        })
        expect(strip.blank).toBeGreaterThanOrEqual(-1)
        if (strip.named < count) expect(strip.blank).toBeLessThan(strip.tallest)
      }).toPass({ timeout: 10_000 })
    }
  }
})

declare global {
  interface Window {
    /** Keys of the pieces of paper that hung so far. */
    hung: Set<string>
  }
}

test('[DSP-4] a ticket taller than the screen counts as shown when all of its parts have hung, not before', async ({
  staff,
  server,
  cookie,
}) => {
  const page = await openKitchen(staff, { viewport: small })
  await page.evaluate(() => {
    window.hung = new Set()
    new MutationObserver(() => {
      for (const ticket of document.querySelectorAll<HTMLElement>('[data-testid="ticket"]'))
        window.hung.add(ticket.dataset.slip!)
    }).observe(document.body, { subtree: true, childList: true, attributes: true })
  })
  const party = Array.from({ length: 20 }, (_, index) =>
    line({ size: 'large', remove: ['basil'], note: `for guest ${index + 1}, who likes it well done` }),
  )
  const [placed] = await fill(server, cookie, 1, () => ({ lines: party }))
  const { id } = placed!
  const first = page.locator(`[data-slip="${id}"]`)
  const [, parts] = (await first.locator('.part').textContent())!.match(/\d+/g)!.map(Number)
  expect(parts).toBeGreaterThan(3)
  await expect
    .poll(async () => (await ordersOf(server, cookie)).find((order) => order.id === id)!.shownAt, {
      intervals: [100],
      timeout: 60_000,
    })
    .not.toBeNull()
  expect(await page.evaluate(() => window.hung.size)).toBe(parts)
})
