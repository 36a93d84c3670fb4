import { readdirSync, statSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { languages } from '../../shared/menu/words.ts'
import { request } from '../support/orders.ts'
import { getRaw } from '../support/raw.ts'
import { sayIn } from '../support/say.ts'
import { sources } from '../support/sources.ts'
import { openWire } from '../support/wire.ts'

const { server, staff } = await openWire()
/** As the manager, and answered well. */
async function change(method: string, path: string, body: unknown) {
  expect((await request(server, method, path, { body, cookie: staff })).status).toBe(200)
}
const get = (path: string, headers?: Record<string, string>) => getRaw(`${server.url}${path}`, headers)

const folder = join(import.meta.dirname, '../../.output/public/_nuxt')
/** The largest: what is smaller than a packet is not compressed. */
const [script] = readdirSync(folder)
  .filter((name) => name.endsWith('.js'))
  .map((name) => ({ path: `/_nuxt/${name}`, size: statSync(join(folder, name)).size }))
  .sort((a, b) => b.size - a.size)
const texts = ['/napoli', '/', '/api/streams/menu:napoli', script!.path]

describe('compression', () => {
  it.each(texts)('[WEB-1] %s comes as brotli, as gzip or uncompressed, as the request asks', async (path) => {
    const plain = await get(path)
    expect(plain.headers['content-encoding']).toBeUndefined()
    for (const [asked, coding] of [
      ['gzip, deflate, br', 'br'],
      ['gzip', 'gzip'],
      ['br;q=0, gzip;q=0.3', 'gzip'],
      ['br;q=0.8', 'br'],
    ] as const) {
      const packed = await get(path, { 'accept-encoding': asked })
      expect(packed.headers['content-encoding']).toBe(coding)
      expect(packed.text.length).toBe(plain.text.length)
      expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 2)
    }
    expect((await get(path, { 'accept-encoding': 'identity' })).headers['content-encoding']).toBeUndefined()
    for (const headers of [undefined, { 'accept-encoding': 'br' }])
      expect((await get(path, headers)).headers.vary?.toLowerCase()).toContain('accept-encoding')
  })

  it('[WEB-1] a short answer is not compressed', async () => {
    const { headers, text } = await get('/healthz', { 'accept-encoding': 'br' })
    expect(headers['content-encoding']).toBeUndefined()
    expect(JSON.parse(text)).toEqual({ ok: true })
  })

  it('[WEB-1] the live feed is neither compressed nor delayed', async () => {
    const abort = new AbortController()
    const answer = await fetch(`${server.url}/api/streams/menu:napoli/sse`, {
      headers: { 'accept-encoding': 'br, gzip' },
      signal: abort.signal,
    })
    expect(answer.headers.get('content-encoding')).toBeNull()
    expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/)
    const { value } = await answer.body!.getReader().read()
    expect(Buffer.from(value!).toString()).toMatch(/^retry: /)
    abort.abort()
  })
})

describe('validators', () => {
  it.each(['/', '/api/streams/menu:napoli'])('[WEB-2] %s is a 304 for a reader who has it', async (path) => {
    const first = await get(path, { 'accept-encoding': 'br' })
    expect(first.headers.etag).toBeDefined()
    expect(first.headers['cache-control']).toContain('no-cache')
    const again = await get(path, { 'accept-encoding': 'br', 'if-none-match': first.headers.etag! })
    expect(again.status).toBe(304)
    expect(again.bytes.length).toBe(0)
    expect(again.headers['content-encoding']).toBeUndefined()
    expect((await get(path, { 'if-none-match': '"another"' })).status).toBe(200)
  })

  it.each(['/napoli', '/', '/api/streams/menu:napoli', '/icon.svg', script!.path])(
    '[WEB-2] %s knows its version in every spelling, whatever time is named beside it',
    async (path) => {
      for (const asked of ['br', 'gzip', 'identity']) {
        const headers = { 'accept-encoding': asked }
        const first = await get(path, headers)
        const etag = first.headers.etag!
        const plain = etag.replace(/^W\//, '')
        for (const named of [etag, plain, `W/${plain}`, `"other", ${etag}`, `${plain} , "other"`, '*']) {
          const again = await get(path, { ...headers, 'if-none-match': named })
          expect([named, again.status, again.bytes.length]).toEqual([named, 304, 0])
          for (const name of ['etag', 'vary', 'cache-control'])
            expect([name, again.headers[name]]).toEqual([name, first.headers[name]])
          for (const name of ['content-type', 'content-encoding']) expect(again.headers[name]).toBeUndefined()
        }
        const future = new Date(Date.now() + 86_400_000).toUTCString()
        const other = await get(path, { ...headers, 'if-none-match': '"other"', 'if-modified-since': future })
        expect(other.status).toBe(200)
      }
    },
  )

  it.each(['/napoli', '/', '/api/streams/menu:napoli', '/healthz', '/napoli/manifest.webmanifest', script!.path])(
    '[WEB-2] a HEAD of %s is answered as a GET, without its body',
    async (path) => {
      for (const asked of ['br', 'identity']) {
        const headers = { 'accept-encoding': asked, 'accept-language': 'en' }
        const got = await get(path, headers)
        const head = await getRaw(`${server.url}${path}`, headers, 'HEAD')
        expect([head.status, head.bytes.length]).toEqual([got.status, 0])
        // A snapshot holds the time, and not every time is packed as small.
        expect(Math.abs(Number(head.headers['content-length']) - got.bytes.length)).toBeLessThan(10)
        for (const name of ['content-type', 'content-encoding', 'etag', 'vary', 'cache-control'])
          expect([name, head.headers[name]]).toEqual([name, got.headers[name]])
      }
    },
  )

  it('[WEB-2] [TRN-2] a HEAD of the live feed is over at once', async () => {
    const head = (stream: string) => getRaw(`${server.url}/api/streams/${stream}:napoli/sse`, {}, 'HEAD')
    expect(await head('menu')).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/event-stream; charset=utf-8' },
    })
    expect((await head('kitchen')).status).toBe(401)
  })

  it('[WEB-2] a file with a hash in its name is requested once', async () => {
    expect((await get(script!.path)).headers['cache-control']).toBe('public, max-age=31536000, immutable')
  })
})

describe('the menu that is kept', () => {
  const english = { 'accept-language': 'en' }
  const menu = (headers: Record<string, string> = english) => get('/napoli', headers)
  const soldOut = (available: boolean) => change('PATCH', '/api/pizzerias/napoli/menu/items/diavola', { available })

  it('[WEB-5] is the same for everybody, without a cookie, and a 304 for whoever has it', async () => {
    const [first, second] = [await menu(), await menu()]
    expect(first.headers['set-cookie']).toBeUndefined()
    expect(second.text).toBe(first.text)
    const again = await menu({ ...english, 'if-none-match': first.headers.etag! })
    expect([again.status, again.bytes.length]).toEqual([304, 0])
    const sent = Number(/served;dur=(\d+)/.exec(String(second.headers['server-timing']))![1])
    expect(Math.abs(sent - Date.now())).toBeLessThan(60_000)
  })

  it('[WEB-5] is the same page whatever follows the ?, with one address of its own', async () => {
    const plain = await menu()
    for (const query of ['/', '?', '?table=guessed-guessed', '?utm_source=poster&x=1', '?%', '?a=</script>']) {
      const { status, headers, text } = await get(`/napoli${query}`, english)
      expect([query, status, headers.etag]).toEqual([query, 200, plain.headers.etag])
      expect(headers['server-timing']).toMatch(/^served;/)
      expect(text).toBe(plain.text)
    }
  })

  it('[WEB-5] speaks the language that is asked for', async () => {
    expect((await menu({ 'accept-language': 'it' })).text).toMatch(/<html\s+lang="it"/)
    expect((await menu({ 'accept-language': 'fr-CA, en;q=0.5' })).text).toMatch(/<html\s+lang="fr"/)
    expect((await menu()).text).toMatch(/<html\s+lang="en"/)
    expect((await menu({ ...english, cookie: 'comanda_language=it' })).text).toMatch(/<html\s+lang="it"/)
  })

  it('[WEB-5] is another for the request after a change: 86, a pause, a setting', async () => {
    const before = await menu()
    for (const [away, back] of [
      [() => soldOut(false), () => soldOut(true)],
      [
        () => change('PATCH', '/api/pizzerias/napoli', { pausedUntil: new Date(Date.now() + 600_000).toISOString() }),
        () => change('PATCH', '/api/pizzerias/napoli', { pausedUntil: null }),
      ],
    ] as const) {
      await away()
      const changed = await menu({ ...english, 'if-none-match': before.headers.etag! })
      expect(changed.status).toBe(200)
      expect(changed.headers.etag).not.toBe(before.headers.etag)
      await back()
      expect((await menu({ ...english, 'if-none-match': changed.headers.etag! })).status).toBe(200)
    }
  })

  it('[WEB-5] is not what somebody gets who is signed in', async () => {
    const own = await menu({ ...english, cookie: staff })
    expect(own.status).toBe(200)
    expect(own.headers['server-timing']).toBeUndefined()
    expect((await menu()).text).not.toContain('"manager"')
  })
})

describe('a pizzeria whose id begins as an address of the operator does', () => {
  it.each(['metrics-pizza', 'healthz-2', 'readyz-x', 'api-napoli', 'app-1'])('[WEB-5] %s has its pages', async (id) => {
    const copied = await request(server, 'POST', '/api/pizzerias/napoli/copies', {
      body: { id, name: `Da ${id}`, pin: '135790' },
      cookie: staff,
    })
    expect(copied.status).toBe(201)
    const english = { 'accept-language': 'en' }
    const first = await get(`/${id}`, english)
    expect([first.status, first.headers['content-type']]).toEqual([200, 'text/html;charset=utf-8'])
    expect(first.text).toContain(`Da ${id}`)
    expect(first.headers['server-timing']).toMatch(/^served;/)
    expect(first.headers['content-security-policy']).toContain('script-src')
    expect((await get(`/${id}`, { ...english, 'if-none-match': first.headers.etag! })).status).toBe(304)
    for (const screen of ['board', 'counter', 'kitchen', 'manage/menu']) {
      const { status, headers } = await get(`/${id}/${screen}`, english)
      expect([screen, status, headers['content-type']]).toEqual([screen, 200, 'text/html;charset=utf-8'])
      expect(headers['content-security-policy']).toContain('script-src')
    }
    expect(JSON.parse((await get(`/${id}/manifest.webmanifest`)).text)).toMatchObject({ start_url: `/${id}` })
    expect((await get(`/api/streams/menu:${id}`)).status).toBe(200)
  })
})

describe('texts', () => {
  const topKeys = (files: string) => sources([files]).flatMap(({ text }) => Object.keys(JSON.parse(text)))

  it.each(languages)('[WEB-9] customers fetch theirs alone; a page for staff has its own, in %s', async (language) => {
    const { text } = await get(`/_i18n/any/${language}/messages.json`)
    const fetched = (JSON.parse(text) as Record<string, object>)[language]!
    expect(Object.keys(fetched).sort()).toEqual(
      topKeys(`i18n/locales/${language}/{common,customer,errors}.json`).sort(),
    )
    const { text: board } = await get('/napoli/board', { 'accept-language': language })
    expect(board.includes(sayIn(language)('board.empty').replaceAll("'", '&#39;'))).toBe(true)
  })

  it('[WEB-2] [WEB-9] those that a page asks for are kept for ever; of another name, they are not', async () => {
    const page = await get('/napoli', { 'accept-language': 'fr' })
    const [, path] = /<link rel="preload" as="fetch"[^>]* href="([^"]+)"/.exec(page.text)!
    const named = await get(path!, { 'accept-encoding': 'br' })
    expect(named.status).toBe(200)
    expect(named.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'br',
      'content-type': 'application/json',
    })
    // nuxt-i18n and nuxt-icon would keep one answer more for each of these.
    for (const made of [
      `${path}/`,
      '/_i18n/made/up/messages.json',
      '/_i18n/made/en/',
      '/api/_nuxt_icon/lucide.json?icons=pizza,made-up',
      '/__nuxt_island/made-up.json',
    ])
      expect([made, (await get(made)).status]).toEqual([made, 404])
    expect((await get(`${path}?made=up`)).headers.etag).toBe(named.headers.etag)
    const other = await get(path!.replace(/_i18n\/[^/]+/, '_i18n/other'))
    expect(other.headers['cache-control']).toBe('no-cache')
    expect(other.text).toBe(named.text)
    expect((await get(path!, { 'if-none-match': named.headers.etag! })).status).toBe(304)
  })
})

describe('what search engines read', () => {
  const dataOf = (html: string) =>
    JSON.parse(/<script[^>]*type="application\/ld\+json"[^>]*>([\s\S]*?)<\/script>/.exec(html)![1]!)

  it('[WEB-6] is the menu as data, its sentence and its address, for whichever host was asked', async () => {
    for (const host of ['pizza.example', '127.0.0.1:8080']) {
      const { text } = await get('/napoli', { 'accept-language': 'fr', host })
      expect(text).toContain(`<link rel="canonical" href="http://${host}/napoli">`)
      expect(text).toMatch(/<meta name="description" content="[^"]{50,}">/)
      expect(dataOf(text)).toMatchObject({
        '@type': 'Restaurant',
        url: `http://${host}/napoli`,
        name: 'Pizzeria Napoli',
        hasMenu: { '@type': 'Menu', inLanguage: 'fr' },
      })
      expect(dataOf(text)).not.toHaveProperty('openingHoursSpecification')
    }
    const robots = await get('/robots.txt')
    expect([robots.status, robots.headers['content-type']]).toEqual([200, expect.stringContaining('text/plain')])
    expect((await get('/')).text).toMatch(/<meta name="description" content="[^"]{20,}">/)
  })

  it('[WEB-6] says the opening hours, from the next request on', async () => {
    const hours = [{ day: 5, from: '18:00', to: '01:00' }]
    const exceptions = [{ from: '2020-12-25' }, { from: '2099-12-25', to: '2099-12-26', note: 'At the sea' }]
    await change('PATCH', '/api/pizzerias/napoli', { hours, exceptions })
    const { text } = await get('/napoli')
    await change('PATCH', '/api/pizzerias/napoli', { hours: null, exceptions: [] })
    const opening = { '@type': 'OpeningHoursSpecification' }
    expect(dataOf(text).openingHoursSpecification).toEqual([
      {
        ...opening,
        dayOfWeek: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Saturday'],
        opens: '00:00',
        closes: '00:00',
      },
      { ...opening, dayOfWeek: ['Friday'], opens: '18:00', closes: '01:00' },
      { ...opening, validFrom: '2099-12-25', validThrough: '2099-12-26', opens: '00:00', closes: '00:00' },
    ])
  })

  it('[WEB-6] says what is sold out, from the next request on', async () => {
    await change('PATCH', '/api/pizzerias/napoli/menu/items/diavola', { available: false })
    const { text } = await get('/napoli', { 'accept-language': 'en' })
    await change('PATCH', '/api/pizzerias/napoli/menu/items/diavola', { available: true })
    const dishes = dataOf(text).hasMenu.hasMenuSection.flatMap(
      (section: { hasMenuItem: { name: string }[] }) => section.hasMenuItem,
    )
    const offers = (name: string) => dishes.find((dish: { name: string }) => dish.name === name).offers
    expect(offers('Diavola')[0].availability).toBe('https://schema.org/OutOfStock')
    expect(offers('Margherita')[0].availability).toBe('https://schema.org/InStock')
  })
})

describe('the scripts of a page', () => {
  it.each(['/napoli', '/', '/napoli/kitchen'])('[WEB-3] those of %s run by their hash', async (path) => {
    const { headers, text } = await get(path)
    const policy = String(headers['content-security-policy'])
    const allowed = /script-src ([^;]+)/.exec(policy)![1]!.split(' ')
    expect(allowed.filter((source) => !/^'(?:self|sha256-[^']+)'$/.test(source))).toEqual([])
    const inline = [...text.matchAll(/<script(?![^>]*\ssrc=)([^>]*)>([\s\S]*?)<\/script>/g)].filter(
      ([, attributes]) => !attributes!.includes('application/'),
    )
    expect(inline.length).toBeGreaterThan(0)
    for (const [, , said] of inline)
      expect(allowed).toContain(`'sha256-${createHash('sha256').update(said!).digest('base64')}'`)
  })
})

describe('pictures', () => {
  const address = async () => /\/_pictures\/[^"]*,[^"]*\.svg/.exec((await get('/napoli')).text)![0]

  it('[WEB-4] are drawn by what their address says, packed, and kept for ever', async () => {
    const { status, headers, text } = await get(await address(), { 'accept-encoding': 'br' })
    expect(status).toBe(200)
    expect(text).toMatch(/^<svg xmlns=/)
    expect(headers).toMatchObject({
      'content-type': 'image/svg+xml',
      'content-encoding': 'br',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'x-content-type-options': 'nosniff',
    })
    expect((await get(await address(), { 'if-none-match': headers.etag! })).status).toBe(304)
  })

  it('[WEB-4] of another build are drawn as they are now, and not kept', async () => {
    const other = (await address()).replace(/_pictures\/\w+/, '_pictures/00000000')
    expect(await get(other)).toMatchObject({ status: 200, headers: { 'cache-control': 'no-cache' } })
  })

  it('[WEB-4] say how many halves and how much lie where', async () => {
    const at = (toppings: string) => get(`/_pictures/00000000/pizza/tomato/classic/3/${toppings}.svg`)
    const shown = await Promise.all(['_', 'basil', 'basil.l', 'basil.r', 'basil.l.extra', 'basil.light'].map(at))
    expect(shown.map(({ status }) => status)).toEqual(shown.map(() => 200))
    expect(new Set(shown.map(({ text }) => text)).size).toBe(shown.length)
  })

  it.each([
    'pizza/tomato/classic/3/gravel.svg',
    'pizza/tomato/classic/3/constructor.svg',
    'pizza/tomato/classic/3/basil,basil.svg',
    'pizza/tomato/classic/3/basil.x.svg',
    'pizza/tomato/classic/3/basil.none.svg',
    `pizza/tomato/classic/3/${Array.from({ length: 41 }, (_, nth) => `basil${nth}`).join(',')}.svg`,
    'pizza/tomato/classic/3/basil.png',
    'pizza/tomato/classic/16/basil.svg',
    'pizza/tomato/gold/3/basil.svg',
    'pizza/ketchup/classic/3/basil.svg',
    'dish/toString.svg',
    'dish/..%2f..%2fetc%2fpasswd.svg',
    'dish/%E0%A4%A.svg',
  ])('[WEB-4] %s is refused', async (path) => {
    expect((await get(`/_pictures/00000000/${path}`)).status).toBe(400)
    expect((await get(`/_pictures/nonsense/${path}`)).status).toBe(400)
  })

  it('[WEB-4] that are nowhere are a 404', async () => {
    expect((await get('/_pictures/00000000/car/fiat.svg')).status).toBe(404)
  })
})
