import { randomUUID } from 'node:crypto'
import type { Session } from '../../shared/staff/session.ts'
import { maxStreams, protocol, up, type Down, type UpParsed } from '../../shared/live/messages.ts'
import type { CloseCode } from '../../shared/live/close-codes.ts'
import { formatCursor, parseCursor, parseStream, type Cursor, type Stream } from '../../shared/live/streams.ts'
import type { Context } from '../context.ts'
import type { Hub } from './hub.ts'
import type { Sink, Subscription } from './channel.ts'
import { encoders } from './frames.ts'
import { tryOpen } from './open-stream.ts'
import type { Display, Viewer } from './display.ts'
import { createScreenVoice } from './screen-voice.ts'

export const heartbeatMs = 10_000
/** Ticks, about a second each. Not a time: a process that stood still has not listened meanwhile. */
const helloWithin = 5
/** Messages a second, and how many may come at once. */
const [rate, burst] = [20, 40]

/** What a connection stands on, and the neighbours that it speaks with. */
export type ConnectionGround = Pick<Context, 'store' | 'clock' | 'uptime' | 'metrics' | 'logger' | 'build'> & {
  hub: Hub
  display: Display
}

export interface ConnectionOptions {
  sink: Sink
  session: Session | null
  /** Called about every second. */
  onTick?(): void
  onClose?(): void
}

/** One live connection, whatever carries it: its streams, its grant, and its messages in order. */
export function createConnection(
  { hub, store, display, metrics, clock, uptime, logger, build }: ConnectionGround,
  { sink, session, onTick, onClose }: ConnectionOptions,
) {
  const id = randomUUID()
  const subscriptions = new Map<string, Subscription>()
  let state: 'waiting' | 'open' | 'closed' = 'waiting'
  let device: string | null = null
  let tokens = burst
  let refilledAt = uptime()
  let queue: Promise<void> = Promise.resolve()
  let beatAt = refilledAt
  let waited = 0

  const send = (message: Down) => {
    if (state !== 'closed') sink.write(encoders[sink.encoding].message(message))
  }

  function close(code: CloseCode) {
    if (state === 'closed') return
    ended()
    if (code === 4501) metrics.slowCloses.inc()
    sink.close(code)
  }

  /** The connection is gone, or about to be: nothing is sent to it any more. */
  function ended() {
    if (state === 'closed') return
    state = 'closed'
    for (const subscription of subscriptions.values()) {
      hub.leave(subscription)
      metrics.connections.dec({ transport: sink.encoding, audience: subscription.channel.stream.audience })
    }
    subscriptions.clear()
    onClose?.()
  }

  /** Handled one after the other: an answer never overtakes the one before it (SRV-2). */
  function receive(text: string) {
    if (state === 'closed') return
    if (!count()) return
    const message = parse(text)
    if (message === 'malformed') return close(4400)
    if (!message) return
    queue = queue
      .then(() => handle(message))
      .catch((error) => {
        logger.error({ err: error, connection: id }, 'a message could not be handled')
        close(4500)
      })
  }

  /** Whether one more may come: a bucket of tokens, filled at `rate` a second. Too many end the connection. */
  function count(): boolean {
    const now = uptime()
    tokens = Math.min(burst, tokens + ((now - refilledAt) / 1000) * rate)
    refilledAt = now
    tokens -= 1
    if (tokens < 0) close(4529)
    return tokens >= 0
  }

  async function handle(message: UpParsed) {
    if (state === 'closed') return
    if (state === 'waiting' && message.kind !== 'hello') return close(4400)
    switch (message.kind) {
      case 'hello':
        return await hello(message)
      case 'pull':
        return await pull(message.stream, parseCursor(message.after)!)
      case 'shown': {
        return viewerOf(message.stream)
          ? voice.shown(message)
          : send({ kind: 'error', code: 'staff.forbidden', ref: message.stream })
      }
      case 'report': {
        const { kind: _, ...report } = message
        return kitchenViewer() ? voice.report(report) : undefined
      }
      case 'ping':
        return send({ kind: 'pong', n: message.n, now: new Date(clock()).toISOString() })
      default:
        return message satisfies never
    }
  }

  async function hello(message: Extract<UpParsed, { kind: 'hello' }>) {
    if (state === 'open') return close(4400)
    if (message.protocol !== protocol) return close(4426)
    state = 'open'
    device = message.device ?? null
    welcome()
    for (const { stream, after } of message.streams.slice(0, maxStreams))
      await join(parseStream(stream)!, after ? parseCursor(after) : null)
    if (kitchenViewer()) voice.report(null)
  }

  function welcome() {
    send({
      kind: 'welcome',
      protocol,
      connection: id,
      now: new Date(clock()).toISOString(),
      heartbeat: heartbeatMs,
      build,
    })
  }

  /** Joins a stream from a cursor on, or says that a snapshot is needed. */
  async function join(stream: Stream, after: Cursor | null) {
    if (state === 'closed' || subscriptions.has(stream.name)) return
    const opening = await store.read((tx) => tryOpen(tx, stream, session))
    if (opening.outcome === 'refused') return close(opening.code)
    const joined = await hub.join({ stream: opening.stream, sink, end: close, after })
    if (joined.outcome === 'resync') return send({ kind: 'resync', stream: stream.name, reason: joined.reason })
    if ((state as string) === 'closed') return hub.leave(joined.subscription)
    subscriptions.set(stream.name, joined.subscription)
    metrics.connections.inc({ transport: sink.encoding, audience: stream.audience })
    send({ kind: 'joined', stream: stream.name, epoch: joined.epoch, position: joined.position, head: joined.head })
    joined.start()
  }

  /** The client saw a hole, or has taken a snapshot after `resync`: it goes on from where it says. */
  async function pull(name: string, after: Cursor) {
    metrics.pulls.inc()
    const before = subscriptions.get(name)
    if (before) {
      hub.leave(before)
      subscriptions.delete(name)
      metrics.connections.dec({ transport: sink.encoding, audience: before.channel.stream.audience })
    } else if (subscriptions.size >= maxStreams) {
      return close(4400)
    }
    await join(parseStream(name)!, after)
  }

  function viewerOf(name: string): Viewer | null {
    const subscription = subscriptions.get(name)
    const stream = subscription?.channel.stream
    return session && stream?.kind.provesDisplay ? { pizzeria: stream.pizzeria, device, session } : null
  }

  const kitchenViewer = () => [...subscriptions.keys()].map(viewerOf).find((viewer) => viewer !== null) ?? null
  const voice = createScreenVoice({ display, logger, viewer: kitchenViewer })

  /**
   * Called every second (`uptime`, and the server's clock for the wire): heartbeats, and the end of those who never
   * said hello.
   */
  function tick(now: number, stamp: string) {
    if (state === 'waiting' && ++waited > helloWithin) return close(4408)
    voice.again()
    onTick?.()
    // Ticks come once a second, and a page counts twelve: better a little early.
    if (state !== 'open' || now - beatAt < heartbeatMs - 1000) return
    beatAt = now
    send({
      kind: 'heartbeat',
      now: stamp,
      heads: Object.fromEntries([...subscriptions].map(([name, { channel }]) => [name, channel.head])),
      build,
    })
  }

  /** The server restarts: says when to come back, and ends. `retryIn` in ms. */
  function drain(retryIn: number) {
    send({ kind: 'bye', code: 1012, retryIn })
    close(1012)
  }

  /** All that waited has left. */
  function goOn() {
    sink.full = false
    for (const subscription of subscriptions.values()) hub.pump(subscription)
  }
  const cursors = () =>
    [...subscriptions.values()].map(({ channel, cursor }) => formatCursor({ epoch: channel.epoch, position: cursor }))

  return {
    id,
    session,
    receive,
    count,
    ended,
    close,
    tick,
    drain,
    goOn,
    join,
    welcome,
    cursors,
    open: () => {
      state = 'open'
    },
    subscriptions,
  }
}
export type Connection = ReturnType<typeof createConnection>

/** A message, null for one of a kind that is not known here, or 'malformed'. */
function parse(text: string): UpParsed | null | 'malformed' {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'malformed'
  }
  if (typeof value !== 'object' || value === null || !('kind' in value) || typeof value.kind !== 'string')
    return 'malformed'
  const result = up.safeParse(value)
  if (result.success) return result.data
  return up.options.some((option) => option.shape.kind.value === value.kind) ? 'malformed' : null
}
