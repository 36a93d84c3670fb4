import { test as base, expect, type Browser, type BrowserContext, type Page, type ViewportSize } from '@playwright/test'
import { signIn } from './orders.ts'
import { startServer, type TestServer } from './server.ts'

export { expect }

/** Lines that Chromium itself logs when a test cuts a connection or is refused on purpose: not a fault of a page. */
const ofTheNetwork = /Failed to load resource|WebSocket connection to|net::ERR_/

/**
 * Records what goes wrong in a browser's pages: exceptions, failed hydrations, violations of the content security
 * policy.
 */
export function watch(context: BrowserContext): string[] {
  const faults: string[] = []
  context.on('weberror', (fault) => faults.push(String(fault.error())))
  context.on(
    'console',
    (message) => message.type() === 'error' && !ofTheNetwork.test(message.text()) && faults.push(message.text()),
  )
  return faults
}

/** A fixture: what a test has left open ends with it, and takes no time from those after it. */
async function tidy({ browser }: { browser: Browser }, use: (nothing: null) => Promise<void>) {
  await use(null)
  for (const context of browser.contexts()) await context.close()
}

/**
 * Playwright's test with a server for each test, and browsers whose pages must be clean: a fault on one page fails its
 * test. What a test leaves behind (an order that no kitchen has shown is an alarm at the counter 45 s later) would be
 * the screen of the next one if they shared a server, and which tests meet depends on the speed of the machine.
 */
export const test = base.extend<{
  tidy: null
  server: TestServer
  cookie: string
  deskSize: ViewportSize
  staff: BrowserContext
}>({
  tidy: [tidy, { auto: true }],
  // eslint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this pattern.
  server: async ({}, use) => {
    const server = await startServer()
    await use(server)
    await server.stop()
  },
  baseURL: ({ server }, use) => use(server.url),
  context: async ({ context }, use) => {
    const faults = watch(context)
    await use(context)
    expect(faults).toEqual([])
  },
  cookie: async ({ server }, use) => use(await signIn(server)),
  deskSize: [{ width: 1280, height: 800 }, { option: true }],
  /** A browser of somebody who has signed in at the counter. */
  staff: async ({ browser, server, cookie, deskSize }, use) => {
    const context = await openDesk(browser, server, cookie, deskSize)
    const faults = watch(context)
    await use(context)
    expect(faults).toEqual([])
    await context.close()
  },
})

/** A browser of somebody who has signed in, with a screen of that size. */
export async function openDesk(
  browser: Browser,
  server: TestServer,
  cookie: string,
  viewport: ViewportSize,
): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: server.url, viewport, locale: 'en-GB' })
  await addCookies(context, server.url, cookie)
  return context
}

/** For `test.use`: pages move as they do for most people, and things slide in; elsewhere they stand still. */
export const moving = { contextOptions: { reducedMotion: 'no-preference' } } as const

/** Puts a `cookie` header's cookies into a browser. */
export const addCookies = (context: BrowserContext, url: string, header: string) =>
  context.addCookies(
    header.split('; ').map((pair) => {
      const at = pair.indexOf('=')
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url }
    }),
  )

/** Resolves once the page answers to keys: what the server has rendered looks the same before. */
export const awake = (page: Page) =>
  page.waitForFunction(() => {
    const { useNuxtApp } = window as { useNuxtApp?: () => { isHydrating?: boolean } }
    return useNuxtApp?.().isHydrating === false
  })
