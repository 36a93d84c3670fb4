import type { Socket } from 'node:net'
import type { Hooks, Peer } from 'crossws'
import { WebSocket, WebSocketServer } from 'ws'
import type { Session } from '../../../shared/staff/session.ts'
import { closeCodes, type CloseCode } from '../../../shared/live/close-codes.ts'
import { subprotocol } from '../../../shared/live/messages.ts'
import { rejections, type RejectionCode } from '../../../shared/order/rejections.ts'
import type { Config } from '../../config.ts'
import type { Context } from '../../context.ts'
import type { Connection } from '../connection.ts'
import { pauseBytes, type Sink } from '../channel.ts'
import type { Connections } from '../connections.ts'
import { encoders, type EventEncoder } from '../frames.ts'
import { addressOf } from '../../ground/address.ts'
import { fromElsewhere, originAllowed } from '../origins.ts'

const maxFrameBytes = 32 * 1024
/**
 * Who has been silent for this long is asked for a sign of life; after the second, it has died (ticks, about a second
 * each).
 */
export const silence = { pingAfter: 15, deadAfter: 30 }
/** How long a socket that was told why has for reading it: one that is slow reads what was sent before, first (ms). */
export const closeWithinMs = 2000
const slowCloseWithinMs = 10_000
/** The one path that takes upgrades, below the one that the site lies under. */
export const livePath = ({ NUXT_APP_BASE_URL }: Pick<Config, 'NUXT_APP_BASE_URL'>) => `${NUXT_APP_BASE_URL}_ws`

/** Whether a WebSocket may ask for this path at all: ours, and that of the Pusher protocol where it is switched on. */
export function takesUpgrade(config: Pick<Config, 'NUXT_APP_BASE_URL' | 'COMANDA_PUSHER'>, path: string): boolean {
  if (path === livePath(config)) return true
  const base = `${config.NUXT_APP_BASE_URL}app/`
  return config.COMANDA_PUSHER !== undefined && path.startsWith(base) && /^[^/]+$/.test(path.slice(base.length))
}

/** What the upgrade found out, for the connection that follows. */
interface Upgraded {
  session: Session | null
}

export interface WebSocketTransport {
  hooks: Partial<Hooks>
}

/** A socket that says which TCP socket carries it, for frames that were built once for everybody. */
export class LiveSocket extends WebSocket {
  /** crossws hands out a proxy, which costs on every access; this is the socket itself. */
  readonly itself = this
  get tcp(): Socket {
    return (this as unknown as { _socket: Socket })._socket
  }
}

/** For crossws: a server of our own gives current sockets of `ws`, and their limits. */
export const createSocketServer = () =>
  new WebSocketServer({
    noServer: true,
    maxPayload: maxFrameBytes,
    perMessageDeflate: false,
    handleProtocols: () => false,
    WebSocket: LiveSocket,
  })

/**
 * An upgrade that is refused: an HTTP answer like every other refusal, because a program reads it and a person with
 * `curl` or `wscat` too.
 */
export function refusedUpgrade(code: RejectionCode, details: object = {}) {
  const { status, message, retryable } = rejections[code]
  const body = JSON.stringify({ error: { ...details, code, message, retryable } })
  return new Response(body, {
    status,
    headers: {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'cache-control': 'no-store',
      connection: 'close',
      ...(status === 503 && { 'retry-after': '1' }),
    },
  })
}

export type ReadSession = (headers: Headers) => Promise<Session | null>

/** WebSocket on crossws: the gate before the upgrade, and a connection for each peer that passed it. */
export function createWebSocketTransport({
  config,
  metrics,
  logger,
  life,
  connections,
  readSession,
}: Pick<Context, 'config' | 'metrics' | 'logger' | 'life'> & {
  connections: Connections
  readSession: ReadSession
}): WebSocketTransport {
  const byPeer = new Map<string, Connection>()

  /** Every URL of the site accepts a WebSocket unless told otherwise. A refusal is an HTTP status. */
  async function gate(request: Request): Promise<Upgraded> {
    if (life.phase === 'draining') throw refuse('server.draining')
    if (!offered(request).includes(subprotocol)) throw refuse('live.subprotocol')
    const origin = request.headers.get('origin')
    const bearer = request.headers.get('authorization')?.startsWith('Bearer ') === true
    // A browser always sends its origin, and its cookies; a program sends a token instead.
    if (origin === null ? !bearer : !originAllowed(origin, request.headers.get('host'), config.COMANDA_ORIGINS))
      throw refuse(origin === null ? 'live.no_token' : 'request.forbidden_origin')
    // An old browser, or somebody else's page: no program says so of itself.
    if (origin === null && fromElsewhere(request.headers.get('sec-fetch-site')))
      throw refuse('request.forbidden_origin')
    const session = await readSession(request.headers)
    if (origin === null && !session) throw refuse('staff.sign_in')
    return { session }
  }

  function refuse(code: RejectionCode) {
    metrics.refusedUpgrades.inc({ status: String(rejections[code].status) })
    return refusedUpgrade(code)
  }

  function open(peer: Peer) {
    const socket = (peer.websocket as unknown as LiveSocket).itself
    const { session } = peer.context as unknown as Upgraded
    const forwarded = peer.request.headers.get('x-forwarded-for')
    const line = connections.pickUp(session, addressOf(peer.remoteAddress, forwarded, config.COMANDA_PROXIES))
    const sink = new SocketSink(socket, encoders.websocket)
    let silent = 0
    const heard = () => {
      silent = 0
    }
    const connection = connections.accept({
      session,
      sink,
      ...line,
      onTick() {
        silent += 1
        if (silent === silence.pingAfter) socket.ping()
        if (silent <= silence.deadAfter) return
        // Who does not take what waits for it is slow; who takes all of it and never answers is gone.
        if (sink.buffered() > 0) connection.close(4501)
        else socket.terminate()
      },
      onClose() {
        byPeer.delete(peer.id)
      },
    })
    byPeer.set(peer.id, connection)
    socket.on('message', heard).on('pong', heard)
    // `ws` answers each ping by itself: a flood of them would be work, and memory when nobody reads the answers.
    socket.on('ping', () => {
      heard()
      connection.count()
    })
    if (!line) connection.close(4503)
  }

  return {
    hooks: {
      async upgrade(request) {
        try {
          return { context: { ...(await gate(request)) }, headers: { 'sec-websocket-protocol': subprotocol } }
        } catch (error) {
          if (error instanceof Response) throw error
          logger.error({ err: error }, 'an upgrade failed')
          throw refuse('server.fault')
        }
      },
      open,
      message(peer, message) {
        const connection = byPeer.get(peer.id)
        // crossws hands text on as a string and everything else as bytes, which nobody speaks here.
        if (typeof message.rawData === 'string') connection?.receive(message.rawData)
        else connection?.close(4400)
      },
      drain: (peer) => byPeer.get(peer.id)?.goOn(),
      close: (peer) => byPeer.get(peer.id)?.ended(),
      error: (peer) => byPeer.get(peer.id)?.ended(),
    },
  }
}

const offered = (request: Request) =>
  (request.headers.get('sec-websocket-protocol') ?? '').split(',').map((name) => name.trim())

/**
 * Writes frames that were built once straight to the TCP socket. `ws` writes each of its own frames (pong, close) whole
 * and at once when nothing is compressed, so ours never land inside one. A class of few fields, because a thousand of
 * them are gone through for each event, and what is not in the processor's cache is what that costs.
 */
export class SocketSink<Encoding extends EventEncoder> implements Sink {
  readonly encoder: Encoding
  full = false
  private readonly tcp: Socket
  private readonly socket: LiveSocket

  constructor(socket: LiveSocket, encoder: Encoding) {
    this.socket = socket
    this.encoder = encoder
    this.tcp = socket.tcp
  }

  write(bytes: Buffer) {
    const { tcp } = this
    if (tcp.writable && !tcp.write(bytes)) this.full = tcp.writableLength > pauseBytes
  }

  buffered() {
    return this.tcp.writableLength
  }

  close(code: CloseCode) {
    const { socket } = this
    socket.close(code, closeCodes[code].name)
    // Who does not read will not answer the close either.
    setTimeout(() => socket.terminate(), code === 4501 ? slowCloseWithinMs : closeWithinMs).unref()
  }
}
