import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { chromium, type Page } from '@playwright/test'
import { findBrowser } from '../scripts/browser.ts'
import { quote, signIn } from '../tests/support/orders.ts'
import { post, startComanda } from './lib/comanda.ts'
import { spread, type Spread } from './lib/figures.ts'

export interface PaintResult {
  openAtStart: number
  openAtEnd: number
  /** ms from the answer to the POST, which comes after the flush, to the frame that shows the order counted. */
  latency: Spread
  painted: number
  expected: number
  /** Tasks of the page over 50 ms while it was measured, and the longest (ms). */
  longTasks: number
  longestMs: number
}

/** Written by the page: when each count of open orders was on the screen, ms since 1970. */
declare global {
  interface Window {
    bench: { counts: [number, number][]; tasks: number[] }
  }
}

/** A real kitchen page with many tickets, while orders come in at a steady rate. */
export async function measurePaint({
  open,
  perSecond,
  seconds,
  entry,
}: {
  open: number
  perSecond: number
  seconds: number
  /** Another build than this tree's. */
  entry?: string
}): Promise<PaintResult> {
  const { server, token } = await startComanda({ entry })
  const browser = await chromium.launch(await findBrowser())
  try {
    const body = {
      mode: 'pickup',
      customer: { name: 'Ada Lovelace', phone: '+33612345678' },
      lines: [
        { item: 'margherita', size: 'medium', quantity: 1 },
        { item: 'diavola', size: 'medium', quantity: 1, toppings: [{ topping: 'mushrooms', half: 'left' }] },
      ],
    }
    const { total } = await quote(server, body as never)
    const place = async () => {
      const { status } = await post(
        `${server.url}/api/pizzerias/napoli/orders`,
        { ...body, total },
        { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() },
      )
      if (status !== 201) throw new Error(`an order was answered ${status}`)
      return Date.now()
    }
    for (let done = 0; done < open; done += 10) await Promise.all(Array.from({ length: 10 }, place))
    const page = await openKitchen()
    await watch(page)
    const answers: Promise<number>[] = []
    for (let due = performance.now(), end = due + seconds * 1000; due < end; due += 1000 / perSecond) {
      await wait(Math.max(0, due - performance.now()))
      answers.push(place())
    }
    const committed = (await Promise.all(answers)).sort((a, b) => a - b)
    await wait(1500)
    const { counts, tasks } = await page.evaluate(() => window.bench)
    const paintedAt = (count: number) => counts.find(([seen]) => seen >= count)?.[1]
    const waits = committed.flatMap((at, index) => {
      const painted = paintedAt(open + index + 1)
      // The page may be faster than the answer to the customer.
      return painted === undefined ? [] : [Math.max(0, painted - at)]
    })
    const result = {
      openAtStart: open,
      openAtEnd: open + committed.length,
      latency: spread(waits),
      painted: waits.length,
      expected: committed.length,
      longTasks: tasks.length,
      longestMs: Math.max(0, ...tasks),
    }
    console.log(
      `paint, ${open} open tickets, ${perSecond}/s: p50 ${result.latency.p50.toFixed(0)} ms, p99 ` +
        `${result.latency.p99.toFixed(0)} ms; ${result.longTasks} long tasks`,
    )
    return result
  } finally {
    await browser.close()
    await server.stop()
  }

  async function openKitchen(): Promise<Page> {
    const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1920, height: 1080 } })
    const cookie = await signIn(server)
    await context.addCookies(
      cookie.split('; ').map((pair) => {
        const at = pair.indexOf('=')
        return { name: pair.slice(0, at), value: pair.slice(at + 1), url: server.url }
      }),
    )
    const page = await context.newPage()
    await page.goto('/napoli/kitchen')
    await page
      .getByTestId('open-count')
      .filter({ hasText: String(open) })
      .first()
      .waitFor()
    // The first paint and its images are not measured.
    await wait(3000)
    return page
  }
}

/** Two frames after a change it is on the screen. */
async function watch(page: Page) {
  await page.evaluate(() => {
    const bench: Window['bench'] = { counts: [], tasks: [] }
    window.bench = bench
    let last = -1
    new MutationObserver(() => {
      const count = Number(
        /\d+/.exec(document.querySelector('[data-testid="open-count"]')?.textContent ?? '')?.[0] ?? -1,
      )
      if (count <= last) return
      last = count
      requestAnimationFrame(() => requestAnimationFrame(() => bench.counts.push([count, Date.now()])))
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
    new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => bench.tasks.push(duration))).observe({
      type: 'longtask',
    })
  })
}
