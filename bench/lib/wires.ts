/**
 * Just enough of each wire format to count the events that a socket brings, so that the load client is never what is
 * measured: headers are read, payloads are skipped, and only samples are read as text.
 */
export type WireName = 'websocket' | 'sse' | 'socket.io' | 'pusher'

export interface ReaderHandlers {
  /** An event has arrived completely; its text for samples, otherwise ''. */
  event(text: string): void
  /** Any other text, only while `whole`. */
  text(text: string): void
  /** Answer this ping. */
  pong(bytes: Buffer): void
}

export interface Reader {
  /** Read every text: while joining, and all the time for samples. */
  whole: boolean
  feed(bytes: Buffer): void
}

/** Frames of RFC 6455 from a server, unmasked. `isEvent` looks at the payload's first bytes. */
export function createFrameReader(isEvent: (bytes: Buffer, at: number) => boolean, on: ReaderHandlers): Reader {
  let carry: Buffer | null = null
  let left = 0
  let counts = false

  /**
   * Takes one frame's head (or all of a small frame) at `at`. Returns where it ends, or -1 when more bytes are needed.
   */
  function head(bytes: Buffer, at: number): number {
    const have = bytes.length - at
    if (have < 2) return -1
    const short = bytes[at + 1]! & 0x7f
    const header = short < 126 ? 2 : short === 126 ? 4 : 10
    if (have < header) return -1
    const size =
      short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2))
    const opcode = bytes[at]! & 0x0f
    const need = reader.whole || opcode > 2 ? size : Math.min(size, 16)
    if (have < header + need) return -1
    const body = at + header
    if (opcode === 9) on.pong(bytes.subarray(body, body + size))
    counts = opcode === 1 && isEvent(bytes, body)
    if (need < size || !counts) {
      if (reader.whole && opcode === 1) on.text(bytes.toString('utf8', body, body + size))
      left = need < size ? size : 0
      return need < size ? body : body + size
    }
    on.event(reader.whole ? bytes.toString('utf8', body, body + size) : '')
    return body + size
  }

  const reader: Reader = {
    whole: true,
    feed(fresh) {
      const bytes = carry ? Buffer.concat([carry, fresh]) : fresh
      carry = null
      for (let at = 0; at < bytes.length;) {
        if (left > 0) {
          const take = Math.min(left, bytes.length - at)
          left -= take
          at += take
          if (left === 0 && counts) on.event('')
          continue
        }
        const next = head(bytes, at)
        if (next < 0) {
          carry = Buffer.from(bytes.subarray(at))
          return
        }
        at = next
      }
    },
  }
  return reader
}

const mark = Buffer.from('\nid: ')

/**
 * Server-Sent Events inside chunked HTTP. Once joined, an event is a line that begins with `id:`; the answer to joining
 * has one too, so that an EventSource that comes back says where it was.
 */
export function createSseReader(on: ReaderHandlers): Reader {
  let carry: Buffer = Buffer.alloc(0)
  let said = ''
  const reader: Reader = {
    whole: true,
    feed(fresh) {
      if (reader.whole) {
        said += fresh.toString('latin1')
        for (let end = said.indexOf('\n\n'); end >= 0; end = said.indexOf('\n\n')) {
          const message = said.slice(0, end)
          said = said.slice(end + 2)
          if (message.includes('"kind":"event"')) on.event(message)
          else on.text(message)
        }
        carry = Buffer.from('\n')
        return
      }
      const bytes = Buffer.concat([carry, fresh])
      for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + mark.length)) on.event('')
      carry = Buffer.from(bytes.subarray(Math.max(0, bytes.length - mark.length + 1)))
    },
  }
  return reader
}

/** A client's frame: masked, as the RFC demands, with a mask of zeros. */
export function clientFrame(payload: Buffer, opcode = 1): Buffer {
  const length =
    payload.length < 126
      ? Buffer.from([0x80 | opcode, 0x80 | payload.length])
      : Buffer.from([0x80 | opcode, 0x80 | 126, payload.length >> 8, payload.length & 0xff])
  return Buffer.concat([length, Buffer.alloc(4), payload])
}
