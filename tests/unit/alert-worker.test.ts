import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { beforeEach, describe, expect, it } from 'vitest'

const source = readFileSync(new URL('../../public/alert-worker.js', import.meta.url), 'utf8')
const origin = 'https://pizza.example'

interface FetchEvent {
  request: { method: string; mode: string; url: string }
  clientId: string
  respondWith(answer: Promise<Response | undefined>): void
}

/** The worker of customers' pages as a browser runs it: below `/shop/`, for the menu of `napoli`. */
function startWorker() {
  const listeners = new Map<string, (event: never) => void>()
  const kept = new Map<string, Response>()
  const asked: string[] = []
  const line = { isCut: false }
  const cache = {
    match: async (key: string | { url: string }) => kept.get(typeof key === 'string' ? key : key.url)?.clone(),
    put: async (key: string | { url: string }, answer: Response) =>
      void kept.set(typeof key === 'string' ? key : key.url, answer),
  }
  const self = {
    location: new URL(`${origin}/shop/alert-worker.js`),
    registration: { scope: `${origin}/shop/napoli` },
    clients: { get: async (page: string) => ({ url: origin + page }) },
    skipWaiting() {},
    addEventListener: (name: string, listener: (event: never) => void) => void listeners.set(name, listener),
  }
  runInNewContext(source, {
    self,
    URL,
    setTimeout,
    caches: { open: async () => cache, delete: async () => kept.clear() },
    fetch: async ({ url }: { url: string }) => {
      asked.push(url)
      if (line.isCut) throw new TypeError('Failed to fetch')
      return new Response(url)
    },
  })
  return {
    asked,
    line,
    /** What a page gets at this address; undefined where the worker leaves it to the browser. */
    async get(path: string, { page = '/shop/napoli', mode = 'no-cors' } = {}): Promise<string | undefined> {
      let answer: Promise<Response | undefined> | undefined
      const event: FetchEvent = {
        request: { method: 'GET', mode, url: origin + path },
        clientId: page,
        respondWith: (given) => (answer = given),
      }
      listeners.get('fetch')!(event as never)
      return await (await answer)?.text()
    },
  }
}

describe('the worker of customers’ pages', () => {
  const photo = `/shop/_photos/${'a'.repeat(43)}.webp`
  let worker: ReturnType<typeof startWorker>
  beforeEach(() => void (worker = startWorker()))

  it.for([photo, '/shop/icon.svg', '/shop/_pictures/0/dish/tiramisu.svg', '/shop/_nuxt/HJ3k.js'])(
    '[CUS-6] %s is asked for once, and is there without a line',
    async (path) => {
      expect(await worker.get(path)).toBe(origin + path)
      worker.line.isCut = true
      expect(await worker.get(path)).toBe(origin + path)
      expect(worker.asked).toEqual([origin + path])
    },
  )

  it('[CUS-6] the menu comes from the network while there is a line, and from the device without one', async () => {
    const open = () => worker.get('/shop/napoli?table=x', { mode: 'navigate' })
    expect(await open()).toBe(`${origin}/shop/napoli?table=x`)
    worker.line.isCut = true
    expect(await open()).toBe(`${origin}/shop/napoli?table=x`)
    expect(worker.asked).toHaveLength(2)
  })

  it('[CUS-6] nothing of the API is kept, and nothing for a page of the staff', async () => {
    expect(await worker.get('/shop/api/streams/menu:napoli')).toBeUndefined()
    expect(await worker.get('/shop/napoli/counter', { mode: 'navigate' })).toBeUndefined()
    await worker.get(photo, { page: '/shop/napoli/counter' })
    worker.line.isCut = true
    await expect(worker.get(photo, { page: '/shop/napoli/counter' })).rejects.toThrow('Failed to fetch')
  })
})
