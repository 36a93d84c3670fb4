import { WebSocket } from 'ws'
import { isEventPage, isSnapshot } from '../../shared/live/client/read.ts'
import type { CarrierKind, CarrierWay } from '../../shared/live/carrier.ts'
import { openCarrier } from '../../shared/live/client/carrier/carrier.ts'
import type {
  Fetched,
  FetchedEvents,
  LiveIo,
  PipeHandlers,
  Place,
  Socket,
  Transport,
} from '../../shared/live/client/types.ts'
import { formatCursor } from '../../shared/live/cursor.ts'
import { subprotocol } from '../../shared/live/version.ts'
import type { Target } from './orders.ts'

export interface NodeIoOptions {
  stream: string
  cookie?: string
  /** The transports that work here; the others fail at once. All by default. */
  only?: readonly Transport[]
  /** Where snapshots and posts go, when not over the same route as the live connection. */
  direct?: Target
  /** The foreign carrier of the server. */
  carrier?: CarrierKind
  /** The way over it, where the server does not say one. */
  way?: () => Promise<CarrierWay>
  /** What becomes of each message over the carrier: chances in [0, 1], and the longest delay in ms. */
  foreignLine?: { lose: number; double: number; delay: number; random: () => number }
  /** This machine's clock, ms. */
  now?: () => number
  /** In [0, 1). 0 retries at once. */
  random?: () => number
}

type SocketHandlers = PipeHandlers & { open(): void }

const requestLimitMs = 8_000

/** The live client's environment in a Node process: `ws`, and `fetch` for everything else. */
export function nodeIo(
  target: Target,
  {
    stream,
    cookie,
    only,
    direct = target,
    carrier,
    way,
    foreignLine,
    now = Date.now,
    random = Math.random,
  }: NodeIoOptions,
): LiveIo {
  const works = (transport: Transport) => !only || only.includes(transport)
  const headers = (to: Target) => ({ origin: to.url, ...(cookie && { cookie }) })
  const dead = ({ closed }: PipeHandlers) => {
    setImmediate(closed, 1006)
    return { send() {}, close() {} }
  }

  const timers = {
    setTimer: (run: () => void, ms: number) => setTimeout(run, ms),
    clearTimer: (timer: unknown) => clearTimeout(timer as NodeJS.Timeout),
  }
  const openSocket = (url: string, handlers: SocketHandlers) =>
    openSocketTo(url, foreignLine ? { ...handlers, message: mangle(foreignLine, handlers.message) } : handlers)
  async function request(path: string, body?: object) {
    if (way && path.endsWith('/carrier')) return { status: 200, body: await way() }
    const answer = await fetch(`${direct.url}/${path}`, {
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
      headers: { ...headers(direct), 'content-type': 'application/json' },
      signal: AbortSignal.timeout(requestLimitMs),
    })
    return { status: answer.status, body: (await answer.json()) as unknown }
  }

  return {
    ...(carrier && {
      carrier: {
        transport: carrier,
        open: (place: Place, handlers: SocketHandlers) =>
          works(carrier) ? openCarrier({ stream, request, openSocket, ...timers }, place, handlers) : dead(handlers),
      },
    }),
    openSocket(handlers) {
      if (!works('websocket')) return dead(handlers)
      return openSocketTo(`${target.url.replace(/^http/, 'ws')}/_ws`, handlers, [subprotocol], headers(target))
    },
    openSse(cursor, handlers) {
      if (!works('sse')) return dead(handlers)
      return readSse(`${target.url}/api/streams/${stream}/sse?after=${formatCursor(cursor)}`, headers(target), handlers)
    },
    async snapshot(): Promise<Fetched> {
      const { status, body } = await request(`api/streams/${stream}`)
      if (status !== 200) return { name: 'refused', status }
      return isSnapshot(body) ? { name: 'snapshot', snapshot: body } : { name: 'failed', reason: 'not a snapshot' }
    },
    async events(after): Promise<FetchedEvents> {
      const { status, body } = await request(`api/streams/${stream}/events?after=${formatCursor(after)}`)
      if (status === 410) return { name: 'lost' }
      if (status !== 200) return { name: 'refused', status }
      return isEventPage(body) ? { name: 'events', page: body } : { name: 'failed', reason: 'not a page of events' }
    },
    async post(name, body) {
      const answer = await fetch(`${direct.url}/api/streams/${stream}/${name}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { ...headers(direct), 'content-type': 'application/json' },
        signal: AbortSignal.timeout(requestLimitMs),
      })
      await answer.body?.cancel()
      return answer.status < 500
    },
    now,
    random,
    ...timers,
  }
}

/** The protocol of the carrier itself is left alone: what it does to our messages is what is tried. */
const isOurs = /"(?:event|name)":"(?:event|heartbeat|moved)"/
const mangle =
  ({ lose, double, delay, random }: NonNullable<NodeIoOptions['foreignLine']>, arrive: (text: string) => void) =>
  (text: string) => {
    if (!isOurs.test(text)) return arrive(text)
    if (random() < lose) return
    for (let copies = random() < double ? 2 : 1; copies > 0; copies--) setTimeout(() => arrive(text), random() * delay)
  }

function openSocketTo(url: string, handlers: SocketHandlers, subprotocols: string[] = [], headers = {}): Socket {
  const ws = new WebSocket(url, subprotocols, { headers })
  ws.on('open', handlers.open)
    .on('message', (data) => handlers.message(String(data)))
    .on('close', handlers.closed)
    .on('error', () => {})
  return {
    send: (text) => ws.readyState === WebSocket.OPEN && ws.send(text),
    close() {
      ws.close()
      // A dead line would keep it open for half a minute.
      setTimeout(() => ws.terminate(), 1000).unref()
    },
  }
}

/** Server-Sent Events as a browser reads them; only their data counts here. */
export function readSse(url: string, headers: Record<string, string>, { message, closed }: PipeHandlers) {
  const abort = new AbortController()
  void (async () => {
    const answer = await fetch(url, { headers, signal: abort.signal })
    if (answer.status !== 200) throw new Error(`HTTP ${answer.status}`)
    let rest = ''
    for await (const text of answer.body!.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + text).split('\n\n')
      rest = blocks.pop()!
      for (const block of blocks) {
        const data = block
          .split('\n')
          .filter((line) => line.startsWith('data: '))
          .map((line) => line.slice('data: '.length))
        if (data.length > 0) message(data.join('\n'))
      }
    }
  })()
    .catch(() => {})
    .finally(() => closed(1006))
  return { close: () => abort.abort() }
}
