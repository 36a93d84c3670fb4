import type { Page } from '@playwright/test'
import { friday, fridayLines } from '../../bench/rail/friday.ts'
import { tableWidth } from '../../shared/kitchen/measure.ts'
import { slipMaker } from '../../shared/kitchen/parts.ts'
import { shapeOf } from '../../shared/kitchen/rail-shape.ts'
import { rowWords } from '../../shared/kitchen/row-words.ts'
import { languages } from '../../shared/menu/menu.ts'
import { line } from '../support/orders.ts'
import { amend, expect, fill, full, openKitchen, small, test } from '../support/kitchen-page.ts'

const viewports = [
  small,
  { width: 1366, height: 768 },
  full,
  { width: 2560, height: 1440 },
  { width: 3840, height: 2160 },
]

/** Each ticket as painted: its own height, and what its head and rows take, px; and texts that leave their ticket. */
const painted = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-testid="ticket"]')].map((ticket) => {
      const { right, height } = ticket.getBoundingClientRect()
      const inside = [...ticket.children].reduce((sum, child) => sum + child.getBoundingClientRect().height, 0)
      const rows = [...ticket.querySelectorAll('.row')].map((row) => {
        const range = document.createRange()
        range.selectNodeContents(row)
        return Math.max(...[...range.getClientRects()].map((box) => box.right))
      })
      return { slip: ticket.dataset.slip!, height, inside, over: Math.max(0, ...rows.map((edge) => edge - right)) }
    }),
  )

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

test('[KIT-36] the rehearsed Friday is painted as it was measured, in three languages, on five screens', async ({
  staff,
  server,
  cookie,
}) => {
  test.setTimeout(300_000)
  const orders = fridayLines()
  const placed = await fill(server, cookie, orders.length, (index) => orders[index]!)
  const tickets = friday()
  for (const viewport of viewports)
    for (const language of languages) {
      const shape = shapeOf({ distance: 3, diagonal: 32, ...viewport })
      const make = slipMaker({ ...shape, letter: tableWidth, words: rowWords[language], language }, shape.height)
      const expected = new Map(placed.map(({ id }, at) => [id, make(tickets[at]!)[0]!.height * shape.size]))
      const page = await openKitchen(staff, { viewport, query: `language=${language}&rotate=0` })
      const seen = new Set<string>()
      // The key turns the last column's page; what comes sooner than 250 ms after it is a bounce, and none.
      await expect
        .poll(
          async () => {
            for (const { slip, height, inside, over } of await painted(page)) {
              seen.add(slip)
              expect(Math.abs(height - expected.get(slip)!), `${slip} ${language}`).toBeLessThan(2)
              expect(Math.abs(inside - height), `${slip} ${language}`).toBeLessThan(2)
              expect(over, `${slip} ${language}`).toBe(0)
            }
            await page.keyboard.press('+')
            return seen.size
          },
          { intervals: [280], timeout: 30_000 },
        )
        .toBe(tickets.length)
      await page.close()
    }
})

test('[KIT-37] no text reaches into another, whatever was written by hand', async ({ staff, server, cookie }) => {
  test.setTimeout(120_000)
  const long = (letter: string) => letter.repeat(Math.floor(140 / letter.length))
  await fill(server, cookie, 8, (index) =>
    index === 0
      ? { customer: { name: 'W'.repeat(60) }, lines: [line({ note: long('W') }), line({ quantity: 12 })] }
      : index === 1
        ? { note: `nut allergy ${long('🌶️')}`, lines: [line({ note: 'coeliac please' }), line({ item: 'diavola' })] }
        : index === 2
          ? { mode: 'table', table: '1234567890', note: long('m') + long('m') }
          : {},
  )
  const now = Date.now()
  const due = [-125, -2, 4]
  amend(server, (_, index) => ({
    placedAt: new Date(now - 20 * 60_000).toISOString(),
    queuedAt: new Date(now - 20 * 60_000).toISOString(),
    promiseAt: new Date(now + (due[index] ?? 130 + index) * 60_000).toISOString(),
  }))
  for (const viewport of [small, full])
    for (const language of languages) {
      const page = await openKitchen(staff, { viewport, query: `language=${language}` })
      expect(await overlaps(page), `${viewport.height} ${language}`).toEqual([])
      await page.close()
    }
})
