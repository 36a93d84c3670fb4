import type { LogEvent } from '../../shared/live/events.ts'
import type { Context } from '../context.ts'
import { pauseBytes, type Channel, type Subscription } from './channel.ts'

/** More than this buffered: too slow (bytes). */
const maxBufferedBytes = 1024 * 1024
const maxBehindMs = 30_000
/** The longest rest between two rounds of sending, ms. */
const maxRestMs = 15

interface DeliveryOptions extends Pick<Context, 'clock' | 'uptime' | 'metrics' | 'logger'> {
  /** A page of a channel's events after a cursor, from the log. */
  readAfter: (channel: Channel, cursor: number) => Promise<LogEvent[]>
}

/**
 * Moves every connection's cursor to its channel's head, as fast as its reader takes it and with as few writes as
 * possible.
 */
export function createDelivery({ readAfter, clock, uptime, metrics, logger }: DeliveryOptions) {
  /** Channels with news, and when the oldest of it was committed (ms). */
  const dirty = new Map<Channel, number>()
  /** Deliveries that the metric has not heard of: telling it of each would cost as much as a fifth of the sending. */
  let delivered = 0
  let planned = false
  /** Before this (`uptime`) no round begins. */
  let restUntil = 0

  /**
   * All that comes within one turn of the event loop leaves in one write per connection: the system call is the cost. A
   * round that took long is followed by a rest of the same length, in which commands are taken and their news gathers
   * for the next; with little to send there is no rest, and no delay.
   */
  function schedule(channel: Channel, committedAt: number) {
    if (!dirty.has(channel)) dirty.set(channel, committedAt)
    if (planned) return
    planned = true
    const rest = restUntil - uptime()
    if (rest > 1) setTimeout(flush, rest)
    else setImmediate(flush)
  }

  function flush() {
    planned = false
    const started = uptime()
    const all = [...dirty]
    dirty.clear()
    for (const [channel, committedAt] of all) {
      for (const subscription of channel.subscriptions) pump(subscription)
      metrics.commitToSend.observe(Math.max(0, clock() - committedAt) / 1000)
    }
    const ended = uptime()
    restUntil = ended + Math.min(maxRestMs, ended - started)
  }

  /** Sends what is due, as far as the reader keeps up; called again when its buffer has drained. */
  function pump(subscription: Subscription) {
    const { channel, sink } = subscription
    while (!subscription.reading && subscription.cursor < channel.head && !sink.full) {
      const fromLog = subscription.cursor < (subscription.logUntil ?? 0)
      const chunk = fromLog ? null : channel.chunkAfter(subscription.cursor, sink.encoding)
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
      // Retention was faster: with a hole there is nothing to go on from, and the cursor says so at the next hello.
      if (!events[0] || channel.positionOf(events[0]) > subscription.cursor + 1) return subscription.end(4500)
      const parts: Buffer[] = []
      let bytes = 0
      for (const event of events) {
        // A page of large events must not look like a reader that is too slow.
        if (bytes > pauseBytes) break
        const encoded = channel.encode(event, sink.encoding)
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

  /** Ends connections that do not keep up; the others never notice. */
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
