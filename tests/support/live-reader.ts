import { isDeepStrictEqual } from 'node:util'
import { createLiveClient } from '../../shared/live/client/client.ts'
import type { LiveClient, LiveIo, LiveStatus, Transport } from '../../shared/live/client/types.ts'
import type { WireEvent, Snapshot } from '../../shared/live/messages.ts'
import { isActive } from '../../shared/order/moves.ts'
import type { OrderState } from '../../shared/order/order.ts'
import { doubtAfterMs } from '../../shared/live/freshness.ts'
import { nodeIo, type NodeIoOptions } from './node-io.ts'
import type { Target } from './orders.ts'

/** An order as an audience sees it. */
export interface Seen {
  id: string
  version: number
  state: OrderState
  shownAt?: string | null
}

/** What must never reach an audience, anywhere in its messages. */
const hiddenFrom: Record<string, RegExp> = {
  kitchen: /"(?:phone|customer|total|price|unitPrice|tracking|paid)":/,
  board: /"(?:phone|customer|total|lines|note|tracking)":/,
}

export interface ReaderOptions extends Omit<NodeIoOptions, 'stream'> {
  device?: string
  io?: LiveIo
  /** The build of the page that it stands for. */
  build?: string
}

/**
 * The real live client as a program at a real server. It keeps what a page would, and every breach of the feed's
 * guarantees.
 */
export interface Reader {
  readonly stream: string
  client: LiveClient
  orders: Map<string, Seen>
  events: WireEvent[]
  statuses: LiveStatus[]
  resets: number
  /** The newer builds that it was told of. */
  builds: string[]
  /** Broken guarantees: a hole, a duplicate, an effect that came twice, a field that was not theirs to see. */
  faults: string[]
  status: () => LiveStatus
  at: () => { epoch: string; position: number }
  isLive: (transport?: Transport) => boolean
  /** What the page would say (CLI-6): live, with a recent frame. */
  claimsLive: () => boolean
  /** How what it holds differs from a snapshot of the server; empty when they agree. */
  differs: (snapshot: Snapshot) => string[]
  close: () => void
}

/** An event without the words of the message that it came in. */
const bare = ({ kind: _kind, stream: _stream, ...event }: WireEvent & { kind?: string; stream?: string }): WireEvent =>
  event

/** Opens a stream without a rendered page: the client takes the snapshot itself. */
export function openReader(
  target: Target,
  stream: string,
  { device, io, build, ...options }: ReaderOptions = {},
): Reader {
  const audience = stream.split(':')[0]!
  const rung = new Map<string, number>()
  let at = { epoch: '', position: -1 }
  const fault = (text: string) => void reader.faults.push(`${stream}: ${text}`)

  function mayRead(value: unknown) {
    const found = hiddenFrom[audience]?.exec(JSON.stringify(value) ?? '')
    if (found) fault(`was told ${found[0]}`)
  }
  function take(seen: Seen) {
    const before = reader.orders.get(seen.id)
    if (!before || seen.version > before.version) reader.orders.set(seen.id, seen)
  }

  /** All that this reader knows of an order, and how it came to know it. */
  function story(id: string) {
    const { state = 'nothing', version = 0 } = reader.orders.get(id) ?? {}
    const heard = reader.events
      .filter(({ order }) => order === id)
      .map(({ position, type, data }) => `${position} ${type} ${(data as Seen).state} ${(data as Seen).version}`)
    const { epoch, position } = at
    return (
      `here it is ${state} ${version}, of ${heard.join(', ') || 'no event'}; ` +
      `now at ${epoch}:${position} after ${reader.resets} snapshots, faults: ${reader.faults.join() || 'none'}`
    )
  }
  /** A snapshot leaves out what has been ready for long; the kitchen's also what waits to be accepted. */
  const mayBeAbsent = (state: OrderState) => state === 'ready' || (audience === 'kitchen' && state === 'pending')

  const client = createLiveClient({
    stream,
    cursor: null,
    device,
    build,
    io: io ?? nodeIo(target, { stream, ...options }),
    on: {
      reset(snapshot) {
        mayRead(snapshot.state)
        reader.resets += 1
        at = { epoch: snapshot.epoch, position: snapshot.position }
        reader.orders = new Map(ordersOf(snapshot).map((seen) => [seen.id, seen]))
      },
      apply(event) {
        if (event.position !== at.position + 1) fault(`applied ${event.position} after ${at.position}`)
        at = { ...at, position: event.position }
        reader.events.push(bare(event))
        mayRead(event.data)
        if (event.type === 'order.placed') {
          const times = (rung.get(event.order!) ?? 0) + 1
          rung.set(event.order!, times)
          if (times > 1) fault(`order ${event.order} chimed ${times} times`)
        }
        if (event.type?.startsWith('order.')) take(event.data as Seen)
        if (event.type === 'kitchen.shown') {
          for (const { id, shownAt } of (event.data as { orders: { id: string; shownAt: string }[] }).orders) {
            const seen = reader.orders.get(id)
            if (seen) reader.orders.set(id, { ...seen, shownAt })
          }
        }
      },
      status: (status) => void reader.statuses.push(status),
      build: (name) => void reader.builds.push(name),
      fault: (error) => fault(String(error)),
    },
  })

  const reader: Reader = {
    stream,
    client,
    orders: new Map(),
    events: [],
    statuses: [],
    resets: 0,
    builds: [],
    faults: [],
    status: () => reader.statuses.at(-1) ?? { name: 'idle' },
    at: () => at,
    isLive(transport) {
      const status = reader.status()
      return status.name === 'live' && (!transport || status.transport === transport)
    },
    claimsLive: () => reader.isLive() && client.serverNow() - client.confirmedAt() < doubtAfterMs,
    differs(snapshot) {
      const told = new Map(ordersOf(snapshot).map((seen) => [seen.id, seen]))
      const here = `${at.epoch}:${at.position}`
      return [
        ...(here === `${snapshot.epoch}:${snapshot.position}`
          ? []
          : [`${stream} stands at ${here}, the server at ${snapshot.epoch}:${snapshot.position}`]),
        ...[...told]
          .filter(([id, seen]) => !isDeepStrictEqual(reader.orders.get(id), seen))
          .map(([id, seen]) => `${stream} has another ${id} than ${seen.state} ${seen.version}; ${story(id)}`),
        ...[...reader.orders]
          .filter(([id, { state }]) => !told.has(id) && isActive(state) && !mayBeAbsent(state))
          .map(([id]) => `${stream} has ${id}, which is not there; ${story(id)}`),
      ]
    },
    close: () => client.dispose(),
  }
  client.start()
  return reader
}

/** The orders in a snapshot of any audience. */
export function ordersOf({ state }: Snapshot): Seen[] {
  const { tickets, orders, entries, order } = state as {
    tickets?: Seen[]
    orders?: Seen[]
    entries?: Seen[]
    order?: Seen
  }
  return tickets ?? orders ?? entries ?? (order ? [order] : [])
}
