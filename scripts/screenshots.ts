import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { line, move, placeOrder, signIn, type OrderBody } from '../tests/support/orders.ts'
import { addCookies } from '../tests/support/pages.ts'
import { startServer } from '../tests/support/server.ts'
import { findBrowser } from './browser.ts'
import { built, root } from './steps.ts'

/**
 * `npm run screenshots`: the pictures in docs/screenshots, taken from the build with a made-up evening, so that a
 * command renews them. Each screen has the size of the device it is made for.
 */
const folder = join(root, 'docs/screenshots')
const devices = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  laptop: { viewport: { width: 1280, height: 800 } },
  tv: { viewport: { width: 1920, height: 1080 } },
}
const evening: Partial<OrderBody>[] = [
  {
    customer: { name: 'Giulia Conti' },
    lines: [line({ item: 'margherita', quantity: 2 }), line({ item: 'diavola', size: 'large' })],
  },
  {
    customer: { name: 'Marc Petit' },
    lines: [line({ item: 'quattro-formaggi', size: 'large' })],
    note: 'nut allergy at the table',
  },
  {
    customer: { name: 'Ada Lovelace', phone: '+33612345678' },
    lines: [
      line({
        size: 'large',
        toppings: [
          { topping: 'mushrooms', half: 'left' },
          { topping: 'olives', half: 'right', amount: 'extra' },
        ],
        remove: ['basil'],
        note: 'well done',
      }),
    ],
  },
  { customer: { name: 'Luca Ferri' }, lines: [line({ item: 'marinara' }), line({ item: 'diavola' })] },
  { mode: 'table', table: '7', customer: { name: 'Table 7' }, lines: [line({ quantity: 4 })] },
  { customer: { name: 'Zoé Martin' }, lines: [line({ item: 'diavola', size: 'large', quantity: 2 })] },
]
/** How far each order of the evening has come; the others are queued. */
const states = [['ready'], ['making', 'baking'], ['making']] as const

if (!built()) throw new Error('There is no build to take pictures of: run "npm run build" first.')
mkdirSync(folder, { recursive: true })
const server = await startServer()
const { executablePath, args } = findBrowser()
const browser = await chromium.launch({ executablePath, args })

/** Opens a page as one person on one device, waits until it is idle, and saves its picture. */
async function shoot(
  name: string,
  address: string,
  device: keyof typeof devices,
  { cookie, before }: { cookie?: string; before?: (page: Page) => Promise<unknown> } = {},
) {
  const context = await browser.newContext({
    ...devices[device],
    locale: 'en-GB',
    timezoneId: 'Europe/Paris',
    baseURL: server.url,
  })
  if (cookie) await addCookies(context, server.url, cookie)
  const page = await context.newPage()
  const answer = await page.goto(address, { waitUntil: 'load' })
  if (!answer?.ok()) throw new Error(`${address} answered ${answer?.status()}: no picture of that.`)
  await before?.(page)
  await page.evaluate(() => document.fonts.ready.then(() => {}))
  await page.waitForTimeout(1500)
  const path = join(folder, `${name}.png`)
  await page.screenshot({ path })
  console.log(`docs/screenshots/${name}.png, ${Math.round(statSync(path).size / 1000)} kB`)
  await context.close()
}

try {
  const cookie = await signIn(server)
  const placed = []
  for (const body of evening) placed.push(await placeOrder(server, body))
  for (const [at, steps] of states.entries()) {
    let version = placed[at]!.order.version
    for (const to of steps)
      version = (await move(server, cookie, { id: placed[at]!.order.id, version }, to)).body.order.version
  }

  await shoot('start', '/', 'laptop')
  await shoot('menu', '/napoli', 'phone')
  await shoot('builder', '/napoli', 'phone', {
    before: (page) =>
      page
        .getByRole('button', { name: /margherita/i })
        .first()
        .click(),
  })
  await shoot('tracking', `/napoli/orders/${placed[2]!.tracking}`, 'phone')
  await shoot('kitchen', '/napoli/kitchen', 'tv', { cookie })
  await shoot('counter', '/napoli/counter', 'laptop', { cookie })
  await shoot('board', '/napoli/board', 'tv')
} finally {
  await browser.close()
  await server.stop()
}
