import type { Session } from '../../shared/staff/session.ts'
import { pauseBytes } from '../../server/live/channel.ts'
import { encoders } from '../../server/live/frames.ts'
import type { CloseCode } from '../../shared/live/close-codes.ts'
import { parseCursor, type Stream } from '../../shared/live/streams.ts'
import type { PipeHandlers, Transport } from '../../shared/live/client/types.ts'
import type { FakeClock } from './fake-clock.ts'
import type { LiveNode } from './live-node.ts'

const travelMs = 10

/**
 * The state of a line, at any time: `stalled` is a reader that does not read, `slow` adds to the delay of every message
 * (ms).
 */
export interface LineFaults {
  stalled: boolean
  slow: number
  /** How often the client asked for events that it had not got. */ pulls: number
}

/** One connection between a live client and a node: bytes in order, as with TCP, until it is cut. */
export interface LivePipe {
  transport: Transport
  node: LiveNode
  /** Whether the node has ended it. */
  over(): boolean
  /** The client sends something. */
  say(text: string): void
  /** The client has left. */
  leave(): void
  /** The connection breaks, and both ends are told. */
  cut(code?: number): void
  /** Delivers what waited while the reader did not read. */
  flow(): void
}

export interface PipeOptions {
  clock: FakeClock
  node: LiveNode
  session: Session | null
  faults: LineFaults
  handlers: PipeHandlers
}

export function openPipe(
  { clock, node, session, faults, handlers }: PipeOptions,
  over: { transport: 'websocket' } | { transport: 'sse'; stream: Stream; after: string },
): LivePipe {
  const decode = over.transport === 'websocket' ? readFrames : readLines
  let waiting: Buffer[] = []
  let size = 0
  let gone = false
  let last = 0

  const sink = {
    encoder: encoders[over.transport],
    full: false,
    write(bytes: Buffer) {
      waiting.push(bytes)
      size += bytes.length
      this.full = size > pauseBytes
      pipe.flow()
    },
    buffered: () => size,
    close: (code: CloseCode) => end(code),
  }
  const connection = node.accept({ sink, session })

  /** Later, and never before what was sent earlier. */
  function after(run: () => void) {
    last = Math.max(last, clock.now() + travelMs + faults.slow)
    clock.setTimer(run, last - clock.now())
  }
  function end(code: number) {
    if (gone) return
    pipe.flow()
    gone = true
    after(() => handlers.closed(code))
  }

  const pipe: LivePipe = {
    transport: over.transport,
    node,
    over: () => gone,
    say(text) {
      if (text.includes('"kind":"pull"')) faults.pulls += 1
      after(() => {
        if (!gone) connection.receive(text)
      })
    },
    leave() {
      gone = true
      connection.ended()
    },
    cut(code = 1006) {
      end(code)
      connection.ended()
    },
    flow() {
      if (gone || faults.stalled || waiting.length === 0) return
      const bytes = Buffer.concat(waiting)
      const wasFull = sink.full
      waiting = []
      size = 0
      after(() => decode(bytes).forEach((text) => handlers.message(text)))
      if (wasFull) connection.goOn()
    },
  }
  if (over.transport === 'sse') {
    connection.open(over.stream.name, parseCursor(over.after))
  }
  return pipe
}

/** Whole text frames of a server (RFC 6455, section 5.2): our server never splits one. */
function readFrames(bytes: Buffer): string[] {
  const texts: string[] = []
  for (let at = 0; at < bytes.length;) {
    const short = bytes[at + 1]!
    const header = short < 126 ? 2 : short === 126 ? 4 : 10
    const length =
      short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2))
    texts.push(bytes.toString('utf8', at + header, at + header + length))
    at += header + length
  }
  return texts
}

/** The data of server-sent events. */
const readLines = (bytes: Buffer) =>
  bytes
    .toString()
    .split('\n\n')
    .flatMap((event) =>
      event
        .split('\n')
        .filter((line) => line.startsWith('data: '))
        .map((line) => line.slice('data: '.length)),
    )
