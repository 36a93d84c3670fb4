import type { CarrierKind } from '../../shared/live/carrier.ts'
import { openCarrier } from '../../shared/live/client/carrier/carrier.ts'
import type {
  FetchedEvents,
  LiveIo,
  PipeHandlers,
  Place,
  Transport,
  Unanswered,
} from '../../shared/live/client/types.ts'
import { formatCursor } from '../../shared/live/cursor.ts'
import type { EventPage } from '../../shared/live/messages.ts'
import type { FakeClock } from './fake-clock.ts'
import { createFakeCarrier } from './fake-carrier.ts'
import type { FakeServer, Peer } from './fake-server.ts'
import { stream } from './fake-server.ts'

/** What may go wrong between a client and the server, at any time. Chances in [0, 1]. */
export interface Faults {
  /** These cannot be opened. */
  dead: Set<Transport>
  /** Sockets open, but nothing ever comes through. */
  black: boolean
  lose: number
  double: number
  /** The longest delay of a message beyond 10 ms, ms. */
  delay: number
  /** Later messages may arrive first. */
  reorder: boolean
  /** The snapshot's answer: an HTTP status, 0 for no network, null when it works. */
  snapshotStatus: number | null
  postFails: boolean
}
export const noFaults = (): Faults => ({
  dead: new Set(),
  black: false,
  lose: 0,
  double: 0,
  delay: 0,
  reorder: false,
  snapshotStatus: null,
  postFails: false,
})

const travelMs = 10

/** The client's environment, connected to the model server over a network that does what `faults` says. */
export function createFakeNetwork(
  clock: FakeClock,
  server: FakeServer,
  random: () => number,
  skew: { ms: number } = { ms: 0 },
  carrier: CarrierKind | null = null,
) {
  const faults = noFaults()
  const posts: { name: string; body: object }[] = []
  const opened: { transport: Transport; at: number }[] = []
  const note = (transport: Transport) => opened.push({ transport, at: clock.now() })

  /** One direction of a connection. */
  function lane(arrive: (text: string) => void) {
    let last = 0
    return (text: string) => {
      if (faults.black || random() < faults.lose) return
      for (let copies = random() < faults.double ? 2 : 1; copies > 0; copies--) {
        const due = clock.now() + travelMs + random() * faults.delay
        last = faults.reorder ? due : Math.max(last, due)
        clock.setTimer(() => arrive(text), last - clock.now())
      }
    }
  }

  function openPipe(
    transport: 'websocket' | 'sse',
    { message, closed, open }: PipeHandlers & { open?: () => void },
    after: string,
  ) {
    note(transport)
    // Late messages of a closed connection still reach its handlers: an orphaned connection must stay silent by itself.
    const peer: Peer = {
      transport,
      deliver: lane(message),
      close: (code) => void clock.setTimer(() => closed(faults.black ? 1006 : code), travelMs),
    }
    let session: { receive?: (text: string) => void; closed(): void } | null = null
    let gone = false
    clock.setTimer(() => {
      if (gone || faults.black) return
      if (faults.dead.has(transport)) return closed(1006)
      session = transport === 'websocket' ? server.connect(peer) : server.follow(peer, after)
      open?.()
    }, travelMs * 2)
    const toServer = lane((text) => session?.receive?.(text))
    return {
      send: toServer,
      close() {
        gone = true
        session?.closed()
      },
    }
  }

  /** A request over the network, answered with what the server has when it gets there. */
  const asked = <Answer>(answer: () => Answer) =>
    new Promise<Answer | Unanswered>((resolve) => {
      clock.setTimer(
        () => {
          const said = refusal() ?? answer()
          clock.setTimer(() => resolve(said), travelMs + random() * faults.delay)
        },
        travelMs + random() * faults.delay,
      )
    })
  function refusal(): Unanswered | null {
    const { snapshotStatus } = faults
    if (snapshotStatus === 0 || faults.black) return { name: 'failed', reason: 'network' }
    return snapshotStatus === null ? null : { name: 'refused', status: snapshotStatus }
  }
  function pageAfter(after: string): FetchedEvents {
    const { status, body } = server.eventsAfter(after)
    return status === 410 ? { name: 'lost' } : { name: 'events', page: structuredClone(body) as EventPage }
  }

  /** A question to our own server. */
  const request = (path: string) =>
    new Promise<{ status: number; body: unknown }>((resolve, reject) => {
      clock.setTimer(
        () => {
          const { snapshotStatus } = faults
          if (snapshotStatus === 0 || faults.black) return reject(new Error('network'))
          if (snapshotStatus !== null) return resolve({ status: snapshotStatus, body: {} })
          resolve(foreign!.answer(path))
        },
        2 * travelMs + random() * faults.delay,
      )
    })
  const foreign =
    carrier &&
    createFakeCarrier({
      clock,
      server,
      kind: carrier,
      random,
      lane,
      isDead: () => faults.dead.has(carrier),
      isBlack: () => faults.black,
    })

  const io: LiveIo = {
    ...(foreign && {
      carrier: {
        transport: foreign.kind,
        open(place: Place, handlers: PipeHandlers & { open(): void }) {
          note(foreign.kind)
          const { setTimer, clearTimer } = clock
          return openCarrier({ stream, request, openSocket: foreign.openSocket, setTimer, clearTimer }, place, handlers)
        },
      },
    }),
    openSocket: (handlers) => openPipe('websocket', handlers, ''),
    openSse: (cursor, handlers) => openPipe('sse', handlers, formatCursor(cursor)),
    snapshot() {
      note('polling')
      return asked(() => ({ name: 'snapshot', snapshot: structuredClone(server.snapshot()) }))
    },
    events(after) {
      note('polling')
      return asked(() => pageAfter(formatCursor(after)))
    },
    async post(name, body) {
      if (!faults.postFails) posts.push({ name, body })
      return !faults.postFails
    },
    now: () => clock.now() + skew.ms,
    random,
    setTimer: clock.setTimer,
    clearTimer: clock.clearTimer,
  }
  return { io, faults, posts, opened, foreign }
}
