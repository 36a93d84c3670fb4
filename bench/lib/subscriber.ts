import { connect, type Socket } from 'node:net'
import { clientFrame, createFrameReader, createSseReader, type Reader, type WireName } from './wires.ts'

export interface Target {
  wire: WireName
  /** One of these, in turn. */
  ports: number[]
  path: string
  /** For Comanda the stream to name in the hello, for the Pusher protocol the channel. */
  stream: string | null
}

/** One subscriber on a bare TCP socket. */
export interface Subscriber {
  socket: Socket
  reader: Reader
}

/** All sockets read into the same memory, because what they bring is used at once. */
const shared = Buffer.alloc(256 * 1024)
const [e, f] = [0x65, 0x66]
const [four, two] = [0x34, 0x32]

/**
 * Our wire says `{"kind":"event"`, and so do the peers; socket.io says `42["event"`, and the Pusher protocol
 * `{"event":"fan"`.
 */
const isEvent = {
  websocket: (bytes: Buffer, at: number) => bytes[at + 9] === e,
  'socket.io': (bytes: Buffer, at: number) => bytes[at] === four && bytes[at + 1] === two,
  // Our own events are called `event`.
  pusher: (bytes: Buffer, at: number) => bytes[at + 10] === f || bytes[at + 10] === e,
}

/** Connects that many, a hundred at a time; `event` is told which subscriber got it. */
export async function subscribeAll(
  target: Target,
  clients: number,
  event: (client: number, text: string) => void,
): Promise<Subscriber[]> {
  const all: Subscriber[] = []
  for (let from = 0; from < clients; from += 100) {
    all.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(100, clients - from) }, (_, index) =>
          subscribe(target, target.ports[(from + index) % target.ports.length]!, (text) => event(from + index, text)),
        ),
      )),
    )
  }
  return all
}

/** How long joining may take, with a thousand others: a server that never answers is a fault of the bench. */
const joinMs = 30_000

/** Connects, and resolves when the server would send it the next event. */
function subscribe({ wire, path, stream }: Target, port: number, event: (text: string) => void): Promise<Subscriber> {
  return new Promise((resolve, reject) => {
    let opened = ''
    let isOpen = false
    const sendText = (text: string) => socket.write(clientFrame(Buffer.from(text)))
    const late = setTimeout(
      () => reject(new Error(`a subscriber on ${wire} has not joined after ${joinMs / 1000} s`)),
      joinMs,
    )
    const ready = () => {
      clearTimeout(late)
      resolve({ socket, reader })
    }
    const on = {
      event,
      pong: (bytes: Buffer) => void socket.write(clientFrame(Buffer.from(bytes), 10)),
      text(text: string) {
        if (wire === 'socket.io') {
          if (text === '2') sendText('3')
          else if (text.startsWith('0')) sendText('40')
          else if (text.startsWith('40')) ready()
        } else if (wire === 'pusher') {
          if (text.includes('connection_established'))
            sendText(JSON.stringify({ event: 'pusher:subscribe', data: { channel: stream } }))
          else if (text.includes('subscription_succeeded')) ready()
        } else if (text.includes('"kind":"joined"')) {
          ready()
        }
      },
    }
    const reader = wire === 'sse' ? createSseReader(on) : createFrameReader(isEvent[wire], on)
    const socket = connect({
      host: '127.0.0.1',
      port,
      onread: {
        buffer: shared,
        callback: (length, buffer) => {
          take((buffer as Buffer).subarray(0, length))
          return true
        },
      },
    })
    socket.on('error', reject).on('close', () => reject(new Error('closed')))
    socket.setNoDelay(true)
    const host = `127.0.0.1:${port}`
    const asksForOurs = wire === 'websocket' && stream
    const upgrade =
      wire === 'sse'
        ? ''
        : `Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ` +
          `dGhlIHNhbXBsZSBub25jZQ==\r\n${asksForOurs ? 'Sec-WebSocket-Protocol: comanda.v1\r\n' : ''}`
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nOrigin: http://${host}\r\n${upgrade}\r\n`)

    function take(bytes: Buffer) {
      if (isOpen) return reader.feed(bytes)
      opened += bytes.toString('latin1')
      const end = opened.indexOf('\r\n\r\n')
      if (end < 0) return
      if (!/^HTTP\/1.1 (101|200) /.test(opened)) return reject(new Error(opened.slice(0, 60)))
      isOpen = true
      if (wire === 'websocket') {
        if (stream) sendText(JSON.stringify({ kind: 'hello', protocol: 1, streams: [{ stream }] }))
        else ready()
      }
      const rest = Buffer.from(opened.slice(end + 4), 'latin1')
      if (rest.length > 0) reader.feed(rest)
    }
  })
}
