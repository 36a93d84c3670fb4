import type { LogEvent } from '../../shared/live/events.ts'
import type { CloseCode } from '../../shared/live/close-codes.ts'
import type { EventEncoder } from './frames.ts'
import type { Project } from './projector.ts'
import type { OpenStream } from './streams/kind.ts'

/**
 * How many events a channel's buffer holds, and how many bytes of them as JSON; who is further behind is served from
 * the log.
 */
export const [maxBufferEvents, maxBufferBytes] = [1000, 8 * 1024 * 1024]
/** How many bytes are joined into one write, at most. */
const chunkBytes = 64 * 1024
/** While more than this waits to leave, a connection is sent nothing further (bytes). */
export const pauseBytes = 256 * 1024

/** One end of a connection, whatever carries it. Writes never wait; `buffered` says what has not left yet (bytes). */
export interface Sink {
  readonly encoder: EventEncoder
  /** Set by `write` when more than `pauseBytes` wait; whoever hears that all of it has left takes it back. */
  full: boolean
  write(bytes: Buffer): void
  buffered(): number
  /** Ends what carries the connection. */
  close(code: CloseCode): void
}

/** A connection's place in one stream. All the memory that a slow reader costs is this cursor. */
export interface Subscription {
  readonly channel: Channel
  readonly sink: Sink
  /** Ends the connection, with all its streams. */
  readonly end: (code: CloseCode) => void
  cursor: number
  /** A read of the log for it is under way. */
  reading: boolean
  /** Since when (`uptime`) it has not kept up; null while it does. */
  behindSince: number | null
  /** Up to here it is read from the log, not from the buffer: what an audience may see of the past is decided there. */
  logUntil?: number
}

const sizes = new WeakMap<LogEvent, number>()

/** About how much an event weighs, bytes; all channels of a pizzeria hold the same ones, so each is weighed once. */
function sizeOf(event: LogEvent): number {
  const known = sizes.get(event)
  if (known !== undefined) return known
  const size = JSON.stringify(event.data ?? null).length
  sizes.set(event, size)
  return size
}

/** One stream on this node: its newest events, encoded once for everybody who listens, and who listens. */
export class Channel {
  readonly subscriptions = new Set<Subscription>()
  readonly stream: OpenStream
  readonly epoch: string
  head: number
  /** Whether an event of its pizzeria belongs to it. */
  readonly concerns: (event: LogEvent) => boolean
  private readonly project: Project
  /** The last events; the newest is at `head`. */
  private readonly buffer: { event: LogEvent; encoded: Record<string, Buffer> }[] = []
  private bytes = 0
  private joined: { encoder: string; cursor: number; head: number; chunk: { bytes: Buffer; to: number } } | null = null

  constructor(stream: OpenStream, epoch: string, head: number, project: Project) {
    this.stream = stream
    this.epoch = epoch
    this.head = head
    this.concerns = stream.kind.concerns(stream)
    this.project = project
  }

  /** An event's position in this stream's own terms. */
  positionOf(event: LogEvent): number {
    return this.stream.kind.positionOf(event)
  }

  /** Takes the next event. False when it is not the next: then the log must be read. */
  push(event: LogEvent): boolean {
    const position = this.positionOf(event)
    if (position <= this.head) return true
    if (position !== this.head + 1) return false
    this.buffer.push({ event, encoded: {} })
    this.bytes += sizeOf(event)
    while (this.buffer.length > maxBufferEvents || (this.bytes > maxBufferBytes && this.buffer.length > 1))
      this.bytes -= sizeOf(this.buffer.shift()!.event)
    this.head = position
    return true
  }

  /** Lets go of the events that it keeps: whoever is behind is served from the log. */
  forgetEvents() {
    this.buffer.length = 0
    this.bytes = 0
    this.joined = null
  }

  /**
   * The bytes of as many events after `cursor` as fit into one write, or null when the buffer does not reach back so
   * far.
   */
  chunkAfter(cursor: number, encoder: EventEncoder): { bytes: Buffer; to: number } | null {
    const first = this.head - this.buffer.length
    if (cursor < first) return null
    // Everybody who keeps up asks for the same chunk: it is joined once.
    const { joined, head } = this
    if (joined && joined.cursor === cursor && joined.head === head && joined.encoder === encoder.name)
      return joined.chunk
    const parts: Buffer[] = []
    let bytes = 0
    let to = cursor
    for (const entry of this.buffer.slice(cursor - first)) {
      const encoded = (entry.encoded[encoder.name] ??= this.encode(entry.event, encoder))
      if (bytes > 0 && bytes + encoded.length > chunkBytes) break
      parts.push(encoded)
      bytes += encoded.length
      to += 1
    }
    const chunk = { bytes: parts.length === 1 ? parts[0]! : Buffer.concat(parts, bytes), to }
    this.joined = { encoder: encoder.name, cursor, head, chunk }
    return chunk
  }

  encode(event: LogEvent, encoder: EventEncoder): Buffer {
    return encoder.event(this.stream.name, this.epoch, this.project(this.stream, event))
  }
}
