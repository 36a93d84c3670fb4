import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import puppeteer, { type Browser, type ElementHandle, type Page } from 'puppeteer-core'
import { findFirefox } from '../../scripts/firefox.ts'
import { placeOrder, signIn } from '../support/orders.ts'
import { startServer, type TestServer } from '../support/server.ts'

const executablePath = findFirefox()

/** What Firefox itself logs, as an error of the page, when a server goes away: not a fault of the page. */
const ofTheNetwork = /^Error: The connection to wss?:\S+ was interrupted/

/** The main job once more in another engine, over WebDriver BiDi. It is short, because Chromium runs the long tests. */
describe.skipIf(!executablePath)('in Firefox', () => {
  let server: TestServer
  let browser: Browser
  const faults: string[] = []

  beforeAll(async () => {
    server = await startServer()
    browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: executablePath!,
      extraPrefsFirefox: { 'intl.accept_languages': 'en-GB', 'ui.prefersReducedMotion': 1 },
    })
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  async function open(path: string, { width = 1280, height = 800 } = {}) {
    const page = await browser.newPage()
    page.on('pageerror', (error) => void (ofTheNetwork.test(String(error)) || faults.push(String(error))))
    await page.setViewport({ width, height })
    await page.goto(`${server.url}${path}`)
    return page
  }
  const see = (page: Page, selector: string) => page.waitForSelector(selector, { visible: true, timeout: 20_000 })
  const isLive = (page: Page) => see(page, '[data-live="live"], [data-testid="live"].fresh, [data-freshness="live"]')
  /** Presses the button with this text. */
  async function press(page: Page, words: string) {
    const button = await page.waitForFunction(
      (words) =>
        [...document.querySelectorAll('button')].find(
          (one) => one.textContent.includes(words) && !one.disabled && one.checkVisibility(),
        ),
      { timeout: 20_000 },
      words,
    )
    await (button as ElementHandle<HTMLButtonElement>).click()
  }
  async function fill(page: Page, label: string, text: string) {
    const field = await page.waitForFunction(
      (label) => [...document.querySelectorAll('label')].find((one) => one.textContent.includes(label))?.control,
      { timeout: 20_000 },
      label,
    )
    await (field as ElementHandle<HTMLInputElement>).type(text)
  }

  it('[CLI-1] [DSP-1] an order shows in the kitchen, at the counter and on the board, also after kill -9', async () => {
    for (const pair of (await signIn(server)).split('; ')) {
      const at = pair.indexOf('=')
      await browser.setCookie({ name: pair.slice(0, at), value: pair.slice(at + 1), domain: '127.0.0.1', path: '/' })
    }
    const kitchen = await open('/napoli/kitchen', { width: 1920, height: 1080 })
    const counter = await open('/napoli/counter')
    const board = await open('/napoli/board')
    const page = await open('/napoli', { width: 390, height: 844 })
    for (const screen of [kitchen, counter, board, page]) await isLive(screen)

    await page.bringToFront()
    await press(page, 'Margherita')
    await press(page, 'Add to basket')
    await press(page, 'See basket')
    await press(page, 'Go to checkout')
    await fill(page, 'Your name', 'Ada')
    await fill(page, 'Phone', '+33612345678')
    await press(page, 'Place order')
    await page.waitForFunction(() => location.pathname.startsWith('/napoli/orders/'), { timeout: 20_000 })

    await see(counter, '[data-testid="order-card"][data-number="1"]')
    await see(board, '[data-testid^="board-"][data-number="1"]')
    await see(kitchen, '[data-testid^="ticket"][data-number="1"]')

    await server.kill('SIGKILL')
    await server.restart()
    await placeOrder(server, { customer: { name: 'Grace' } })
    await kitchen.bringToFront()
    await see(kitchen, '[data-testid^="ticket"][data-number="2"]')
    await isLive(kitchen)
    expect(faults).toEqual([])
  })

  it('the tablecloth is checked: three tones in both directions', async () => {
    const page = await open('/')
    const cloth = (await see(page, 'svg:has(#gingham)'))!
    const png = await cloth.screenshot({ encoding: 'base64' })
    // Read on a page of its own, because ours allows no scripts from elsewhere.
    const reader = await browser.newPage()
    const tones = await reader.evaluate(async (png) => {
      const image = new Image()
      image.src = `data:image/png;base64,${png}`
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = image.width
      canvas.height = image.height
      const context = canvas.getContext('2d')!
      context.drawImage(image, 0, 0)
      /** How many tones a tenth of the pixels or more have, along a row or a column of two checks. */
      const count = (x: number, y: number, width: number, height: number) => {
        const { data } = context.getImageData(x, y, width, height)
        const seen = new Map<string, number>()
        for (let at = 0; at < data.length; at += 4) {
          const tone = [0, 1, 2].map((channel) => data[at + channel]! >> 3).join()
          seen.set(tone, (seen.get(tone) ?? 0) + 1)
        }
        return [...seen.values()].filter((pixels) => pixels >= data.length / 40).length
      }
      return { all: count(0, 0, 120, 12), row: count(0, 2, 120, 1), column: count(2, 0, 1, 12) }
    }, png)
    expect(tones).toEqual({ all: 3, row: 2, column: 2 })
  })

  it("[KIT-18] lifting a finger arms the kitchen's sound, because its press is not a gesture", async () => {
    const kitchen = await browser.newPage()
    // A machine without a sound card never lets an AudioContext run here: what counts is who asks, and when.
    await kitchen.evaluateOnNewDocument(() => {
      const asked: string[] = []
      Object.assign(window, { asked })
      AudioContext.prototype.resume = function () {
        if (navigator.userActivation.isActive) asked.push(window.event?.type ?? '')
        return Promise.resolve()
      }
    })
    await kitchen.goto(`${server.url}/napoli/kitchen`)
    await isLive(kitchen)
    await see(kitchen, '[data-testid="mute"]')
    await kitchen.touchscreen.tap(500, 400)
    await kitchen.waitForFunction(
      () => {
        const { asked } = window as unknown as { asked: string[] }
        return asked.includes('pointerup') || asked.includes('click')
      },
      { timeout: 10_000 },
    )
  })
})
