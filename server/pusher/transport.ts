import { randomInt } from 'node:crypto'
import type { Hooks, Peer } from 'crossws'
import { rejections } from '../../shared/order/rejections.ts'
import type { Budgets } from '../budgets/budgets.ts'
import type { Context } from '../context.ts'
import { addressOf } from '../ground/address.ts'
import type { Connections } from '../live/connections.ts'
import { encoders } from '../live/frames.ts'
import type { Hub } from '../live/hub.ts'
import { fromElsewhere, originAllowed } from '../live/origins.ts'
import { closeWithinMs, refusedUpgrade, silence, SocketSink, type LiveSocket } from '../live/transports/websocket.ts'
import { errorFrame, eventEncoder, type PusherCode } from './frames.ts'
import type { Rooms } from './rooms.ts'
import type { PusherApp } from './signature.ts'
import { createPusherSocket, type PusherSocket } from './socket.ts'

export interface PusherGround extends Context {
  app: PusherApp
  hub: Hub
  connections: Connections
  budgets: Budgets
  rooms: Rooms
}

/** Versions of the protocol that differ in nothing that is spoken here. */
const versions = ['5', '6', '7']

/** WebSocket on crossws for the Pusher protocol: its own gate, and a socket of it for each peer that passed. */
export function createPusherTransport(ground: PusherGround): Partial<Hooks> {
  const { app, config, life, connections, budgets, metrics } = ground
  const byPeer = new Map<string, PusherSocket>()
  const visible = {
    public: eventEncoder(app, 'public'),
    private: eventEncoder(app, 'private'),
    presence: eventEncoder(app, 'presence'),
  }

  /**
   * Nobody's cookie is read here: what is private is opened by a signature. So a program may come without an `Origin`,
   * and a page from one of ours only.
   */
  function gate(request: Request) {
    if (life.phase === 'draining') throw refuse('server.draining')
    const origin = request.headers.get('origin')
    if (origin === null ? fromElsewhere(request.headers.get('sec-fetch-site')) : !isOurs(origin, request))
      throw refuse('request.forbidden_origin')
  }
  function refuse(code: 'server.draining' | 'request.forbidden_origin') {
    metrics.refusedUpgrades.inc({ status: String(rejections[code].status) })
    return refusedUpgrade(code)
  }
  const isOurs = (origin: string, request: Request) =>
    originAllowed(origin, request.headers.get('host'), config.COMANDA_ORIGINS)

  /** What ends a connection before it has begun. */
  function wrong(url: URL): PusherCode | null {
    if (decodeURIComponent(url.pathname.split('/').at(-1)!) !== app.key) return 4001
    return versions.includes(url.searchParams.get('protocol') ?? '7') ? null : 4007
  }

  function open(peer: Peer) {
    const socket = (peer.websocket as unknown as LiveSocket).itself
    const sink = new SocketSink(socket, encoders.websocket)
    const hangUp = (code: PusherCode) => {
      socket.close(code)
      // Who does not read will not answer the close either.
      setTimeout(() => socket.terminate(), closeWithinMs).unref()
    }
    const forwarded = peer.request.headers.get('x-forwarded-for')
    const address = addressOf(peer.remoteAddress, forwarded, config.COMANDA_PROXIES)
    const refused = wrong(new URL(peer.request.url))
    const line = refused ? null : connections.pickUp(null, address)
    if (!line) {
      const code = refused ?? 4100
      sink.write(errorFrame(code))
      return hangUp(code)
    }

    const { by } = line
    let silent = 0
    const heard = () => {
      silent = 0
    }
    const pusher = createPusherSocket(ground, {
      socketId: `${randomInt(1e9)}.${randomInt(1e9)}`,
      sinks: {
        public: new SocketSink(socket, visible.public),
        private: new SocketSink(socket, visible.private),
        presence: new SocketSink(socket, visible.presence),
      },
      ...(by && { mayReplay: (events: number) => budgets.mayReplay(by, events) }),
      hangUp,
      onTick() {
        silent += 1
        if (silent === silence.pingAfter) socket.ping()
        if (silent > silence.deadAfter) pusher.end(4201)
      },
      onClose() {
        byPeer.delete(peer.id)
        place.leave()
        if (by) budgets.hangUp(by)
      },
    })
    const place = connections.adopt(pusher.live)
    byPeer.set(peer.id, pusher)
    socket.on('message', heard).on('pong', heard)
    // `ws` answers each ping by itself, which is work too.
    socket.on('ping', () => {
      heard()
      pusher.count()
    })
    pusher.begin()
  }

  return {
    upgrade: (request) => gate(request),
    open,
    message(peer, message) {
      const pusher = byPeer.get(peer.id)
      if (typeof message.rawData === 'string') pusher?.receive(message.rawData)
      else pusher?.receive('')
    },
    drain: (peer) => byPeer.get(peer.id)?.goOn(),
    close: (peer) => byPeer.get(peer.id)?.end(null),
    error: (peer) => byPeer.get(peer.id)?.end(null),
  }
}
