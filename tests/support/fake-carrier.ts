import type { CarrierKind } from '../../shared/live/carrier.ts'
import type { PipeHandlers, Socket } from '../../shared/live/client/types.ts'
import type { WireEvent } from '../../shared/live/messages.ts'
import type { FakeClock } from './fake-clock.ts'
import { heartbeatMs, type FakeServer } from './fake-server.ts'

interface Ground {
  clock: FakeClock
  server: FakeServer
  kind: CarrierKind
  random: () => number
  /** One direction of a connection, which loses, doubles and delays as the test says. */
  lane(arrive: (text: string) => void): (text: string) => void
  isDead(): boolean
  isBlack(): boolean
}
interface Listener {
  channel: string | null
  deliver(text: string): void
  close(): void
}

/** A model of a carrier and of the pump that feeds it, on the test's clock. Some events go as their position alone. */
export function createFakeCarrier({ clock, server, kind, random, lane, isDead, isBlack }: Ground) {
  const listeners = new Set<Listener>()
  let name = 1
  const channel = () => `private-kitchen.napoli.${name}`
  const frame = (event: string, data: object) =>
    kind === 'pusher'
      ? { event, channel: channel(), data: JSON.stringify(data) }
      : { action: 15, channel: channel(), messages: [{ name: event, data: JSON.stringify(data) }] }
  const publish = (event: string, data: object) => {
    if (isDead()) return
    for (const listener of listeners)
      if (listener.channel === channel()) listener.deliver(JSON.stringify(frame(event, data)))
  }
  const model = {
    kind,
    channel,
    /** False: our server has died, and the carrier has not. */
    isPumped: true,
    listeners: () => listeners.size,
    /** The carrier dies, or a proxy before it. */
    cut: () => listeners.forEach((listener) => listener.close()),
    /** Somebody's session was ended: those who listen are told, unless that gets lost. */
    rename() {
      publish('moved', {})
      name += 1
    },
    publish,

    answer(path: string): { status: number; body: unknown } {
      if (path.endsWith('/carrier'))
        return { status: 200, body: { transport: kind, url: 'wss://carrier', channel: channel() } }
      if (path === 'pusher/auth') return { status: 200, body: { auth: 'k3y:signed' } }
      return server.eventsAfter(path.split('after=')[1]!)
    },

    openSocket(_url: string, { open, message, closed }: PipeHandlers & { open(): void }): Socket {
      let gone = false
      const toClient = lane((text) => gone || message(text))
      const listener: Listener = {
        channel: null,
        deliver: toClient,
        close() {
          listeners.delete(listener)
          if (!gone) clock.setTimer(() => closed(1006), 10)
          gone = true
        },
      }
      clock.setTimer(() => {
        if (gone || isBlack()) return
        if (isDead()) return closed(1006)
        listeners.add(listener)
        open()
        const hello = { event: 'pusher:connection_established', data: JSON.stringify({ socket_id: '1.2' }) }
        message(JSON.stringify(kind === 'pusher' ? hello : { action: 4 }))
      }, 20)
      const toServer = lane((text) => {
        if (!listeners.has(listener)) return
        const said = JSON.parse(text) as {
          event?: string
          data?: { channel: string }
          action?: number
          channel?: string
        }
        if (said.event === 'pusher:ping') return toClient(JSON.stringify({ event: 'pusher:pong' }))
        if (said.action === 0) return toClient(JSON.stringify({ action: 0 }))
        listener.channel = said.data?.channel ?? said.channel ?? null
        const done = { event: 'pusher_internal:subscription_succeeded', data: '{}', channel: listener.channel }
        toClient(JSON.stringify(kind === 'pusher' ? done : { action: 11, channel: listener.channel }))
      })
      return {
        send: toServer,
        close() {
          gone = true
          listeners.delete(listener)
        },
      }
    },
  }

  server.outlets.add((event: WireEvent) => {
    if (!model.isPumped) return
    const whole = random() < 0.6
    publish('event', whole ? { ...event, epoch: server.epoch() } : { position: event.position })
  })
  const beat = () => {
    if (model.isPumped) publish('heartbeat', { now: server.now(), head: server.head(), epoch: server.epoch() })
    clock.setTimer(beat, heartbeatMs)
  }
  clock.setTimer(beat, heartbeatMs)
  return model
}
export type FakeCarrierModel = ReturnType<typeof createFakeCarrier>
