import type { Subscription, Sink } from '../live/channel.ts'
import type { LiveConnection } from '../live/connections.ts'
import type { Hub } from '../live/hub.ts'
import type { Context } from '../context.ts'
import { afterUse, waitFor } from '../budgets/budget.ts'
import type { Visibility } from './channels.ts'
import { errorFrame, frame, heartbeatFrame, type PusherCode } from './frames.ts'
import { readMessage, type ClientMessage } from './messages.ts'
import type { Member, Occupant, Rooms } from './rooms.ts'
import type { PusherApp } from './signature.ts'
import { admit } from './subscribe.ts'

/** Messages of a client: 20 a second, and as many at once as a client subscribes to when it comes back. */
const rate = { limit: 120, perMs: 6000 }
/** Channels that one socket may have open. */
const maxChannels = 100
/** Between two heartbeats in each channel of ours, ms; ticks come once a second, so a little less. */
const heartbeatMs = 9000
/** What waits to leave towards a reader who is too slow for an application's own events (bytes). */
const maxBufferedBytes = 1024 * 1024

export interface PusherSocketGround extends Pick<Context, 'store' | 'clock' | 'uptime' | 'metrics' | 'logger'> {
  app: PusherApp
  hub: Hub
  rooms: Rooms
}

export interface PusherSocketOptions {
  socketId: string
  /** Writes to the socket; one for each encoding of our events. */
  sinks: Record<Visibility, Sink>
  mayReplay?: (events: number) => boolean
  /** Ends what carries it. */
  hangUp(code: PusherCode): void
  onTick(): void
  onClose(): void
}

/** What a socket has open. */
interface Opened {
  subscription: Subscription | null
  session: string | null
  audience: string
}

/** One connection of the Pusher protocol: its channels are streams of the hub, or rooms of the application. */
export function createPusherSocket(
  { app, hub, rooms, store, clock, uptime, metrics, logger }: PusherSocketGround,
  { socketId, sinks, mayReplay, hangUp, onTick, onClose }: PusherSocketOptions,
) {
  const opened = new Map<string, Opened>()
  /** What came is done in order: a subscription waits for the database. */
  let work = Promise.resolve()
  let used = 0
  let beatAt = uptime()
  let isOver = false

  const write = (bytes: Buffer) => {
    if (isOver) return
    if (sinks.public.buffered() > maxBufferedBytes) return end(4100)
    sinks.public.write(bytes)
  }
  const occupant: Occupant = { socketId, write }

  function receive(text: string) {
    if (isOver) return
    const now = uptime()
    if (waitFor(rate, used, 1, now) > 0) return end(4100)
    used = afterUse(rate, used, 1, now)
    const message = readMessage(text)
    work = work
      .then(() => (isOver ? undefined : handle(message)))
      .catch((error) => {
        logger.error({ err: error, socket: socketId }, 'a message of the Pusher protocol failed')
        end(4200)
      })
  }

  function handle(message: ClientMessage): void | Promise<void> {
    switch (message.name) {
      case 'subscribe':
        return subscribe(message)
      case 'unsubscribe':
        return unsubscribe(message.channel)
      case 'ping':
        return write(frame('pusher:pong', {}))
      case 'client':
        return write(errorFrame(4301))
      case 'malformed':
        return write(errorFrame(4300))
      case 'pong':
      case 'unknown':
        return
      default:
        return message satisfies never
    }
  }

  async function subscribe(asked: Extract<ClientMessage, { name: 'subscribe' }>) {
    const { channel: name } = asked
    if (opened.has(name)) return
    if (opened.size >= maxChannels) return refuse(name, 429)
    const admission = await store.read((tx) => admit(tx, app, { ...asked, socketId }, clock()))
    if (isOver) return
    if (admission.outcome === 'refused') return refuse(name, admission.status)
    const { stream, session, member, after, channel } = admission
    if (!stream) {
      opened.set(name, { subscription: null, session: null, audience: '' })
      return enter(name, member, {})
    }
    const joined = await hub.join({
      stream,
      sink: sinks[channel.visibility],
      end: endByHub,
      after,
      ...(!session && mayReplay && { mayReplay }),
    })
    if (isOver) return hub.leave(joined.subscription)
    const { audience } = stream
    opened.set(name, { subscription: joined.subscription, session: session?.id ?? null, audience })
    metrics.connections.inc({ transport: 'pusher', audience })
    const { epoch, position, head, resync: reason } = joined
    enter(name, member, { epoch, position, head })
    if (reason) write(frame('resync', { reason, epoch, position }, name))
    joined.start()
  }

  function enter(name: string, member: Member | null, more: object) {
    rooms.enter(name, occupant, member)
    const presence = member && { presence: rooms.presence(name) }
    write(frame('pusher_internal:subscription_succeeded', { ...presence, ...more }, name))
  }

  function unsubscribe(name: string) {
    const found = opened.get(name)
    if (!found) return
    opened.delete(name)
    rooms.leave(name, occupant)
    if (!found.subscription) return
    hub.leave(found.subscription)
    metrics.connections.dec({ transport: 'pusher', audience: found.audience })
  }

  function refuse(channel: string, status: number) {
    const said = { type: 'AuthError', error: 'This channel cannot be opened.', status }
    write(frame('pusher:subscription_error', said, channel))
    write(errorFrame(status === 429 ? 4100 : 4009, `Channel ${channel} cannot be opened (${status}).`))
  }

  /** The hub ends a reader that is too slow, or everybody when the log has been replaced. */
  const endByHub = (code: number) => {
    if (code === 4501) metrics.slowCloses.inc()
    end(code === 4501 ? 4100 : 4200)
  }

  function end(code: PusherCode | null) {
    if (isOver) return
    for (const name of [...opened.keys()]) unsubscribe(name)
    if (code !== null) sinks.public.write(errorFrame(code))
    isOver = true
    if (code !== null) hangUp(code)
    onClose()
  }

  function beat(stamp: string) {
    if (uptime() - beatAt < heartbeatMs) return
    beatAt = uptime()
    for (const [name, { subscription }] of opened) {
      if (!subscription) continue
      const { head, epoch } = subscription.channel
      write(heartbeatFrame(name, { now: stamp, head, epoch }))
    }
  }

  const live: LiveConnection = {
    sessions: () => [...opened.values()].flatMap(({ session }) => session ?? []),
    revoke: () => end(4009),
    tick(stamp) {
      onTick()
      if (!isOver) beat(stamp)
    },
    // The protocol has no word for when to come back; its clients wait a second after this one.
    drain: () => end(4100),
  }
  return {
    live,
    receive,
    end,
    count() {
      used = afterUse(rate, used, 1, uptime())
      if (waitFor(rate, used, 1, uptime()) > 0) end(4100)
    },
    /** All that waited has left. */
    goOn() {
      for (const sink of Object.values(sinks)) sink.full = false
      for (const { subscription } of opened.values()) if (subscription) hub.pump(subscription)
    },
    begin: () => write(frame('pusher:connection_established', { socket_id: socketId, activity_timeout: 30 })),
  }
}
export type PusherSocket = ReturnType<typeof createPusherSocket>
