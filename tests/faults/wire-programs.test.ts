import { WebSocket } from 'ws'
import { describe, expect, it } from 'vitest'
import { formatCursor } from '../../shared/live/cursor.ts'
import { placeOrder, request } from '../support/orders.ts'
import { asBytes, sendBytes, statusOf } from '../support/bytes.ts'
import { startServer } from '../support/server.ts'
import { openWire } from '../support/wire.ts'

const { server, staff, take, rung } = await openWire()
const host = `127.0.0.1:${server.port}`
const sse = (headers: Record<string, string>, enough: (said: string) => boolean, path = 'kitchen:napoli/sse') =>
  sendBytes(server.port, asBytes('GET', `/api/streams/${path}`, { host, cookie: staff, ...headers }), enough)
const upgrade = (headers: Record<string, string>, path = '/_ws') =>
  sendBytes(
    server.port,
    asBytes('GET', path, {
      host,
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      ...headers,
    }),
    (said) => said.startsWith('HTTP/1.1 101'),
  )

describe('a plain EventSource', () => {
  it('[MSG-3] [TRN-2] goes on at the head after `resync`, which carries the cursor to resume from', async () => {
    for (const [cursor, reason] of [
      ['another-epoch:1', 'epoch'],
      [`${(await take('kitchen:napoli')).epoch}:999999`, 'future'],
    ] as const) {
      const { epoch, position } = await take('kitchen:napoli')
      let placed = false
      const said = await sse({ 'last-event-id': cursor }, (text) => {
        if (text.includes('"kind":"resync"') && !placed) {
          placed = true
          void rung()
        }
        return text.includes('"kitchen.ring"')
      })
      const [, id, message] = /id: (\S+)\ndata: (\{"kind":"resync".*)\n/.exec(said)!
      const resync = JSON.parse(message!) as { epoch: string; position: number }
      expect(resync).toMatchObject({ stream: 'kitchen:napoli', reason, epoch })
      expect(id).toBe(formatCursor(resync))
      expect(resync.position).toBeGreaterThanOrEqual(position)
      // What it would send when it comes back is good.
      const resumed = await sse({ 'last-event-id': id! }, (text) => text.includes('"kitchen.ring"'))
      expect(resumed).toContain('"kind":"joined"')
    }
  })

  it('[TRN-2] has a cursor before the first event: what happens while it is cut off is not lost', async () => {
    const said = await sse({}, (text) => text.includes('"kind":"joined"'))
    const [, id] = /id: (\S+)\ndata: \{"kind":"joined"/.exec(said)!
    await rung()
    expect(await sse({ 'last-event-id': id! }, (text) => text.includes('"kitchen.ring"'))).toContain('"kitchen.ring"')
  })

  it.each(['x', '7', 'a:b', 'a:-1', 'a:1.5', ':', 'a:1, a:2', '\xE9:1', 'a:99999999999999999999'])(
    '[TRN-3] with a cursor that is none is told so: %j',
    async (none) => {
      const refused = [
        await sse({ 'last-event-id': none }, () => false),
        await sse({}, () => false, `kitchen:napoli/sse?after=${encodeURIComponent(none)}`),
        await sse({}, () => false, `kitchen:napoli/events?after=${encodeURIComponent(none)}`),
      ]
      for (const said of refused) {
        expect(statusOf(said)).toBe(400)
        expect(said).toContain('"code":"request.invalid"')
      }
    },
  )

  it('[TRN-3] that finds no room comes back by itself; everybody else gets the status', async () => {
    const small = await startServer({ env: { COMANDA_LOG: 'warn', COMANDA_SOCKETS_PER_ADDRESS: '1' } })
    const path = '/api/streams/menu:napoli/sse'
    const first = new AbortController()
    const line = await fetch(`${small.url}${path}`, { signal: first.signal })
    expect(line.status).toBe(200)
    const source = await fetch(`${small.url}${path}`, { headers: { accept: 'text/event-stream' } })
    expect(source.status).toBe(200)
    const told = await source.text()
    expect(told).toMatch(/^retry: \d+\n/)
    expect(told).toContain('"kind":"bye","code":4503')
    expect((await request(small, 'GET', path)).body.error.code).toBe('server.limit')
    first.abort()
    await small.stop()
  })
})

describe('a plain WebSocket', () => {
  it('[SRV-12] that is refused is told why, in JSON', async () => {
    const known = { 'sec-websocket-protocol': 'comanda.v1' }
    const origin = `http://${host}`
    for (const [status, code, headers, path] of [
      [400, 'live.subprotocol', { origin }],
      [400, 'live.subprotocol', { origin, 'sec-websocket-protocol': 'mqtt' }],
      [403, 'live.no_token', known],
      [403, 'live.no_token', { ...known, cookie: staff }],
      [403, 'request.forbidden_origin', { ...known, origin: 'http://evil.example' }],
      [401, 'staff.sign_in', { ...known, authorization: 'Bearer made.up' }],
      [401, 'staff.sign_in', { ...known, authorization: 'Bearer caf\xE9' }],
      [404, 'request.not_found', { ...known, origin }, '/api/pizzerias'],
      [400, 'request.invalid', { ...known, origin, host: 'a b' }],
    ] as [number, string, Record<string, string>, string?][]) {
      const said = await upgrade(headers, path)
      const [head, body] = said.split('\r\n\r\n') as [string, string]
      expect([code, statusOf(said)]).toEqual([code, status])
      expect(head).toContain('content-type: application/json')
      expect((JSON.parse(body) as { error: object }).error).toMatchObject({
        code,
        retryable: false,
        message: expect.any(String) as unknown,
      })
    }
    expect(statusOf(await upgrade({ ...known, origin }))).toBe(101)
  })

  it('[SRV-12] is told at its address that it takes WebSockets', async () => {
    const answer = await request(server, 'GET', '/_ws')
    expect([answer.status, answer.body.error.code]).toEqual([426, 'live.upgrade'])
  })

  it('[MSG-3] goes on at the head after `resync`, and its close frame says why', async () => {
    const socket = new WebSocket(`ws://${host}/_ws`, 'comanda.v1', { origin: server.url })
    const heard: { kind: string; reason?: string; position?: number }[] = []
    const closed = new Promise<string>((resolve) => socket.on('close', (code, why) => resolve(`${code} ${why}`)))
    await new Promise<void>((resolve) => {
      socket.on('open', () =>
        socket.send(
          JSON.stringify({ kind: 'hello', protocol: 1, streams: [{ stream: 'board:napoli', after: 'another:1' }] }),
        ),
      )
      socket.on('message', (data) => {
        heard.push(JSON.parse(String(data)) as (typeof heard)[number])
        if (heard.at(-1)!.kind === 'resync') void placeOrder(server)
        if (heard.at(-1)!.kind === 'event') resolve()
      })
    })
    const [welcome, resync, event] = heard
    expect([welcome!.kind, resync!.reason]).toEqual(['welcome', 'epoch'])
    expect(event!.position).toBe(resync!.position! + 1)
    socket.send('nonsense')
    expect(await closed).toBe('4400 bad_message')
  })
})

describe('snapshots', () => {
  it('[SRV-14] with people in them are kept by nobody', async () => {
    const { tracking } = await placeOrder(server)
    for (const stream of ['kitchen:napoli', 'counter:napoli', 'board:napoli', `order:${tracking}`]) {
      const answer = await request(server, 'GET', `/api/streams/${stream}`, { cookie: staff })
      expect([stream, answer.headers.get('cache-control')]).toEqual([stream, 'private, no-store'])
      const etag = { 'if-none-match': answer.headers.get('etag')! }
      const same = await request(server, 'GET', `/api/streams/${stream}`, { cookie: staff, headers: etag })
      expect([stream, same.status]).toEqual([stream, 304])
    }
    const menu = await request(server, 'GET', '/api/streams/menu:napoli')
    expect(menu.headers.get('cache-control')).not.toMatch(/public|no-store/)
    for (const path of ['/api/screens/me', '/api/pizzerias/napoli/people', '/api/pizzerias/napoli/screens'])
      expect((await request(server, 'GET', path, { cookie: staff })).headers.get('cache-control')).toContain('no-store')
  })
})
