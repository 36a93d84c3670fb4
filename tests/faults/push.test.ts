import { createECDH, createDecipheriv, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { codeOf, move, placeOrder, request, signIn } from '../support/orders.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { eventually, openDatabase } from '../support/watching.ts'

interface Message {
  path: string
  headers: IncomingHttpHeaders
  body: Buffer
}

/** A push service of our own: keeps what it gets, and answers what it is told to. */
const messages: Message[] = []
let answers: number[] = []
const service = createServer((incoming, response) => {
  const parts: Buffer[] = []
  incoming
    .on('data', (part: Buffer) => parts.push(part))
    .on('end', () => {
      messages.push({ path: incoming.url!, headers: incoming.headers, body: Buffer.concat(parts) })
      response.writeHead(answers.shift() ?? 201).end()
    })
}).listen(0, '127.0.0.1')
let origin: string
let server: TestServer
let cookie: string
beforeAll(async () => {
  if (!service.listening) await once(service, 'listening')
  origin = `http://127.0.0.1:${(service.address() as AddressInfo).port}`
  server = await startServer({ env: { COMANDA_PUSH_SERVICES: origin, COMANDA_LOG: 'warn' } })
  cookie = await signIn(server)
})
afterAll(async () => {
  await server.stop()
  service.close()
})
beforeEach(() => {
  messages.length = 0
  answers = []
})

/** A browser: its keys, and what it subscribes with. */
function browser(path: string) {
  const pair = createECDH('prime256v1')
  const p256dh = pair.generateKeys()
  const auth = randomBytes(16)
  return {
    pair,
    auth,
    p256dh,
    body: {
      endpoint: `${origin}/${path}`,
      keys: { p256dh: p256dh.toString('base64url'), auth: auth.toString('base64url') },
      words: { title: 'Order is ready', body: 'Napoli' },
    },
  }
}
const subscribe = (tracking: string, body: unknown) =>
  request(server, 'PUT', `/api/tracking/${tracking}/push`, { body })
const got = (path: string) => messages.filter((message) => message.path === `/${path}`)

/** Reads a message as the browser does (RFC 8291, RFC 8188: one record). */
function decrypt({ body }: Message, { pair, auth, p256dh }: ReturnType<typeof browser>) {
  const salt = body.subarray(0, 16)
  const keyLength = body[20]!
  const sender = body.subarray(21, 21 + keyLength)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), p256dh, sender])
  const input = Buffer.from(hkdfSync('sha256', pair.computeSecret(sender), auth, info, 32))
  const key = Buffer.from(hkdfSync('sha256', input, salt, 'Content-Encoding: aes128gcm\0', 16))
  const nonce = Buffer.from(hkdfSync('sha256', input, salt, 'Content-Encoding: nonce\0', 12))
  const sealed = body.subarray(21 + keyLength)
  const opening = createDecipheriv('aes-128-gcm', key, nonce)
  opening.setAuthTag(sealed.subarray(-16))
  const record = Buffer.concat([opening.update(sealed.subarray(0, -16)), opening.final()])
  return JSON.parse(record.subarray(0, record.lastIndexOf(2)).toString()) as Record<string, unknown>
}

it('[PSM-1] [PSM-4] a browser is told once when its order is ready, encrypted for it and signed by us', async () => {
  const { order, tracking } = await placeOrder(server)
  const mine = browser('mine')
  expect((await subscribe(tracking, mine.body)).status).toBe(204)
  expect((await subscribe(tracking, mine.body)).status).toBe(204)
  const making = await move(server, cookie, order, 'making')
  expect((await move(server, cookie, making.body.order, 'ready')).status).toBe(200)
  await eventually(() => expect(got('mine')).toHaveLength(1))
  const [message] = got('mine')
  expect(decrypt(message!, mine)).toEqual({
    title: 'Order is ready',
    body: 'Napoli',
    number: String(order.number),
    path: `/napoli/orders/${tracking}`,
  })
  expect(message!.headers).toMatchObject({ ttl: '3600', urgency: 'high', 'content-encoding': 'aes128gcm' })
  // Signed with the key that browsers subscribe with (RFC 8292).
  const { key } = (await request(server, 'GET', '/api/push')).body
  const [, token] = /^vapid t=([^,]+), k=(.+)$/.exec(message!.headers.authorization!)!
  expect(message!.headers.authorization).toContain(`k=${key}`)
  const [head, claims, signature] = token!.split('.') as [string, string, string]
  const point = Buffer.from(key, 'base64url')
  const publicKey = createPublicKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    },
  })
  const signed = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const
  expect(verify('sha256', Buffer.from(`${head}.${claims}`), signed, Buffer.from(signature, 'base64url'))).toBe(true)
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({ aud: origin })
  // Told, and forgotten.
  await eventually(() => expect(rows()).toBe(0))
  await server.restart()
  expect((await request(server, 'GET', '/api/push')).body).toEqual({ key })
})

/** How many devices still wait. */
function rows() {
  const database = openDatabase(server.databaseFile)
  const [row] = database.all<{ count: number }>('select count(*) as count from pushes')
  database.close()
  return row!.count
}

it('[PSM-1] what became ready in the moment of a kill -9 is told after the restart', async () => {
  const { order, tracking } = await placeOrder(server)
  await subscribe(tracking, browser('killed').body)
  await move(server, cookie, order, 'ready')
  await server.restart()
  await eventually(() => expect(got('killed').length).toBeGreaterThan(0), 45_000)
  await eventually(() => expect(rows()).toBe(0), 45_000)
})

it('[PSM-1] three devices an order, none of what is over, and none when the step is taken back first', async () => {
  const { order, tracking } = await placeOrder(server)
  for (const path of ['1', '2', '3']) expect((await subscribe(tracking, browser(path).body)).status).toBe(204)
  expect(codeOf(await subscribe(tracking, browser('4').body))).toBe('409 push.too_many')
  expect(codeOf(await subscribe('nobody-has-this-id', browser('1').body))).toBe('404 order.unknown')
  const ready = await move(server, cookie, order, 'ready')
  await move(server, cookie, ready.body.order, 'collected', { confirmUnpaid: true })
  await eventually(() => expect(rows()).toBe(0))
  expect(codeOf(await subscribe(tracking, browser('1').body))).toBe('409 push.over')
})

it('[PSM-2] [ORD-13] refuses every other address and every broken subscription', async () => {
  const { tracking } = await placeOrder(server)
  const { body } = browser('x')
  for (const endpoint of [
    'https://127.0.0.1/',
    'http://169.254.169.254/',
    'https://evil.example/',
    origin.replace('0.0.1', '0.0.2'),
  ])
    expect([endpoint, codeOf(await subscribe(tracking, { ...body, endpoint }))]).toEqual([
      endpoint,
      '422 push.service_unknown',
    ])
  for (const broken of [
    {},
    { ...body, endpoint: 'nonsense' },
    { ...body, endpoint: `${origin}/${'x'.repeat(2000)}` },
    { ...body, keys: { p256dh: 'short', auth: 'short' } },
    { ...body, keys: { ...body.keys, p256dh: `${body.keys.p256dh}${'='.repeat(5000)}` } },
    { ...body, keys: { ...body.keys, p256dh: 'B'.repeat(87) } },
    { ...body, words: { title: '', body: 'x' } },
    { ...body, words: { title: '\u200B', body: 'x' } },
  ])
    expect(codeOf(await subscribe(tracking, broken))).toBe('400 request.invalid')
  expect(rows()).toBe(0)
})

it('[PSM-3] a browser that is gone is forgotten, and what a service cannot take now is kept', async () => {
  const gone = await placeOrder(server)
  await subscribe(gone.tracking, browser('gone').body)
  answers = [410]
  await move(server, cookie, gone.order, 'ready')
  await eventually(() => expect(got('gone')).toHaveLength(1))
  await eventually(() => expect(rows()).toBe(0))
  const busy = await placeOrder(server)
  await subscribe(busy.tracking, browser('busy').body)
  answers = [503]
  await move(server, cookie, busy.order, 'ready')
  await eventually(() => expect(got('busy')).toHaveLength(1))
  expect(rows()).toBe(1)
})
