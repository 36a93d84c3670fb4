import { WebSocket } from 'ws'
import { protocol, subprotocol, type Down, type Up } from '../../shared/live/messages.ts'
import type { Target } from './orders.ts'

export interface SocketOptions {
  cookie?: string
  /** Null sends none, as a program would. */
  origin?: string | null
  path?: string
  protocols?: string[]
  headers?: Record<string, string>
}

type Kind = Down['kind']
type Message<K extends Kind = Kind> = Extract<Down, { kind: K }>

/** A bare WebSocket of our protocol for tests: sends what it is told to, keeps everything that it receives. */
export interface TestSocket {
  ws: WebSocket
  heard: Down[]
  send: (message: Up) => void
  hello: (streams: { stream: string; after?: string }[], device?: string) => void
  /** The next matching message that was not taken yet; earlier ones that do not match are left behind. */
  next: <K extends Kind>(kind: K, fits?: (message: Message<K>) => boolean, timeoutMs?: number) => Promise<Message<K>>
  closed: Promise<{ code: number; reason: string }>
  close: () => void
}

/**
 * Connects and waits until it is open. A refused upgrade throws with its status, as `Unexpected server response: 403`.
 */
export async function openSocket(
  target: Target,
  { cookie, origin = target.url, path = '/_ws', protocols = [subprotocol], headers = {} }: SocketOptions = {},
): Promise<TestSocket> {
  const ws = new WebSocket(`${target.url.replace(/^http/, 'ws')}${path}`, protocols, {
    headers: { ...(cookie && { cookie }), ...(origin && { origin }), ...headers },
  })
  const heard: Down[] = []
  let taken = 0
  let waiting: () => void = () => {}
  ws.on('message', (data) => {
    heard.push(JSON.parse(String(data)) as Down)
    waiting()
  })
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    ws.on('close', (code, reason) => {
      resolve({ code, reason: String(reason) })
      waiting()
    }),
  )
  await new Promise((resolve, reject) => ws.once('open', resolve).once('error', reject))
  ws.on('error', () => {})
  const send = (message: Up) => ws.send(JSON.stringify(message))

  return {
    ws,
    heard,
    send,
    closed,
    close: () => ws.close(1000),
    hello: (streams, device) => send({ kind: 'hello', protocol, streams, ...(device && { device }) }),
    next(kind, fits = () => true, timeoutMs = 15_000) {
      return new Promise((resolve, reject) => {
        const fail = (why: string) =>
          reject(
            new Error(
              `No "${kind}" that fits: ${why}. Heard: ${
                heard
                  .slice(-8)
                  .map((message) => JSON.stringify(message).slice(0, 160))
                  .join('\n') || 'nothing'
              }`,
            ),
          )
        // A waiter that got its message stops listening: the next message belongs to the next waiter.
        const over = () => {
          clearTimeout(timer)
          waiting = () => {}
        }
        const timer = setTimeout(() => {
          over()
          fail(`waited ${timeoutMs} ms`)
        }, timeoutMs)
        waiting = () => {
          const at = heard.findIndex(
            (message, index) => index >= taken && message.kind === kind && fits(message as Message<typeof kind>),
          )
          if (at >= 0) {
            taken = at + 1
            over()
            resolve(heard[at] as Message<typeof kind>)
          } else if (ws.readyState === WebSocket.CLOSED) {
            over()
            fail('the connection is closed')
          }
        }
        waiting()
      })
    },
  }
}
