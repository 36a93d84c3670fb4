import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { CarrierKind, CarrierWay } from '../../shared/live/carrier.ts'
import { requireSignature } from '../../server/pusher/rest.ts'
import { channelAuth } from '../../server/pusher/signature.ts'
import { startChaosProxy } from './chaos-proxy.ts'
import { signIn, type Target } from './orders.ts'
import { pusherApp, pusherEnv } from './pusher.ts'

export interface Published {
  channel: string
  name: string
  data: string
}

/** A carrier of the test's own: it speaks as the real one does, and keeps a log of all that it was sent. */
export interface FakeCarrier {
  /** What `COMANDA_CARRIER` is set to. */
  readonly address: string
  readonly log: Published[]
  /** Everything that has reached it, as it was written. */
  readonly bytes: string[]
  /** Refuses all requests while it is true. */
  isDown: boolean
  /** How many listen. */
  listeners(): number
  /** Cuts every line, and lets nobody in until `rise`. */
  die(): void
  rise(): void
  stop(): Promise<void>
}

interface Speech {
  /** The messages of a request; throws what is answered with 401. */
  read(request: IncomingMessage, body: string): Published[]
  /** The frame that a listener of the channel gets. */
  frame(message: Published): string
  /** Speaks with one listener; `listen` opens a channel for it. */
  greet(socket: WebSocket, request: IncomingMessage, listen: (channel: string) => void): void
  /** The longest body of a request, bytes. */
  maxBody: number
}

/** The application that we are at a carrier of the Pusher protocol. */
export const app = { id: 'far', key: 'k3y', secret: 'secret-of-the-carrier' }
export const pusherAddress = (port: number) => `pusher://${app.key}:${app.secret}@127.0.0.1:${port}/${app.id}`

async function startCarrier(speech: Speech, addressOf: (port: number) => string) {
  const listeners = new Map<WebSocket, Set<string>>()
  let isDead = false
  const carrier: FakeCarrier & { address: string } = {
    address: '',
    log: [],
    bytes: [],
    isDown: false,
    listeners: () => listeners.size,
    die() {
      isDead = carrier.isDown = true
      for (const socket of listeners.keys()) socket.terminate()
    },
    rise() {
      isDead = carrier.isDown = false
    },
    async stop() {
      carrier.die()
      server.close()
      server.closeAllConnections()
    },
  }

  function deliver(message: Published) {
    for (const [socket, channels] of listeners) if (channels.has(message.channel)) socket.send(speech.frame(message))
  }

  const server = createServer((request, answer) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      if (carrier.isDown) return answer.writeHead(503).end()
      if (Buffer.byteLength(body) > speech.maxBody) return answer.writeHead(413).end()
      try {
        const messages = speech.read(request, body)
        carrier.bytes.push(request.url!, body)
        carrier.log.push(...messages)
        messages.forEach(deliver)
        answer.writeHead(200, { 'content-type': 'application/json' }).end('{}')
      } catch {
        answer.writeHead(401).end()
      }
    })
  })
  const sockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (isDead) return socket.destroy()
    sockets.handleUpgrade(request, socket, head, (ws) => {
      const channels = new Set<string>()
      listeners.set(ws, channels)
      ws.on('close', () => listeners.delete(ws)).on('error', () => {})
      speech.greet(ws, request, (channel) => channels.add(channel))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  carrier.address = addressOf((server.address() as AddressInfo).port)
  return carrier
}

/**
 * Laravel Reverb, as far as a listener and `batch_events` meet it: the frames are in its words and its order
 * (`EventHandler`, `EventDispatcher`), data is JSON within JSON, an empty `data` is left out, a wrong signature is
 * `pusher:error` 4009, and a request may have 10,000 bytes.
 */
export function startReverb(): Promise<FakeCarrier> {
  const speech: Speech = {
    maxBody: 10_000,
    read(request, body) {
      const { pathname, searchParams } = new URL(request.url!, 'http://carrier')
      const query = Object.fromEntries(searchParams)
      requireSignature(app, { method: request.method!, path: pathname, query, body }, Date.now())
      return (JSON.parse(body) as { batch: Published[] }).batch
    },
    frame: ({ channel, name, data }) => JSON.stringify({ event: name, channel, data }),
    greet(socket, _request, listen) {
      const say = (frame: object) => socket.send(JSON.stringify(frame))
      const socketId = `${Math.floor(Math.random() * 1e9)}.${Math.floor(Math.random() * 1e9)}`
      say({
        event: 'pusher:connection_established',
        data: JSON.stringify({ socket_id: socketId, activity_timeout: 30 }),
      })
      socket.on('message', (bytes) => {
        const { event, data } = JSON.parse(String(bytes)) as { event: string; data: { channel: string; auth?: string } }
        if (event === 'pusher:ping') return say({ event: 'pusher:pong' })
        if (event !== 'pusher:subscribe') return
        if (data.channel.startsWith('private-') && data.auth !== channelAuth(app, socketId, data.channel)) {
          const error = { code: 4009, message: 'Connection is unauthorized' }
          return say({ event: 'pusher:error', data: JSON.stringify(error) })
        }
        listen(data.channel)
        say({ event: 'pusher_internal:subscription_succeeded', data: '{}', channel: data.channel })
      })
    },
  }
  return startCarrier(speech, pusherAddress)
}

const ablyKey = 'xVLyHw.A-pwh7:wicf3afTfgiw4k2Ku33kcnSA7z6y8FjuYpe3QaNRTEo4'

/** Ably, as far as a listener with a token and its REST interface meet it; it drops a message whose id it has had. */
export function startAbly(): Promise<FakeCarrier> {
  const [keyName, keySecret] = ablyKey.split(':') as [string, string]
  const had = new Set<string>()
  const speech: Speech = {
    maxBody: 65_536,
    read(request, body) {
      const authorization = `Basic ${Buffer.from(ablyKey).toString('base64')}`
      if (request.headers.authorization !== authorization) throw new Error('wrong key')
      const channel = decodeURIComponent(/^\/channels\/([^/]+)\/messages$/.exec(request.url!)![1]!)
      const { id, name, data } = JSON.parse(body) as { id: string; name: string; data: string }
      const unique = `${channel} ${id}`
      if (had.has(unique)) return []
      had.add(unique)
      return [{ channel, name, data }]
    },
    frame: ({ channel, name, data }) =>
      JSON.stringify({ action: 15, id: 'm:0', channel, timestamp: Date.now(), messages: [{ name, data }] }),
    greet(socket, request, listen) {
      const say = (frame: object) => socket.send(JSON.stringify(frame))
      const token = new URL(request.url!, 'http://carrier').searchParams.get('access_token') ?? ''
      const [header, claims, signature] = token.split('.') as [string, string, string]
      const right = createHmac('sha256', keySecret).update(`${header}.${claims}`).digest('base64url')
      const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, string>
      if (signature !== right || decode(header).kid !== keyName) {
        say({ action: 9, error: { statusCode: 401, code: 40101, message: 'invalid JWT' } })
        return socket.close()
      }
      const may = JSON.parse(decode(claims)['x-ably-capability']!) as Record<string, string[]>
      say({ action: 4, connectionId: 'c', connectionDetails: { maxIdleInterval: 15_000 } })
      socket.on('message', (bytes) => {
        const { action, channel } = JSON.parse(String(bytes)) as { action: number; channel: string }
        if (action === 0) return say({ action: 0 })
        if (action !== 10) return
        if (!may[channel]?.includes('subscribe'))
          return say({ action: 9, channel, error: { statusCode: 401, code: 40160, message: 'not permitted' } })
        listen(channel)
        say({ action: 11, channel, channelSerial: 's', flags: 0 })
      })
    },
  }
  return startCarrier(speech, (port) => `ably://${ablyKey}@127.0.0.1:${port}`)
}

/** A carrier as the contract suite sees it. */
export interface CarrierUnderTest {
  kind: CarrierKind
  /** What the server's environment has for it. */
  env: Record<string, string>
  /** The way to a stream, where the server does not say it. */
  way?(target: Target, stream: string): () => Promise<CarrierWay>
  /** Ends with all its lines, and comes back. */
  die(): Promise<void>
  rise(): Promise<void>
  stop(): Promise<void>
}

const underTest = (kind: CarrierKind, carrier: FakeCarrier): CarrierUnderTest => ({
  kind,
  env: { COMANDA_CARRIER: carrier.address },
  die: async () => carrier.die(),
  rise: async () => carrier.rise(),
  stop: () => carrier.stop(),
})
export const reverbUnderTest = async () => underTest('pusher', await startReverb())
export const ablyUnderTest = async () => underTest('ably', await startAbly())

/** The server's own side of the Pusher protocol (rules PSH), through a proxy that a test cuts. */
export async function ourPusherUnderTest(): Promise<CarrierUnderTest> {
  const target = { port: 0 }
  const proxy = await startChaosProxy(target)
  return {
    kind: 'pusher',
    env: pusherEnv,
    way: (server, stream) => async () => {
      target.port = Number(new URL(server.url).port)
      const answer = await fetch(`${server.url}/api/streams/${stream}/channel`, { headers: await asStaff(server) })
      const { channel } = (await answer.json()) as { channel: string }
      const url = `${proxy.url.replace(/^http/, 'ws')}/app/${pusherApp.key}?protocol=7`
      return { transport: 'pusher', url, channel }
    },
    async die() {
      proxy.faults.refuse = true
      proxy.cut()
    },
    async rise() {
      proxy.faults.refuse = false
    },
    stop: () => proxy.stop(),
  }
}
const asStaff = async (server: Target) => ({ origin: server.url, cookie: await staffCookie(server) })
const staffCookies = new Map<string, Promise<string>>()
function staffCookie(server: Target) {
  const known = staffCookies.get(server.url) ?? signIn(server)
  staffCookies.set(server.url, known)
  return known
}
