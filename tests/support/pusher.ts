import PusherJs, { type Channel, type Options } from 'pusher-js'
import { formatCursor } from '../../shared/live/cursor.ts'
import type { WireEvent } from '../../shared/live/messages.ts'
import { WebSocket } from 'ws'
import type { Target } from './orders.ts'

export const pusherApp = { id: 'shop', key: 'k3y', secret: 'a-secret-of-the-test' }
export const pusherEnv = { COMANDA_PUSHER: `${pusherApp.id}:${pusherApp.key}:${pusherApp.secret}` }

export interface StockOptions {
  /** A bearer token, as a program has one. */
  token?: string
  /** Sent along to `/pusher/auth`. */
  params?: () => Record<string, string>
  /** Another port than the server's: a proxy's. */
  port?: number
}

/** pusher-js as it comes, pointed at our server. */
export function stockClient(target: Target, { token, params, port }: StockOptions = {}): PusherJs {
  const { hostname, port: own } = new URL(target.url)
  const options: Options = {
    cluster: '',
    wsHost: hostname,
    wsPort: port ?? Number(own),
    forceTLS: false,
    enabledTransports: ['ws'],
    enableStats: false,
    channelAuthorization: {
      transport: 'ajax',
      endpoint: `${target.url}/pusher/auth`,
      ...(token && { headers: { authorization: `Bearer ${token}` } }),
      ...(params && { paramsProvider: params }),
    },
  }
  return new PusherJs(pusherApp.key, options)
}

/** The next of an event on a channel or a connection that fits. */
export function heard<T = unknown>(
  on: { bind: (event: string, callback: (data: T) => void) => unknown },
  event: string,
  fits: (data: T) => boolean = () => true,
  timeoutMs = 20_000,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`No "${event}" that fits within ${timeoutMs} ms.`)), timeoutMs)
    on.bind(event, (data) => {
      if (!fits(data)) return
      clearTimeout(timer)
      resolve(data)
    })
  })
}

export const subscribed = <T = unknown>(channel: Channel) => heard<T>(channel, 'pusher:subscription_succeeded')
export const refusal = (channel: Channel) =>
  heard<{ type: string; status: number }>(channel, 'pusher:subscription_error')

export interface Positions {
  /** The positions in the order in which they came. */
  positions: number[]
  events: WireEvent[]
  /** The cursor after the last of them, for `/pusher/auth`; empty before the first. */
  cursor: () => string
}

/** Keeps what a channel of ours carries, as a client with a cursor does. */
export function keepPositions(channel: Channel): Positions {
  const events: WireEvent[] = []
  const positions: number[] = []
  let epoch = ''
  let last: number | null = null
  channel.bind('pusher:subscription_succeeded', (data: { epoch: string; position: number }) => {
    epoch = data.epoch
    last ??= data.position
  })
  channel.bind('event', (event: WireEvent) => {
    events.push(event)
    positions.push(event.position)
    last = event.position
  })
  return { events, positions, cursor: () => (last === null ? '' : formatCursor({ epoch, position: last })) }
}

/** A bare socket of the protocol, to say what no library says. */
export async function rawPusher(target: Target, path = `/app/${pusherApp.key}?protocol=7`, headers = {}) {
  const ws = new WebSocket(`${target.url.replace(/^http/, 'ws')}${path}`, { headers })
  const said: { event: string; channel?: string; data: unknown }[] = []
  let look = () => {}
  ws.on('message', (bytes) => {
    const { data, ...message } = JSON.parse(String(bytes)) as (typeof said)[number]
    said.push({ ...message, data: typeof data === 'string' ? (JSON.parse(data) as unknown) : data })
    look()
  })
  const closed = new Promise<number>((resolve) => ws.on('close', (code) => resolve(code)))
  await new Promise((resolve, reject) => ws.once('open', resolve).once('error', reject))
  ws.on('error', () => {})
  return {
    ws,
    said,
    closed,
    send: (message: unknown) => ws.send(typeof message === 'string' ? message : JSON.stringify(message)),
    next: (event: string, timeoutMs = 15_000) =>
      new Promise<(typeof said)[number]>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`No "${event}". It said ${JSON.stringify(said)}`)), timeoutMs)
        look = () => {
          const at = said.findIndex((message) => message.event === event)
          if (at < 0) return
          clearTimeout(timer)
          look = () => {}
          resolve(said.splice(at, 1)[0]!)
        }
        look()
      }),
  }
}
