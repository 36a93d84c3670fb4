import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { chromium, type Browser, type Page } from '@playwright/test'
import { placeOrder } from '../tests/support/orders.ts'
import { startServer } from '../tests/support/server.ts'
import { findBrowser } from './browser.ts'

/**
 * What a visitor downloads, in bytes on the wire, read by a browser from a started server. Slow 4G (1.6 Mbit/s) needs
 * a second for 200 kB. Raise a limit only with its reason.
 */
interface Limits {
  /** The page itself, with the styles in it or beside it. */
  page: number
  /** All that runs before the first tap. */
  scripts: number
  fonts: number
  /** With pictures. */
  all: number
  /** The whole second visit. */
  again: number
}
type Kind = 'page' | 'scripts' | 'fonts' | 'pictures' | 'messages'

const customer: Limits = { page: 60_000, scripts: 130_000, fonts: 45_000, all: 320_000, again: 5_000 }
/** An order's page is its customer's alone: nothing of it is kept packed, and it is sent whole each time. */
const order: Limits = { page: 60_000, scripts: 145_000, fonts: 45_000, all: 280_000, again: 60_000 }
/** The list of pizzerias has no pictures, and a button of Nuxt UI. */
const start: Limits = { ...customer, scripts: 160_000 }
/** Screens of the staff are opened once a day, on the shop's own network. */
const staff: Limits = { page: 90_000, scripts: 330_000, fonts: 100_000, all: 500_000, again: 100_000 }
const pages: Record<string, Limits> = {
  '/napoli': customer,
  '/napoli/orders/{tracking}': order,
  '/': start,
  '/napoli/counter': staff,
  '/napoli/kitchen': staff,
  '/napoli/board': staff,
}

/** What a device keeps of a build for a start without a line, before anybody has opened a sheet; packed, bytes. */
const maxKept = 400_000

function keptBytes() {
  const [list] = globSync('.output/public/_nuxt/offline-*.json')
  const files = JSON.parse(readFileSync(list!, 'utf8')) as string[]
  const sizes = files
    .map((file) => join(dirname(list!), file))
    .map((file) => statSync(existsSync(`${file}.br`) ? `${file}.br` : file).size)
  return sizes.reduce((total, bytes) => total + bytes, 0)
}

const kinds: Record<string, Kind> = {
  Document: 'page',
  Stylesheet: 'page',
  Script: 'scripts',
  Font: 'fonts',
  Image: 'pictures',
}

/** Bytes of one visit by kind, headers of answers included, until nothing has moved for half a second. */
async function visit(page: Page, url: string): Promise<Record<Kind, number>> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  const sums: Record<Kind, number> = { page: 0, scripts: 0, fonts: 0, pictures: 0, messages: 0 }
  const asked = new Map<string, Kind>()
  session.on('Network.requestWillBeSent', ({ requestId, type }) => asked.set(requestId, kinds[type!] ?? 'messages'))
  // Of what comes from the cache nothing is on the wire: 0.
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    sums[asked.get(requestId) ?? 'messages'] += encodedDataLength
  })
  await page.goto(url, { waitUntil: 'networkidle' })
  await session.detach()
  return sums
}

/**
 * A visitor is never the first one: waits until what the server keeps is packed as small as it gets. A page that is
 * made anew for each visitor, with the time in it, never keeps its size: four seconds have to do.
 */
async function warm(url: string) {
  const size = async () => {
    const answer = await fetch(url, { headers: { 'accept-encoding': 'br', 'accept-language': 'en' } })
    await answer.arrayBuffer()
    return answer.headers.get('content-length')
  }
  for (let times = 0; times < 25; times++) await size()
  for (let [tries, same, last] = [0, 0, await size()]; same < 10 && tries < 20; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 200))
    const now = await size()
    same = now === last ? same + 1 : 0
    last = now
  }
}

async function measure(browser: Browser, url: string) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 })
  const page = await context.newPage()
  const first = await visit(page, url)
  await page.goto('about:blank')
  const second = await visit(page, url)
  await context.close()
  return { first, second }
}

const sum = (of: Record<Kind, number>) => Object.values(of).reduce((total, bytes) => total + bytes, 0)
const kB = (bytes: number) => (bytes / 1000).toFixed(1).padStart(7)

const server = await startServer({ env: { COMANDA_LOG: 'silent' } })
const { tracking } = await placeOrder(server)
const browser = await chromium.launch(await findBrowser())
let over = false
try {
  console.log(['kB on the wire'.padEnd(26), 'page', 'scripts', 'fonts', 'all', 'again'].join('  '))
  for (const [path, limits] of Object.entries(pages)) {
    const url = server.url + path.replace('{tracking}', tracking)
    await warm(url)
    const { first, second } = await measure(browser, url)
    const found: Limits = { ...first, all: sum(first), again: sum(second) }
    const names = Object.keys(limits) as (keyof Limits)[]
    const cells = names.map((name) => `${kB(found[name])}${found[name] > limits[name] ? ' OVER' : ''}`)
    over ||= names.some((name) => found[name] > limits[name])
    console.log([path.padEnd(26), ...cells].join('  '))
  }
  const kept = keptBytes()
  console.log(`a customer's device keeps ${kB(kept)} of the build${kept > maxKept ? ' OVER' : ''}`)
  over ||= kept > maxKept
} finally {
  await browser.close()
  await server.stop()
}
process.exitCode = over ? 1 : 0
