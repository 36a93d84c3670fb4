import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rejections } from '../../shared/order/rejections.ts'
import { asBytes, sendBytes, statusOf } from '../support/bytes.ts'
import { orderBody, placeOrder, postOrder, request } from '../support/orders.ts'
import { getRaw } from '../support/raw.ts'
import { seed } from '../support/seed.ts'
import { startServer } from '../support/server.ts'
import { eventually, openDatabase } from '../support/watching.ts'
import { openWire } from '../support/wire.ts'

const { server, staff } = await openWire()
const host = `127.0.0.1:${server.port}`
const { order, tracking } = await placeOrder(server)

/** Every route that takes something, with what it needs to be reached. */
const routes: [string, string][] = [
  ['POST', '/api/pizzerias/napoli/quote'],
  ['POST', '/api/pizzerias/napoli/orders'],
  ['PATCH', '/api/pizzerias/napoli'],
  ['PATCH', '/api/pizzerias/napoli/menu/items/margherita'],
  ['PATCH', '/api/pizzerias/napoli/menu/toppings/basil'],
  ['POST', '/api/pizzerias/napoli/waiting'],
  ['PATCH', '/api/pizzerias/napoli/people'],
  ['POST', '/api/pizzerias/napoli/people/erasures'],
  ['POST', '/api/pizzerias/napoli/screens'],
  ['PATCH', '/api/pizzerias/napoli/screens/device-1234'],
  ['DELETE', '/api/pizzerias/napoli/screens/device-1234'],
  ['POST', `/api/orders/${order.id}/moves`],
  ['POST', `/api/orders/${order.id}/pay`],
  ['POST', '/api/staff/sign-in'],
  ['POST', '/api/screens/pairings'],
  ['POST', '/api/streams/kitchen:napoli/shown'],
  ['POST', '/api/streams/kitchen:napoli/report'],
  ['GET', '/api/streams/kitchen:napoli'],
  ['GET', '/api/streams/kitchen:napoli/events'],
  ['GET', `/api/streams/order:${tracking}/events`],
  ['GET', '/api/screens/pairings/abcdefghijklmnopqrstuv'],
  ['GET', '/api/pizzerias/napoli/rehearsal'],
  ['GET', '/metrics'],
  ['GET', '/napoli'],
  ['GET', `/napoli/orders/${tracking}`],
  ['GET', '/'],
]
const words = [
  'lines',
  'mode',
  'customer',
  'total',
  'note',
  'to',
  'ifVersion',
  'paid',
  'available',
  'stock',
  'until',
  'pin',
  'pizzeria',
  'role',
  'device',
  'position',
  'orders',
  'duty',
  'code',
  'name',
  'answer',
  'which',
  'phone',
  'keptDays',
  'test',
  'undo',
  'for',
  'promise',
  '__proto__',
]
const value = fc.oneof(fc.jsonValue(), fc.constantFrom(-1, 1e308, 2 ** 53, '\u0000', '\uD800', 'napoli', [], {}, null))
const body = fc.oneof(
  fc.dictionary(fc.constantFrom(...words), value, { maxKeys: 6 }).map((each) => JSON.stringify(each)),
  fc
    .tuple(fc.constantFrom('lines', 'customer', 'mode', 'note', 'table', 'total', 'for', 'promise'), value)
    .map(([name, other]) => JSON.stringify({ ...orderBody({ total: 950 }), [name]: other })),
  value.map((each) => JSON.stringify(each)),
  fc.constantFrom('', '{', '[[[[', 'null', '"', '{"a":1}{', '\u0000', '{"lines":' + '['.repeat(5000)),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
)
const latin = fc
  .string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)), maxLength: 40 })
  .filter((text) => !text.includes('\x7f'))
const header = fc.record(
  {
    authorization: fc.oneof(
      latin,
      latin.map((text) => `Bearer ${text}`),
      fc.constant('Bearer é.é'),
    ),
    cookie: fc.oneof(
      latin,
      latin.map((text) => `nuxt-session=${text}`),
      latin.map((text) => `comanda-device=${text}`),
    ),
    'idempotency-key': fc.oneof(latin, fc.uuid()),
    'last-event-id': latin,
    'if-none-match': latin,
    'accept-language': latin,
    'accept-encoding': latin,
    accept: latin,
    origin: latin,
    'x-forwarded-for': latin,
    'x-forwarded-host': latin,
    'x-forwarded-proto': latin,
    'content-type': latin,
    'sec-fetch-site': latin,
    'user-agent': latin,
  },
  { requiredKeys: [] },
)
const query = fc.oneof(
  fc.constantFrom(
    '',
    '?after=',
    '?after=%',
    '?after=%00',
    '?after[]=1',
    '?after=a:1&after=a:2',
    '?%ff',
    '?__proto__=1',
  ),
  fc.webQueryParameters().map((text) => `?${text}`),
)

/** What a page says first. */
const headingOf = (html: string) => /<h1[^>]*>([^<]*)/.exec(html)?.[1]

describe(`whatever is sent (COMANDA_SEED=${seed})`, () => {
  it('[SRV-13] no route answers 500', { timeout: 240_000 }, async () => {
    const wild = fc.record({
      route: fc.constantFrom(...routes),
      query,
      body,
      headers: header,
      signedIn: fc.boolean(),
      known: fc.constantFrom(host, host, host, '[', 'a b', 'x:99999', '', 'é', '::1'),
    })
    await fc.assert(
      fc.asyncProperty(wild, async ({ route: [method, path], query, body, headers, signedIn, known }) => {
        const own = { host: known, ...(signedIn && { cookie: staff, origin: `http://${host}` }) }
        const bytes = asBytes(method, path + query, { ...headers, ...own }, method === 'GET' ? '' : body)
        const said = await sendBytes(server.port, bytes, (text) => text.includes('text/event-stream'))
        expect(statusOf(said), said.slice(0, 400)).toBeLessThan(500)
        if (statusOf(said) >= 400 && path.startsWith('/api/') && known === host) expect(said).toContain('"code":"')
      }),
      { seed, numRuns: 600 },
    )
    expect((await request(server, 'GET', '/healthz')).status).toBe(200)
  })

  it('[SRV-13] a malformed path or host is a 4xx', async () => {
    for (const path of ['/%', '/%zz/orders/%E0', '/api/streams/%zz', '/api/%', '/_nuxt/%2e%2e/x', '//', '/%00']) {
      const said = await sendBytes(server.port, asBytes('GET', path, { host }))
      expect([path, statusOf(said) < 500]).toEqual([path, true])
    }
    // Beside the addresses of no page, and not one of them.
    for (const path of ['/api/', '/api/?x', '/_pictures/', '/_photos/', '/healthz/x', '/healthzz', '/metrics-pizza'])
      expect([path, statusOf(await sendBytes(server.port, asBytes('GET', path, { host })))]).toEqual([path, 404])
    for (const bad of ['a b', '[', '%zz', 'x:99999', 'evil"<', '::1', 'a/b'])
      for (const path of ['/', '/napoli', '/healthz', '/api/pizzerias', '/nothing']) {
        const said = await sendBytes(server.port, asBytes('GET', path, { host: bad }))
        expect([bad, path, statusOf(said)]).toEqual([bad, path, 400])
        expect(said).toContain('"code":"request.invalid"')
      }
    const forwarded = await sendBytes(server.port, asBytes('GET', '/napoli', { host, 'x-forwarded-host': 'a b' }))
    expect(statusOf(forwarded)).toBe(400)
  })

  it.for(['', '/board', '/counter', '/kitchen', '/manage/menu', '/orders/x', '/shared/x', '/nowhere'])(
    '[SRV-13] an address with a broken escape is that of no page: before %s',
    async (rest) => {
      for (const bad of ['%', '%z', '%ff', '%E0%A4%A', 'na%poli']) {
        const { status, headers, text } = await getRaw(`${server.url}/${bad}${rest}`, { 'accept-language': 'en' })
        expect([bad, status, headers['content-type']]).toEqual([bad, 404, 'text/html;charset=utf-8'])
        expect(headingOf(text)).toBe('Somebody has eaten this page')
      }
    },
  )

  it.for(['/napoli/shared/%', '/napoli/orders/%ff', '/setup/%', '/lab%', '/napoli/%zz'])(
    '[SRV-13] an address with a broken escape is that of no page: %s',
    async (path) => {
      const { status, text } = await getRaw(`${server.url}${path}`, { 'accept-language': 'en' })
      expect(status).toBe(404)
      expect(headingOf(text)).toBe('Somebody has eaten this page')
    },
  )

  it.for(['/napoli/shared/a!b', '/napoli/shared/%20', `/napoli/shared/${'x'.repeat(200)}`, '/napoli/orders/a!b'])(
    '[SRV-13] what cannot be the id of an order is an order that nobody has: %s',
    async (path) => {
      const { status, text } = await getRaw(`${server.url}${path}`, { 'accept-language': 'en' })
      expect(status).toBe(404)
      expect(headingOf(text)).toBe('We cannot find this order')
    },
  )

  it.for([
    '/api/%',
    '/api/shared/%',
    '/api/pizzerias/%ff/slots',
    '/api/pizzerias/napoli/tables/%',
    '/api/streams/menu:%/events',
    '/api/streams/%E0%A4%A',
    '/api/tracking/%/queue',
    '/api/setup/%zz',
    '/_pictures/00000000/dish/%',
    '/_photos/%',
  ])('[SRV-13] the API answers a broken escape with a code: %s', async (path) => {
    const { status, body, headers } = await request(server, 'GET', path)
    expect([400, 404]).toContain(status)
    expect(headers.get('content-type')).toMatch(/^application\/json/)
    expect(Object.keys(rejections)).toContain(body.error.code)
  })
})

/** Sends these bytes and is gone. */
const hangUp = async (port: number, bytes: Buffer) => {
  const socket = connect(port, '127.0.0.1')
  await new Promise<void>((resolve) => socket.write(bytes, () => resolve()))
  socket.destroy()
}

describe('the log', () => {
  it('[SRV-13] says in one line what was not found, and nothing of whom', async () => {
    const quiet = await startServer()
    const placed = await placeOrder(quiet)
    const secret = placed.tracking
    const before = quiet.logs().length
    for (const path of [`/nowhere/orders/${secret}x`, `/napoli/orders/${secret}x`, '/nowhere', `/api/${secret}`])
      expect((await request(quiet, 'GET', path, { headers: { accept: 'text/html' } })).status).toBe(404)
    // The body never comes: the customer's phone has lost its line in the middle of the request.
    for (const path of [`/api/tracking/${secret}/cancel`, '/api/pizzerias/napoli/orders'])
      await hangUp(
        quiet.port,
        asBytes(
          'POST',
          path,
          { host: `127.0.0.1:${quiet.port}`, 'idempotency-key': secret, 'content-length': '9' },
          '{',
        ),
      )
    await postOrder(quiet, orderBody({ total: 950 }))
    const said = () => quiet.logs().slice(before)
    const lines = () => said().split('\n').filter(Boolean)
    // What it says comes through a pipe: later than its answers.
    await eventually(() => expect(lines().filter((line) => line.includes('"status":404'))).toHaveLength(3))
    await quiet.kill('SIGTERM')
    expect(said()).not.toContain(secret)
    expect(said()).not.toMatch(/^\s+at /m)
    expect(lines().every((line) => line.startsWith('{'))).toBe(true)
    expect(lines().filter((line) => line.includes('"status":404'))).toHaveLength(3)
    await quiet.stop()
  })

  it('[SRV-15] a port that is taken ends the start with one sentence and 1', () => {
    const env = { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: String(server.port), NODE_ENV: 'production' }
    const file = join(server.databaseFile, '../second.db')
    const { status, stderr, stdout } = spawnSync(
      process.execPath,
      [join(import.meta.dirname, '../../.output/server/index.mjs')],
      {
        env: { ...env, DATABASE_URL: `file:${file}` },
        encoding: 'utf8',
        timeout: 20_000,
      },
    )
    expect(status).toBe(1)
    expect(stderr.trim().split('\n')).toEqual([
      `Comanda cannot start: 127.0.0.1:${server.port} is taken. Choose another with PORT and HOST.`,
    ])
    expect(stdout).not.toMatch(/^\s+at /m)
  })
})

describe('figures', () => {
  it('[SRV-16] are for the token, or for this machine alone', async () => {
    const guarded = await startServer({ env: { COMANDA_LOG: 'warn', COMANDA_METRICS_TOKEN: 'a-token-of-the-monitor' } })
    const ask = async (headers: Record<string, string>, to = guarded) =>
      (await fetch(`${to.url}/metrics`, { headers })).status
    expect(await ask({})).toBe(403)
    expect(await ask({ authorization: 'Bearer a-token-of-the-Monitor' })).toBe(403)
    expect(await ask({ authorization: 'Bearer a-token-of-the-monitor', 'x-forwarded-for': '1.2.3.4' })).toBe(200)
    await guarded.stop()
    expect(await ask({}, server)).toBe(200)
    for (const name of ['x-real-ip', 'x-forwarded-host', 'x-forwarded-proto', 'via', 'forwarded'])
      expect([name, await ask({ [name]: '1.2.3.4' }, server)]).toEqual([name, 403])
    const said = await sendBytes(server.port, asBytes('GET', '/metrics', { host: 'pizza.example' }))
    expect(statusOf(said)).toBe(403)
  })
})

describe('the disk', () => {
  it('[OPS-4] a rush leaves no large WAL behind', async () => {
    const { default: SQLite } = await import('better-sqlite3')
    const reader = new SQLite(server.databaseFile, { readonly: true })
    reader.exec('BEGIN')
    reader.prepare('SELECT count(*) FROM orders').get()
    const wal = () => statSync(`${server.databaseFile}-wal`).size / 1024 / 1024
    // As long as somebody reads an old moment, nothing of the WAL can be given up.
    const rush = openDatabase(server.databaseFile)
    rush.run('create table rush (data)')
    for (let megabytes = 0; megabytes < 20; megabytes++) rush.run('insert into rush values (randomblob(1000000))')
    rush.close()
    expect(wal()).toBeGreaterThan(17)
    reader.close()
    await eventually(async () => {
      await request(server, 'PATCH', '/api/pizzerias/napoli', { cookie: staff, body: { busyMinutes: 0 } })
      expect(wal()).toBeLessThan(17)
    })
  })
})
