import type { LogEvent } from '../../shared/live/events.ts'
import type { ResyncReason } from '../../shared/live/messages.ts'
import type { Cursor } from '../../shared/live/streams.ts'
import type { Context } from '../context.ts'
import { Channel, type Subscription } from './channel.ts'
import { createDelivery } from './delivery.ts'
import type { Project } from './projector.ts'
import type { OpenStream } from './streams/kind.ts'
import { unusable } from './unusable.ts'

const pageSize = 200

export interface Join extends Pick<Subscription, 'sink' | 'end'> {
  stream: OpenStream
  after: Cursor | null
  /** Whether so many events may be sent again; without it, always. */
  mayReplay?: (events: number) => boolean
}
/**
 * May be written to the client before the first event: `start` sends what has happened since. With `resync` the cursor
 * cannot be used, and the stream goes on at the head: a client that does not ask again still hears what happens now.
 */
export interface Joined {
  subscription: Subscription
  epoch: string
  position: number
  head: number
  resync: ResyncReason | null
  start(): void
}

/**
 * The heart of the live feed on one node. Takes events in the order of the log (a doorbell for the next position is
 * enough; anything else makes it read the log), and moves every connection's cursor to the head. Knows no transport.
 */
export function createHub({
  store,
  clock,
  uptime,
  metrics,
  logger,
  project,
}: Pick<Context, 'store' | 'clock' | 'uptime' | 'metrics' | 'logger'> & { project: Project }) {
  const channels = new Map<string, Channel>()
  /** The newest position of each pizzeria that has been taken in. */
  const heads = new Map<string, number>()
  const catchingUp = new Map<string, Promise<void>>()
  const readAfter = ({ stream }: Channel, cursor: number): Promise<LogEvent[]> =>
    store.read((tx) => stream.kind.eventsAfter(tx, stream, cursor, pageSize))
  const delivery = createDelivery({ readAfter, clock, uptime, metrics, logger })
  let epoch: string | undefined

  /** Whether it speaks of the log that this node knows; if not, the log is asked. */
  function isOurs(of: string): boolean {
    if (epoch !== undefined && of !== epoch) void look()
    return of === epoch
  }
  const look = () => tail().catch((error) => logger.error({ err: error }, 'reading the log failed'))

  /** After a commit, here or on another node. May be lost, doubled or late: the log is the truth. */
  function ring(events: LogEvent[], of: string) {
    if (!isOurs(of)) return
    for (const event of events) {
      const head = heads.get(event.pizzeria)
      if (head === undefined) continue
      if (event.position === head + 1) {
        take(event)
      } else if (event.position > head) {
        metrics.holes.inc()
        void catchUp(event.pizzeria)
      } else {
        metrics.duplicates.inc()
      }
    }
  }

  /** The same without the events: the log holds them. */
  function nudge(pizzeria: string, position: number, of: string) {
    if (isOurs(of) && (heads.get(pizzeria) ?? Infinity) < position) void catchUp(pizzeria)
  }

  function take(event: LogEvent) {
    heads.set(event.pizzeria, event.position)
    metrics.events.inc()
    for (const channel of channels.values()) {
      if (channel.stream.pizzeria !== event.pizzeria || !channel.concerns(event)) continue
      if (channel.push(event)) delivery.schedule(channel, event.at)
      else
        refill(channel).catch((error) => {
          logger.error({ err: error, stream: channel.stream.name }, 'reading the log failed')
          // Its next event may be far off, and nobody compares a channel with the log.
          abandon(channel)
        })
    }
  }

  /** Reads the log from where this node is, one reader a pizzeria. */
  function catchUp(pizzeria: string): Promise<void> {
    const running = catchingUp.get(pizzeria)
    if (running) return running
    const reading = (async () => {
      for (;;) {
        const head = heads.get(pizzeria)
        if (head === undefined) return
        const { events, of } = await store.read(async (tx) => ({
          of: await tx.epoch(),
          events: await tx.eventsAfter(pizzeria, head, pageSize),
        }))
        // Another log has other events under the same positions (LOG-9).
        if (of !== epoch) return adoptEpoch(of)
        if (events[0] && events[0].position > (heads.get(pizzeria) ?? 0) + 1) return giveUp(pizzeria)
        // A doorbell may have been faster than the read.
        for (const event of events) if (event.position === (heads.get(pizzeria) ?? 0) + 1) take(event)
        if (events.length < pageSize) return
      }
    })()
      .catch((error) => logger.error({ err: error, pizzeria }, 'reading the log failed'))
      .finally(() => catchingUp.delete(pizzeria))
    catchingUp.set(pizzeria, reading)
    return reading
  }

  /** Brings a channel up to the log: what it is to hold next did not come by. */
  async function refill(channel: Channel) {
    for (;;) {
      const events = await readAfter(channel, channel.head)
      for (const event of events) if (!channel.push(event)) return abandon(channel)
      if (events.length < pageSize) break
    }
    delivery.schedule(channel, clock())
  }

  /**
   * This node slept for so long that what it missed is no longer kept: it begins again from where the log is, and so
   * does everybody here.
   */
  function giveUp(pizzeria: string) {
    logger.warn({ pizzeria }, 'what this node missed is no longer in the log')
    heads.delete(pizzeria)
    for (const channel of [...channels.values()]) if (channel.stream.pizzeria === pizzeria) abandon(channel)
  }

  /** Ends a channel with all who listen; they come back, and learn from their cursor what they need. */
  function abandon(channel: Channel) {
    channels.delete(channel.stream.name)
    for (const { end } of [...channel.subscriptions]) end(4500)
  }

  /** The stream's channel on this node, and the oldest position that can still be had. */
  async function open(stream: OpenStream): Promise<{ channel: Channel; oldest: number }> {
    const { name, pizzeria, kind } = stream
    const found = await store.read(async (tx) => ({
      epoch: await tx.epoch(),
      log: (await tx.head(pizzeria))?.position ?? 0,
      own: await kind.head(tx, stream),
    }))
    adoptEpoch(found.epoch)
    if (!heads.has(pizzeria)) heads.set(pizzeria, found.log)
    // A reading that is under way may have begun before what this client knows was written; the next one has not.
    for (let reading = 0; reading < 2 && (heads.get(pizzeria) ?? Infinity) < found.log; reading++)
      await catchUp(pizzeria)
    const known = channels.get(name)
    const channel = known ?? new Channel(stream, found.epoch, found.own.position, project)
    channels.set(name, channel)
    // A new channel has not seen what was taken in since that read, and a subject's next change may be far off. A known
    // one is behind the log while it waits for a read: whoever comes from a quicker node must not seem ahead of it.
    const isBehind = known ? known.head < found.own.position : heads.get(pizzeria)! > found.log
    if (isBehind) await refill(channel)
    if (channels.get(name) !== channel) return await open(stream)
    return { channel, oldest: Math.min(found.own.oldest, channel.head + 1) }
  }

  /** A connection wants a stream from a cursor on, or from now on. */
  async function join({ stream, sink, end, after, mayReplay }: Join): Promise<Joined> {
    const { channel, oldest } = await open(stream)
    const missed = after ? channel.head - after.position : 0
    const resync = after && (unusable(after, channel, oldest) ?? (mayReplay?.(missed) === false ? 'many' : null))
    if (resync) metrics.resyncs.inc({ reason: resync })
    else if (after) metrics.resumes.inc()
    const subscription: Subscription = {
      channel,
      sink,
      end,
      cursor: after && !resync ? after.position : channel.head,
      reading: false,
      behindSince: null,
      ...(stream.kind.pastFromLog && { logUntil: channel.head }),
    }
    channel.subscriptions.add(subscription)
    return {
      subscription,
      epoch: channel.epoch,
      position: subscription.cursor,
      head: channel.head,
      resync,
      start: () => delivery.pump(subscription),
    }
  }

  function leave(subscription: Subscription) {
    subscription.channel.subscriptions.delete(subscription)
    forget(subscription.channel)
  }

  /** A customer's channel goes with its last reader; a pizzeria's few stay, with their buffer. */
  function forget(channel: Channel) {
    if (channel.subscriptions.size === 0 && !channel.stream.kind.stays) channels.delete(channel.stream.name)
  }

  /** Events of this pizzeria were rewritten in the log (people were erased): what is kept of them in memory goes. */
  function forgetEvents(pizzeria: string) {
    for (const channel of channels.values()) if (channel.stream.pizzeria === pizzeria) channel.forgetEvents()
  }

  /** What other nodes said meanwhile was not heard: new events, and whose were rewritten. */
  function missed() {
    for (const channel of channels.values()) channel.forgetEvents()
    void look()
  }

  /** The database was replaced by another, or restored: nobody's position means anything any more. */
  function adoptEpoch(current: string) {
    if (epoch === current) return
    const replaced = epoch !== undefined
    epoch = current
    if (!replaced) return
    logger.warn('the log has a new epoch; every client takes a snapshot')
    heads.clear()
    for (const channel of [...channels.values()]) abandon(channel)
  }

  /** Compares this node's heads with the database: a lost doorbell costs a second, never an order. */
  async function tail() {
    const found = await store.read(async (tx) => ({ epoch: await tx.epoch(), heads: await tx.heads() }))
    adoptEpoch(found.epoch)
    const behind = found.heads.filter(({ pizzeria, position }) => (heads.get(pizzeria) ?? Infinity) < position)
    await Promise.all(behind.map(({ pizzeria }) => catchUp(pizzeria)))
  }

  return {
    ring,
    nudge,
    missed,
    join,
    leave,
    tail,
    forgetEvents,
    pump: delivery.pump,
    dropSlow: () => delivery.dropSlow(channels.values()),
  }
}
export type Hub = ReturnType<typeof createHub>
