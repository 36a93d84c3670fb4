import type { LogEvent } from '../../shared/live/log.ts'
import type { ResyncReason } from '../../shared/live/messages.ts'
import type { Cursor, Stream } from '../../shared/live/streams.ts'
import type { Context } from '../context.ts'
import { Channel, type Source, type Subscription } from './channel.ts'
import { createDelivery } from './delivery.ts'

/** A cursor further back than this gets a snapshot instead: it is smaller. */
export const mostEventsBehind = 5000
const pageSize = 200

export interface Join extends Pick<Subscription, 'sink' | 'end'> {
  stream: Stream
  source: Source
  after: Cursor | null
}
/** `joined` may be written to the client before the first event: `start` sends what has happened since. */
export type Joined =
  | { outcome: 'joined'; subscription: Subscription; epoch: string; position: number; head: number; start(): void }
  | { outcome: 'resync'; reason: ResyncReason }

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
}: Pick<Context, 'store' | 'clock' | 'uptime' | 'metrics' | 'logger'>) {
  const channels = new Map<string, Channel>()
  /** The newest position of each pizzeria that has been taken in. */
  const heads = new Map<string, number>()
  const catchingUp = new Map<string, Promise<void>>()
  const readAfter = (channel: Channel, cursor: number): Promise<LogEvent[]> =>
    store.read((tx) =>
      channel.source.subject === null
        ? tx.eventsAfter(channel.source.pizzeria, cursor, pageSize)
        : tx.subjectEventsAfter(channel.source.pizzeria, channel.source.subject, cursor, pageSize),
    )
  const delivery = createDelivery({ readAfter, clock, uptime, metrics, logger })
  let epoch: string | undefined

  /** After a commit, here or on another node. May be lost, doubled or late: the log is the truth. */
  function ring(events: LogEvent[]) {
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

  function take(event: LogEvent) {
    heads.set(event.pizzeria, event.position)
    metrics.events.inc()
    for (const channel of channels.values()) {
      if (channel.source.pizzeria !== event.pizzeria || !channel.concerns(event)) continue
      if (channel.push(event)) delivery.schedule(channel, event.at)
      else
        refill(channel).catch((error) =>
          logger.error({ err: error, stream: channel.stream.name }, 'reading the log failed'),
        )
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
        const events = await store.read((tx) => tx.eventsAfter(pizzeria, head, pageSize))
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

  /** A subject's channel that was opened while its subject changed. */
  async function refill(channel: Channel) {
    for (const event of await readAfter(channel, channel.head)) if (!channel.push(event)) return abandon(channel)
    delivery.schedule(channel, clock())
  }

  /**
   * This node slept for so long that what it missed is no longer kept: it begins again from where the log is, and so
   * does everybody here.
   */
  function giveUp(pizzeria: string) {
    logger.warn({ pizzeria }, 'what this node missed is no longer in the log')
    heads.delete(pizzeria)
    for (const channel of [...channels.values()]) if (channel.source.pizzeria === pizzeria) abandon(channel)
  }

  /** Ends a channel with all who listen; they come back, and learn from their cursor what they need. */
  function abandon(channel: Channel) {
    channels.delete(channel.stream.name)
    for (const { end } of [...channel.subscriptions]) end(4500)
  }

  /** The stream's channel on this node, and the oldest position that can still be had. */
  async function open(stream: Stream, source: Source): Promise<{ channel: Channel; oldest: number }> {
    const found = await store.read(async (tx) => ({
      epoch: await tx.epoch(),
      head: await tx.head(source.pizzeria),
      version:
        source.subject === null
          ? 0
          : source.subject === 'menu'
            ? ((await tx.pizzeria(source.pizzeria))?.menuVersion ?? 0)
            : ((await tx.orderByTracking(stream.key))?.version ?? 0),
      oldestVersion:
        source.subject === null
          ? 0
          : ((await tx.oldestOfSubject(source.pizzeria, source.subject)) ?? Number.POSITIVE_INFINITY),
    }))
    adoptEpoch(found.epoch)
    const position = found.head?.position ?? 0
    if (!heads.has(source.pizzeria)) heads.set(source.pizzeria, position)
    else if (heads.get(source.pizzeria)! < position) await catchUp(source.pizzeria)
    let channel = channels.get(stream.name)
    if (!channel) {
      channel = new Channel(
        stream,
        source,
        found.epoch,
        source.subject === null ? heads.get(source.pizzeria)! : found.version,
      )
      channels.set(stream.name, channel)
      // What was taken in since that read never came by here; nothing else would tell before the subject's next change.
      if (source.subject !== null && heads.get(source.pizzeria)! > position) await refill(channel)
      if (channels.get(stream.name) !== channel) return await open(stream, source)
    }
    return {
      channel,
      oldest: source.subject === null ? (found.head?.oldest ?? 1) : Math.min(found.oldestVersion, channel.head + 1),
    }
  }

  /** A connection wants a stream from a cursor on, or from now on. */
  async function join({ stream, source, sink, end, after }: Join): Promise<Joined> {
    const { channel, oldest } = await open(stream, source)
    const refusal = after && unusable(after, channel, oldest)
    if (refusal) {
      metrics.resyncs.inc({ reason: refusal })
      forget(channel)
      return { outcome: 'resync', reason: refusal }
    }
    if (after) metrics.resumes.inc()
    const subscription: Subscription = {
      channel,
      sink,
      end,
      cursor: after?.position ?? channel.head,
      reading: false,
      behindSince: null,
    }
    channel.subscriptions.add(subscription)
    return {
      outcome: 'joined',
      subscription,
      epoch: channel.epoch,
      position: subscription.cursor,
      head: channel.head,
      start: () => delivery.pump(subscription),
    }
  }

  function leave(subscription: Subscription) {
    subscription.channel.subscriptions.delete(subscription)
    forget(subscription.channel)
  }

  /** A customer's channel goes with its last reader; a pizzeria's few stay, with their ring. */
  function forget(channel: Channel) {
    if (channel.subscriptions.size === 0 && channel.stream.audience === 'order') channels.delete(channel.stream.name)
  }

  /** Events of this pizzeria were rewritten in the log (people were erased): what is kept of them in memory goes. */
  function forgetEvents(pizzeria: string) {
    for (const channel of channels.values()) if (channel.source.pizzeria === pizzeria) channel.forgetEvents()
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
    for (const { pizzeria, position } of found.heads) {
      const head = heads.get(pizzeria)
      if (head !== undefined && head < position) await catchUp(pizzeria)
    }
  }

  return {
    ring,
    join,
    leave,
    tail,
    forgetEvents,
    pump: delivery.pump,
    dropSlow: () => delivery.dropSlow(channels.values()),
  }
}
export type Hub = ReturnType<typeof createHub>

/** Why a cursor cannot be resumed from, or null when it can. All or nothing: never part of the missing events. */
export function unusable(
  after: Cursor,
  { epoch, head }: { epoch: string; head: number },
  oldest: number,
): ResyncReason | null {
  if (after.epoch !== epoch) return 'epoch'
  if (after.position > head) return 'future'
  if (after.position < oldest - 1) return 'old'
  return head - after.position > mostEventsBehind ? 'many' : null
}
