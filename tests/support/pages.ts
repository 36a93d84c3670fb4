import {
  test as base,
  expect,
  type Browser,
  type BrowserContext,
  type Page,
  type WorkerFixture,
} from '@playwright/test'
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
export async function tidy({ browser }: { browser: Browser }, use: (nothing: null) => Promise<void>) {
  await use(null)
  for (const context of browser.contexts()) await context.close()
}

/** A server that starts with a worker's first test and ends with its last. */
const ownServer = (): [WorkerFixture<TestServer, object>, { scope: 'worker' }] => [
  // eslint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this pattern.
  async ({}, use) => {
    const server = await startServer()
    await use(server)
    await server.stop()
  },
  { scope: 'worker' },
]

/**
 * Playwright's test with a server for each worker, and browsers whose pages must be clean: a fault on one page fails
 * its test.
 */
export const test = base.extend<{ tidy: null; staff: BrowserContext }, { server: TestServer }>({
  tidy: [tidy, { auto: true }],
  server: ownServer(),
  baseURL: ({ server }, use) => use(server.url),
  context: async ({ context }, use) => {
    const faults = watch(context)
    await use(context)
    expect(faults).toEqual([])
  },
  /** A browser of somebody who has signed in at the counter. */
  staff: async ({ browser, server }, use) => {
    const context = await browser.newContext({
      baseURL: server.url,
      viewport: { width: 1280, height: 800 },
      locale: 'en-GB',
    })
    const faults = watch(context)
    await addCookies(context, server.url, await signIn(server))
    await use(context)
    expect(faults).toEqual([])
    await context.close()
  },
})

/** For `test.use`: pages move as they do for most people, and things slide in; elsewhere they stand still. */
export const moving = { contextOptions: { reducedMotion: 'no-preference' } } as const

/**
 * The same with a server that no other file shares, for tests that change what the pizzeria is. Made anew for each
 * file: Playwright gives the same fixture to all files of a worker.
 */
export const testAlone = () => test.extend<object, { server: TestServer }>({ server: ownServer() })

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
