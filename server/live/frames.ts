import type { Down, WireEvent } from '../../shared/live/messages.ts'

/** Bytes of one event, made once and written to everybody who reads them in the same way. */
export interface EventEncoder {
  /** Two encoders of one name make the same bytes. */
  readonly name: string
  /** An event, with the cursor that a client may resume from after it. */
  event(stream: string, epoch: string, event: WireEvent): Buffer
}
/** The same for every message of our own protocol: a whole WebSocket frame, or a whole server-sent event. */
export interface Encoder extends EventEncoder {
  message(message: Down): Buffer
}

/** A text frame of RFC 6455, section 5.2, unmasked as a server's are. */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const header = length < 126 ? 2 : length < 65536 ? 4 : 10
  const frame = Buffer.allocUnsafe(header + length)
  frame[0] = 0x81
  if (header === 2) {
    frame[1] = length
  } else if (header === 4) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.write(text, header)
  return frame
}

/** Many connections are told the same in the same moment: it is made into bytes once. */
function once(encode: (text: string) => Buffer): (text: string) => Buffer {
  let last: { text: string; bytes: Buffer } = { text: '', bytes: Buffer.alloc(0) }
  return (text) => {
    if (text !== last.text) last = { text, bytes: encode(text) }
    return last.bytes
  }
}
const messageFrame = once(textFrame)

const websocket: Encoder = {
  name: 'websocket',
  message: (message) => messageFrame(JSON.stringify(message)),
  event: (stream, _epoch, event) => textFrame(JSON.stringify({ kind: 'event', stream, ...event })),
}

/**
 * The cursor that a browser resumes from by itself: also before the first event, or what happens while its line is cut
 * would be a hole that nobody sees.
 */
const idOf = (message: Down) =>
  (message.kind === 'joined' || message.kind === 'resync') && message.epoch !== undefined
    ? `id: ${message.epoch}:${message.position}\n`
    : ''
const messageLine = once((text) => Buffer.from(text))

// JSON never holds a line break, so one `data:` line is always enough.
const sse: Encoder = {
  name: 'sse',
  message: (message) => messageLine(`${idOf(message)}data: ${JSON.stringify(message)}\n\n`),
  event: (stream, epoch, event) =>
    Buffer.from(`id: ${epoch}:${event.position}\ndata: ${JSON.stringify({ kind: 'event', stream, ...event })}\n\n`),
}

export const encoders = { websocket, sse }
