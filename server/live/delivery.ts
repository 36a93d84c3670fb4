import type { LogEvent } from '../../shared/live/events.ts'
import type { Context } from '../context.ts'
import { pauseBytes, type Channel, type Subscription } from './channel.ts'
import { createRounds } from './rounds.ts'

/** A connection with more than this buffered is too slow (bytes). */
const maxBufferedBytes = 1024 * 1024
const maxBehindMs = 30_000
interface DeliveryOptions extends Pick<Context, 'clock' | 'uptime' | 'metrics' | 'logger'> {
  /** A page of a channel's events after a cursor, from the log. */
  readAfter: (channel: Channel, cursor: number) => Promise<LogEvent[]>
}

/**
 * Moves every connection's cursor to its channel's head, as fast as its reader takes it and in as few writes as
 * possible.
 */
export function createDelivery({ readAfter, clock, uptime, metrics, logger }: DeliveryOptions) {
  /** Channels with news, and when the oldest of it was committed (ms). */
  const dirty = new Map<Channel, number>()
  /** Deliveries not yet reported to the metric: reporting each one would cost as much as a fifth of the sending. */
  let delivered = 0
  const plan = createRounds(uptime, flush)

  function schedule(channel: Channel, committedAt: number) {
    if (!dirty.has(channel)) dirty.set(channel, committedAt)
    plan()
  }

  function flush() {
    const all = [...dirty]
    dirty.clear()
    for (const [channel, committedAt] of all) {
      for (const subscription of channel.subscriptions) pump(subscription)
      metrics.commitToSend.observe(Math.max(0, clock() - committedAt) / 1000)
    }
  }

  /** Sends what is due while the reader keeps up; called again when its buffer has drained. */
  function pump(subscription: Subscription) {
    const { channel, sink } = subscription
    while (!subscription.reading && subscription.cursor < channel.head && !sink.full) {
      const fromLog = subscription.cursor < (subscription.logUntil ?? 0)
      const chunk = fromLog ? null : channel.chunkAfter(subscription.cursor, sink.encoder)
      if (!chunk) return void pumpFromLog(subscription)
      sink.write(chunk.bytes)
      delivered += chunk.to - subscription.cursor
      subscription.cursor = chunk.to
    }
    if (subscription.cursor >= channel.head) subscription.behindSince = null
    else subscription.behindSince ??= uptime()
  }

  async function pumpFromLog(subscription: Subscription) {
    subscription.reading = true
    try {
      const { channel, sink } = subscription
      const events = await readAfter(channel, subscription.cursor)
      if (!channel.subscriptions.has(subscription)) return
      // Retention deleted the next events first. A connection cannot continue over that hole; at the next hello its
      // cursor says so.
      if (!events[0] || channel.positionOf(events[0]) > subscription.cursor + 1) return subscription.end(4500)
      const parts: Buffer[] = []
      let bytes = 0
      for (const event of events) {
        // A page of large events must not make a reader look too slow.
        if (bytes > pauseBytes) break
        const encoded = channel.encode(event, sink.encoder)
        parts.push(encoded)
        bytes += encoded.length
        subscription.cursor = channel.positionOf(event)
      }
      sink.write(Buffer.concat(parts, bytes))
      delivered += parts.length
    } catch (error) {
      logger.error({ err: error }, 'reading the log for a connection failed')
      subscription.end(4500)
    } finally {
      subscription.reading = false
    }
    pump(subscription)
  }

  /** Ends connections that do not keep up; the others are not affected. */
  function dropSlow(channels: Iterable<Channel>) {
    const now = uptime()
    let buffered = 0
    // One connection may be behind in several streams.
    const slow = new Set<Subscription['end']>()
    for (const channel of channels) {
      for (const { sink, end, behindSince } of channel.subscriptions) {
        buffered += sink.buffered()
        if (sink.buffered() > maxBufferedBytes || (behindSince !== null && now - behindSince > maxBehindMs))
          slow.add(end)
      }
    }
    metrics.buffered.set(buffered)
    metrics.deliveries.inc(delivered)
    delivered = 0
    for (const end of slow) end(4501)
  }

  return { schedule, pump, dropSlow }
}
