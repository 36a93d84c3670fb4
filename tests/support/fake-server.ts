import type { Down, WireEvent, ResyncReason, Snapshot, UpParsed } from '../../shared/live/messages.ts'
import { down, up } from '../../shared/live/messages.ts'
import { parseCursor } from '../../shared/live/streams.ts'
import type { FakeClock } from './fake-clock.ts'

export const stream = 'kitchen:napoli'
/** What a page shows. `total` adds up, so that an event that counts twice is noticed. */
export type State = Record<string, { version: number; total: number }>
export interface Change {
  order: string
  add: number
}

/** One connection as the server sees it; `deliver` may lose, double and delay what it is given. */
export interface Peer {
  transport: 'websocket' | 'sse'
  deliver(text: string): void
  close(code: number): void
}
interface Subscriber {
  peer: Peer
  joined: boolean
  stop(): void
}

/** With more missing events than this, the client is told to take a snapshot. */
export const maxMissing = 500
export const heartbeatMs = 10_000

export const project = (state: State, { order, add }: Change): State => {
  const before = state[order] ?? { version: 0, total: 0 }
  return { ...state, [order]: { version: before.version + 1, total: before.total + add } }
}

/** A small, faithful model of docs/protocol.md: a log without holes, snapshots, and connections that follow it. */
export function createFakeServer(clock: FakeClock, { skew = 0 } = {}) {
  let epoch = 'epoch1'
  let epochs = 1
  let log: { event: WireEvent; after: State }[] = []
  let oldest = 1
  let build = 'build1'
  const subscribers = new Set<Subscriber>()
  /** Who carries events elsewhere. */
  const outlets = new Set<(event: WireEvent) => void>()
  const heard: UpParsed[] = []
  const hellos: UpParsed[] = []

  const now = () => new Date(clock.now() + skew).toISOString()
  const state = (): State => log.at(-1)?.after ?? {}
  // The schema must allow everything that the model sends; otherwise a test would prove nothing.
  const tell = (peer: Peer, message: Down) => peer.deliver(JSON.stringify(down.parse(message)))

  function unusable(after: string): ResyncReason | null {
    const cursor = parseCursor(after)
    if (!cursor || cursor.epoch !== epoch) return 'epoch'
    if (cursor.position > log.length) return 'future'
    if (cursor.position < oldest - 1) return 'old'
    return log.length - cursor.position > maxMissing ? 'many' : null
  }
  function join(subscriber: Subscriber, after: string) {
    const { peer } = subscriber
    const reason = unusable(after)
    subscriber.joined = reason === null
    if (reason) return tell(peer, { kind: 'resync', stream, reason })
    const { position } = parseCursor(after)!
    tell(peer, { kind: 'joined', stream, epoch, position, head: log.length })
    const missing = log.slice(position).map((entry) => entry.event)
    if (missing.length > 2) tell(peer, { kind: 'events', stream, events: missing })
    else missing.forEach((event) => tell(peer, { kind: 'event', stream, ...event }))
  }
  function add(peer: Peer): Subscriber {
    let timer: unknown
    const beat = () => {
      tell(peer, { kind: 'heartbeat', now: now(), heads: subscriber.joined ? { [stream]: log.length } : {}, build })
      timer = clock.setTimer(beat, heartbeatMs)
    }
    const subscriber: Subscriber = { peer, joined: false, stop: () => clock.clearTimer(timer) }
    timer = clock.setTimer(beat, heartbeatMs)
    subscribers.add(subscriber)
    return subscriber
  }
  const welcome = (peer: Peer) =>
    tell(peer, { kind: 'welcome', protocol: 1, connection: 'c', now: now(), heartbeat: heartbeatMs, build })
  function remove(subscriber: Subscriber) {
    subscriber.stop()
    subscribers.delete(subscriber)
  }

  return {
    now,
    state,
    head: () => log.length,
    epoch: () => epoch,
    connections: () => [...subscribers].map(({ peer }) => peer.transport),
    /** What was sent to the server, except pings. */
    heard,
    hellos,
    deploy(name: string) {
      build = name
    },
    heartbeat: () =>
      subscribers.forEach(({ peer }) =>
        tell(peer, { kind: 'heartbeat', now: now(), heads: { [stream]: log.length }, build }),
      ),
    snapshot: (): Snapshot<State> => ({ stream, epoch, position: log.length, now: now(), build, state: state() }),

    write(change: Change, visible = true) {
      const after = visible ? project(state(), change) : state()
      const position = log.length + 1
      const event: WireEvent = visible
        ? {
            position,
            id: `${epoch}-${position}`,
            type: 'order.moved',
            at: now(),
            order: change.order,
            version: after[change.order]!.version,
            data: change,
          }
        : { position }
      log.push({ event, after })
      for (const publish of outlets) publish(event)
      for (const { joined, peer } of subscribers) {
        if (joined) tell(peer, { kind: 'event', stream, ...event })
      }
    },
    outlets,
    /** What `GET …/events` answers. */
    eventsAfter(after: string): { status: number; body: unknown } {
      const reason = unusable(after)
      if (reason) return { status: 410, body: { error: { code: 'stream.cursor', reason } } }
      const { position } = parseCursor(after)!
      const events = log.slice(position, position + 500).map((entry) => entry.event)
      return { status: 200, body: { events, position: events.at(-1)?.position ?? position, now: now(), build } }
    },
    /** Retention: only the newest `keep` events can still be read. */
    retain(keep: number) {
      oldest = Math.max(oldest, log.length - keep + 1)
    },
    /** Ends every connection. With `retryIn` it sends `bye` first. */
    cut(code: number, retryIn?: number) {
      for (const subscriber of [...subscribers]) {
        remove(subscriber)
        if (retryIn !== undefined) tell(subscriber.peer, { kind: 'bye', code, retryIn })
        subscriber.peer.close(code)
      }
    },
    /**
     * A backup is restored: the newest events never happened, and the log is another one. Connections are cut, or told.
     */
    restore(lost: number, how: 'cut' | 'told' = 'cut') {
      log = log.slice(0, Math.max(0, log.length - lost))
      oldest = Math.min(oldest, log.length + 1)
      epoch = `epoch${++epochs}`
      if (how === 'cut') return this.cut(4500)
      for (const subscriber of subscribers) {
        subscriber.joined = false
        tell(subscriber.peer, { kind: 'resync', stream, reason: 'epoch' })
      }
    },
    say: (message: Down) => subscribers.forEach(({ peer }) => tell(peer, message)),

    /** A WebSocket has opened. */
    connect(peer: Peer) {
      const subscriber = add(peer)
      return {
        receive(text: string) {
          if (!subscribers.has(subscriber)) return
          const message = up.parse(JSON.parse(text))
          if (message.kind !== 'ping') heard.push(message)
          switch (message.kind) {
            case 'hello':
              hellos.push(message)
              welcome(peer)
              return join(subscriber, message.streams[0]!.after!)
            case 'pull':
              return join(subscriber, message.after)
            case 'ping':
              return tell(peer, { kind: 'pong', n: message.n, now: now() })
            case 'shown':
            case 'report':
              return
            default:
              message satisfies never
          }
        },
        closed: () => remove(subscriber),
      }
    },
    /** An EventSource has opened. */
    follow(peer: Peer, after: string) {
      const subscriber = add(peer)
      welcome(peer)
      join(subscriber, after)
      return { closed: () => remove(subscriber) }
    },
  }
}
export type FakeServer = ReturnType<typeof createFakeServer>
