import { get } from 'node:http'
import { WebSocket } from 'ws'
import type { Fetched, LiveIo } from '../../shared/live/client/types.ts'
import { formatCursor } from '../../shared/live/cursor.ts'
import { isSnapshot } from '../../shared/live/client/read.ts'
import { subprotocol } from '../../shared/live/version.ts'

export interface NodeIoOptions {
  port: number
  stream: string
  random?: () => number
  headers?: Record<string, string>
  /** Refuses sockets, as a proxy without WebSocket support does, so that the client continues over SSE. */
  noSockets?: boolean
  /** Called with each socket or response as it opens, to cut or pause it. */
  opened?(pipe: Breakable): void
}
export interface Breakable {
  cut(): void
  pause(): void
  resume(): void
}

/** The live client's environment in Node: the same client as in a browser, over real sockets. */
export function nodeIo({
  port,
  stream,
  random = Math.random,
  headers = {},
  noSockets = false,
  opened,
}: NodeIoOptions): LiveIo {
  const origin = `http://127.0.0.1:${port}`
  return {
    openSocket({ open, message, closed }) {
      if (noSockets) throw new Error('no sockets here')
      const socket = new WebSocket(`ws://127.0.0.1:${port}/_ws`, subprotocol, {
        origin,
        headers,
        perMessageDeflate: false,
        handshakeTimeout: 8000,
      })
      socket.on('open', () => {
        opened?.({ cut: () => socket.terminate(), pause: () => socket.pause(), resume: () => socket.resume() })
        open()
      })
      socket.on('message', (data) => message(String(data)))
      socket.on('close', (code) => closed(code))
      socket.on('error', () => {})
      return {
        send: (text) => void (socket.readyState === socket.OPEN && socket.send(text)),
        close: () => socket.terminate(),
      }
    },
    openSse(cursor, { message, closed }) {
      const over = () => closed(1006)
      const call = get(
        `${origin}/api/streams/${stream}/sse?after=${formatCursor(cursor)}`,
        { headers: { origin, ...headers } },
        (answer) => {
          if (answer.statusCode !== 200) {
            answer.destroy()
            return over()
          }
          opened?.({ cut: () => answer.destroy(), pause: () => answer.pause(), resume: () => answer.resume() })
          let said = ''
          answer
            .setEncoding('utf8')
            .on('data', (text: string) => {
              said += text
              for (let end = said.indexOf('\n\n'); end >= 0; end = said.indexOf('\n\n')) {
                const data = said
                  .slice(0, end)
                  .split('\n')
                  .find((line) => line.startsWith('data: '))
                said = said.slice(end + 2)
                if (data) message(data.slice('data: '.length))
              }
            })
            .on('close', over)
            .on('error', () => {})
        },
      )
      call.on('error', over)
      return { close: () => call.destroy() }
    },
    snapshot: () => fetchSnapshot(`${origin}/api/streams/${stream}`, { origin, ...headers }),
    // Nobody here polls: sockets or server-sent events always work.
    events: async () => ({ name: 'failed', reason: 'not asked for here' }),
    post: async () => true,
    now: () => Date.now(),
    random,
    setTimer: (run, ms) => setTimeout(run, ms),
    clearTimer: (timer) => clearTimeout(timer as NodeJS.Timeout),
  }
}

export function fetchSnapshot(url: string, headers: Record<string, string>): Promise<Fetched> {
  return new Promise((resolve) => {
    const call = get(url, { headers, timeout: 8000 }, (answer) => {
      let text = ''
      answer
        .setEncoding('utf8')
        .on('data', (part) => (text += part))
        .on('error', (error) => resolve({ name: 'failed', reason: String(error) }))
        .on('end', () => {
          if (answer.statusCode !== 200) return resolve({ name: 'refused', status: answer.statusCode! })
          const value: unknown = JSON.parse(text)
          resolve(isSnapshot(value) ? { name: 'snapshot', snapshot: value } : { name: 'failed', reason: 'no snapshot' })
        })
    })
    call.on('timeout', () => call.destroy()).on('error', (error) => resolve({ name: 'failed', reason: String(error) }))
  })
}
