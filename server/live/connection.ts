import { randomUUID } from 'node:crypto'
import type { CloseCode } from '../../shared/live/close-codes.ts'
import { protocol, type Down } from '../../shared/live/messages.ts'
import { parseStream, type Cursor } from '../../shared/live/streams.ts'
import type { Session } from '../../shared/staff/session.ts'
import type { Context } from '../context.ts'
import type { Sink, Subscription } from './channel.ts'
import { begin, heartbeatMs, step, type ConnectionEffect, type ConnectionInput } from './connection-step.ts'
import type { Display, Viewer } from './display.ts'
import type { Encoder } from './frames.ts'
import type { Hub, Joined } from './hub.ts'
import { tryOpen } from './open-stream.ts'
import { createScreenVoice } from './screen-voice.ts'

/** What a connection stands on, and the neighbours that it speaks with. */
export type ConnectionGround = Pick<Context, 'store' | 'clock' | 'uptime' | 'metrics' | 'logger' | 'build'> & {
  hub: Hub
  display: Display
}

export interface ConnectionOptions {
  sink: Sink & { readonly encoder: Encoder }
  session: Session | null
  /** Whom its reading of the log is counted for; without it nobody counts. */
  mayReplay?: (events: number) => boolean
  /** Called about every second. */
  onTick?(): void
  onClose?(): void
}

/**
 * One live connection, whatever carries it. `step` (connection-step.ts) decides what it does; this carries it out, and
 * holds what cannot be a value: its subscriptions and its sink.
 */
export function createConnection(
  { hub, store, display, metrics, clock, uptime, logger, build }: ConnectionGround,
  { sink, session, mayReplay, onTick, onClose }: ConnectionOptions,
) {
  const id = randomUUID()
  const subscriptions = new Map<string, Subscription>()
  /** Joined, and not yet told so: what `follow` starts. */
  const joins = new Map<string, Joined>()
  let state = begin(uptime())
  let device: string | null = null

  function put(input: ConnectionInput) {
    const next = step(state, input, uptime())
    state = next.state
    for (const effect of next.effects) carryOut(effect)
  }

  function carryOut(effect: ConnectionEffect) {
    switch (effect.name) {
      case 'welcome':
        device = effect.device
        return send({
          kind: 'welcome',
          protocol,
          connection: id,
          now: new Date(clock()).toISOString(),
          heartbeat: heartbeatMs,
          build,
        })
      case 'send':
        return send(effect.message)
      case 'pong':
        return send({ kind: 'pong', n: effect.n, now: new Date(clock()).toISOString() })
      case 'heartbeat': {
        const heads = Object.fromEntries([...subscriptions].map(([name, { channel }]) => [name, channel.head]))
        return send({ kind: 'heartbeat', now: effect.stamp, heads, build })
      }
      case 'join':
        return void join(effect.stream, effect.after).then(put, (error) => {
          logger.error({ err: error, connection: id }, 'a stream could not be joined')
          put({ name: 'failed' })
        })
      case 'follow': {
        const { stream, epoch, position, head, resync: reason } = effect
        send(
          reason
            ? { kind: 'resync', stream, reason, epoch, position }
            : { kind: 'joined', stream, epoch, position, head },
        )
        joins.get(stream)!.start()
        return void joins.delete(stream)
      }
      case 'leave':
        return leave(effect.stream)
      case 'pulled':
        return metrics.pulls.inc()
      case 'shown':
        return voice.shown(effect.said)
      case 'report':
        return voice.report(effect.report)
      case 'again':
        return voice.again()
      case 'end':
        for (const stream of [...subscriptions.keys()]) leave(stream)
        onClose?.()
        if (effect.code === 4501) metrics.slowCloses.inc()
        if (effect.code !== null) sink.close(effect.code)
        return
      default:
        effect satisfies never
    }
  }

  const send = (message: Down) => sink.write(sink.encoder.message(message))
  const close = (code: CloseCode) => put({ name: 'ended', code })

  async function join(name: string, after: Cursor | null): Promise<ConnectionInput> {
    const opening = await store.read((tx) => tryOpen(tx, parseStream(name)!, session))
    if (opening.outcome === 'refused') return { name: 'refused', code: opening.code }
    const joined = await hub.join({ stream: opening.stream, sink, end: close, after, mayReplay })
    subscriptions.set(name, joined.subscription)
    joins.set(name, joined)
    metrics.connections.inc({ transport: sink.encoder.name, audience: opening.stream.audience })
    const { epoch, position, head, resync } = joined
    const { provesDisplay } = opening.stream.kind
    return { name: 'joined', stream: name, epoch, position, head, resync, provesDisplay }
  }

  function leave(name: string) {
    const subscription = subscriptions.get(name)
    if (!subscription) return
    subscriptions.delete(name)
    joins.delete(name)
    hub.leave(subscription)
    metrics.connections.dec({ transport: sink.encoder.name, audience: subscription.channel.stream.audience })
  }

  /** Who shows, as long as they have a stream open on which a screen proves what it has painted. */
  function viewer(): Viewer | null {
    const found = [...subscriptions.values()].find(({ channel }) => channel.stream.kind.provesDisplay)
    return session && found ? { pizzeria: found.channel.stream.pizzeria, device, session } : null
  }
  const voice = createScreenVoice({ display, logger, viewer })

  return {
    sessions: () => (session ? [session.id] : []),
    receive: (text: string) => put({ name: 'received', text }),
    /** A frame that is no message costs as much as one. */
    count: () => put({ name: 'pinged' }),
    /** For a transport whose request says what is wanted, so that no hello comes. */
    open: (stream: string, after: Cursor | null) => put({ name: 'opened', stream, after }),
    /** What carried it is gone. */
    ended: () => put({ name: 'gone' }),
    close,
    /** A grant ends with its session (SRV-7). */
    revoke: () => close(4401),
    /** Every second; `stamp` is the server's clock (ISO 8601). */
    tick(stamp: string) {
      onTick?.()
      put({ name: 'ticked', stamp })
    },
    /** The server restarts: says when to come back (ms), and ends. */
    drain: (retryIn: number) => put({ name: 'drained', retryIn }),
    /** All that waited has left. */
    goOn() {
      sink.full = false
      for (const subscription of subscriptions.values()) hub.pump(subscription)
    },
  }
}
export type Connection = ReturnType<typeof createConnection>
