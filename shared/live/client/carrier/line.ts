import type { CarrierWay } from '../../carrier.ts'
import type { PipeHandlers, Socket } from '../types.ts'

/** What a carrier's line needs of the outside. */
export interface LineIo {
  /** A WebSocket to anywhere. */
  openSocket(url: string, handlers: PipeHandlers & { open(): void }): Socket
  /** Our signature for one socket and one channel, to be sent along; null where there is none (any more). */
  sign(socketId: string, channel: string): Promise<object | null>
}

export interface LineHandlers {
  /** Subscribed: what is published from now on comes, as far as the carrier brings it. */
  open(): void
  /** A message of ours. `data`: JSON, or what it stands for. */
  message(name: string, data: unknown): void
  /** The carrier answered our ping: the line itself lives. */
  pong(): void
  /** It is over, whoever ended it. */
  closed(): void
}

/** One connection to one channel of a carrier. After `close` it calls nothing any more. */
export interface Line {
  ping(): void
  close(): void
}
export type OpenLine = (way: CarrierWay, io: LineIo, handlers: LineHandlers) => Line

/** Text as JSON; undefined when it is none. */
export function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return text
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A socket of JSON frames, which ends once: `closed` is for the end that was not asked for. */
export function openFrames(
  url: string,
  io: Pick<LineIo, 'openSocket'>,
  { hear, closed }: { hear(frame: unknown): void; closed(): void },
) {
  let over = false
  const socket = io.openSocket(url, {
    open() {},
    message: (text) => !over && hear(parsed(text)),
    closed: end,
  })
  function end() {
    if (over) return
    close()
    closed()
  }
  function close() {
    over = true
    socket.close()
  }
  return { say: (frame: object) => socket.send(JSON.stringify(frame)), end, close, isOver: () => over }
}
