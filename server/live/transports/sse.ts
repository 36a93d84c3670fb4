import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Session } from '../../../shared/staff/session.ts'
import type { Cursor, Stream } from '../../../shared/live/streams.ts'
import { pauseBytes } from '../channel.ts'
import type { ConnectionOptions } from '../connection.ts'
import type { CloseCode } from '../../../shared/live/close-codes.ts'
import { encoders } from '../frames.ts'
import type { Connections, Line } from '../connections.ts'

/**
 * Some proxies and phones handle an endless response badly, so it is ended about every ten minutes (ms, and the
 * spread).
 */
const [rotateMs, rotateSpread] = [10 * 60_000, 0.2]

export const sseHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
  connection: 'keep-alive',
}
/** When an EventSource that was refused comes back, ms. */
const retryMs = 5000

/** Says why there is no line now, to one that comes back by itself. */
export function refuseSse(response: ServerResponse, code: CloseCode) {
  response.writeHead(200, sseHeaders)
  response.write(`retry: ${retryMs}\n`)
  response.end(encoders.sse.message({ kind: 'bye', code, retryIn: retryMs }))
}

export interface SseOptions {
  connections: Connections
  request: IncomingMessage
  response: ServerResponse
  session: Session | null
  stream: Stream
  after: Cursor | null
  line: Line
}

/**
 * Server-Sent Events, written by hand: headers and a comment are sent at once, the response's buffer gives
 * back-pressure, and the messages are those of the socket. Resolves when the response has ended.
 */
export async function serveSse({
  connections,
  request,
  response,
  session,
  stream,
  after,
  line,
}: SseOptions): Promise<void> {
  response.writeHead(200, sseHeaders)
  response.write('retry: 2000\n: ok\n\n')
  const connection = connections.accept({ session, ...line, sink: responseSink(response) })
  response.on('drain', () => connection.goOn())
  const rotation = setTimeout(() => response.end(), rotateMs * (1 + (Math.random() * 2 - 1) * rotateSpread)).unref()
  const ended = new Promise<void>((resolve) => request.once('close', resolve))
  connection.open(stream.name, after)
  await ended
  clearTimeout(rotation)
  connection.ended()
}

function responseSink(response: ServerResponse): ConnectionOptions['sink'] {
  return {
    encoder: encoders.sse,
    full: false,
    write(bytes) {
      if (!response.writableEnded && !response.write(bytes)) this.full = response.writableLength > pauseBytes
    },
    buffered: () => response.writableLength,
    close(code) {
      // On a restart `bye` was sent already, with a better time to come back.
      if (!response.writableEnded)
        response.end(code === 1012 ? undefined : encoders.sse.message({ kind: 'bye', code, retryIn: 1000 }))
      setTimeout(() => response.destroy(), 2000).unref()
    },
  }
}
