import type { Browser, BrowserContext, Page } from '@playwright/test'
import SQLite from 'better-sqlite3'
import type { Order } from '../../shared/order/order.ts'
import type { CustomerOrder } from '../../shared/order/views.ts'
import { line, orderBody, placeOrder, quote, type OrderBody } from './orders.ts'
import { expect, openDesk, test as base } from './pages.ts'
import type { TestServer } from './server.ts'

export { expect }

/** The two sizes of television that kitchens have; 32 inches, read from 3 m, unless a test says otherwise. */
export const full = { width: 1920, height: 1080 }
export const small = { width: 1280, height: 720 }

/** The same test at a screen of the kitchen. */
export const test = base.extend({ deskSize: full })

/** A browser of somebody who has signed in there. */
export const signedIn = (browser: Browser, server: TestServer, cookie: string) =>
  openDesk(browser, server, cookie, full)

/** The wall screen, live. `query` is set up by address, as a kiosk's start command does it. */
export async function openKitchen(
  context: BrowserContext,
  { viewport = full, query = '' }: { viewport?: typeof full; query?: string } = {},
): Promise<Page> {
  const page = await context.newPage()
  await page.setViewportSize(viewport)
  await page.goto(`/napoli/kitchen${query && `?${query}`}`)
  await expect(page.getByTestId('live')).toHaveText(/live|en direct|in diretta|dal vivo/i)
  return page
}

/** Baskets as people order them, in turn. */
const baskets = [
  [line({ size: 'large' })],
  [line({ item: 'diavola', quantity: 2 }), line({ size: 'small' })],
  [
    line({
      size: 'large',
      toppings: [
        { topping: 'mushrooms', half: 'left' },
        { topping: 'olives', half: 'right', amount: 'extra' },
      ],
      remove: ['basil'],
    }),
  ],
  [line({ item: 'napoletana', size: 'large' }), line({ quantity: 2 })],
] as OrderBody['lines'][]
const names = ['Ada', 'Grace', 'Linus', 'Margaret', 'Alan', 'Edsger', 'Barbara', 'Tim']

/** Places orders as staff do, who are never told to wait. `each` makes them differ. */
export async function fill(
  server: TestServer,
  cookie: string,
  count: number,
  each: (index: number) => Partial<OrderBody> = () => ({}),
) {
  const totals = new Map<string, number>()
  const placed: (CustomerOrder & { tracking: string })[] = []
  for (let index = 0; index < count; index++) {
    const body = orderBody({
      customer: { name: names[index % names.length]! },
      lines: baskets[index % baskets.length]!,
      ...each(index),
    })
    const known = JSON.stringify(body.lines)
    if (!totals.has(known)) totals.set(known, (await quote(server, body)).total)
    const { order, tracking } = await placeOrder(server, { ...body, total: totals.get(known)! }, { cookie })
    placed.push({ ...order, tracking })
  }
  return placed
}

/** Changes open orders in the database itself: time that no test can wait for. Before any page is open. */
export function amend(server: TestServer, change: (order: Order, index: number) => Partial<Order>) {
  const client = new SQLite(server.databaseFile, { timeout: 5000 })
  const rows = client.prepare('select id, body from orders order by number').all() as { id: string; body: string }[]
  for (const [index, { id, body }] of rows.entries()) {
    const before = JSON.parse(body) as Order
    const after = { ...before, ...change(before, index) }
    client
      .prepare('update orders set body = ?, promise_at = ?, placed_at = ?, queued_at = ?, shown_at = ? where id = ?')
      .run(
        JSON.stringify(after),
        Date.parse(after.promiseAt),
        Date.parse(after.placedAt),
        after.queuedAt ? Date.parse(after.queuedAt) : null,
        after.shownAt ? Date.parse(after.shownAt) : null,
        id,
      )
  }
  client.close()
}

/** The open orders as the server knows them. */
export async function ordersOf(server: { url: string }, cookie: string): Promise<Order[]> {
  const answer = await fetch(`${server.url}/api/streams/counter:napoli`, { headers: { cookie } })
  return ((await answer.json()) as { state: { orders: Order[] } }).state.orders
}

/** The numbers on the screen, large tiles first. */
export const numbersOn = (page: Page) =>
  page
    .locator('[data-testid^="ticket"]')
    .evaluateAll((all) => all.map((one) => Number((one as HTMLElement).dataset.number)))
