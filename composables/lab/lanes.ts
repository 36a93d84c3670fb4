import { faultyIo, createFaultyLane, type Note } from '#shared/lab/faults'
import { openNaivePusher, openNaiveRedis, type NaiveClaim } from '#shared/lab/naive'
import { createRecord, type LaneRecord } from '#shared/lab/record'
import { standInPusher, standInRedis, type Wire } from '#shared/lab/stand-in'
import type { FaultName, LaneName } from '#shared/lab/switches'
import { openCarrier } from '#shared/live/client/carrier/carrier'
import { createLiveClient } from '#shared/live/client/client'
import type { LiveClient, LiveIo, LiveStatus, OwnTransport, PipeHandlers } from '#shared/live/client/types'
import { freshness } from '#shared/live/freshness'
import type { Down } from '#shared/live/messages'
import { browserIo } from '~/composables/live/browser-io'
import { openEventSource } from '~/composables/live/sse'
import { openSocketTo } from '~/composables/live/websocket'

/** What a lane says of itself. `at` and `until`: ms, this machine's clock. */
export type Claim =
  | { name: 'live'; via: string }
  | { name: 'asOf'; at: number }
  | { name: 'catchingUp' }
  | { name: 'connecting' }
  | { name: 'waiting'; until: number }
  | { name: 'stopped' }
  | { name: 'connected' }

export interface Lane {
  name: LaneName
  record: LaneRecord
  /** The newest first. */
  notes: Note[]
  claim(): Claim
  set(fault: FaultName, isOn: boolean): void
  restart(): void
  wake(): void
  online(): void
  close(): void
}

/** What there is of the lanes' other ends (`GET /api/lab`). */
export interface LabPlace {
  base: string
  stream: string
  wire: Wire
  pusher: 'carrier' | 'ours' | null
  key: string | null
  /** Tells the head of a reading of the log that begins after now. */
  nextHead(run: (head: number) => void): void
}

const maxNotes = 120
const setTimer = (run: () => void, ms: number) => setTimeout(run, ms)
const clearTimer = (timer: unknown) => clearTimeout(timer as number)
const ground = { now: () => Date.now(), random: () => Math.random(), setTimer, clearTimer }
const soon = (run: () => void) => setTimeout(run)

function createBase(name: LaneName) {
  const notes: Note[] = []
  const record = createRecord()
  const lane = createFaultyLane(ground, (note) => {
    notes.unshift(note)
    if (notes.length > maxNotes) notes.length = maxNotes
    if (note.way === 'down' && note.fate !== 'lost' && note.fate !== 'late') record.frame(note.at)
  })
  return { name, notes, record, lane, set: lane.set, restart: lane.restart }
}

/** A lane with the client that all our pages have. */
export function openOurLane(name: 'websocket' | 'sse' | 'polling' | 'carrier', place: LabPlace): Lane {
  const { base, stream } = place
  const ways: Record<typeof name, OwnTransport[]> = {
    websocket: ['websocket'],
    sse: ['sse'],
    polling: ['polling'],
    carrier: ['websocket'],
  }
  const { lane, record, ...rest } = createBase(name)
  let status: LiveStatus = { name: 'idle' }
  /** Not live since it began: what a poll brings then was missed. */
  let wasAway = false
  const own: LiveIo = { ...browserIo(stream, base, null), openSse: openEventSource(base, stream) }
  const io = watched(
    faultyIo(own, lane),
    record,
    () => client.position(),
    () => wasAway,
  )
  const client: LiveClient = createLiveClient({
    stream,
    cursor: null,
    ways: ways[name],
    io: name === 'carrier' ? { ...io, carrier: watchedCarrier(place, lane, record, () => client.position()) } : io,
    on: {
      reset({ position }) {
        if (record.hasBegun()) record.cover(position, true)
        else record.begin(position)
      },
      apply({ position, type }) {
        if (type === undefined) record.pass(position)
        else record.take(position)
      },
      status(next) {
        status = next
        wasAway = next.name !== 'live' && record.hasBegun()
      },
    },
  })
  client.start()

  function claim(): Claim {
    const isHeard = freshness(client.confirmedAt(), client.serverNow()) === 'live'
    const at = client.confirmedAt() - client.serverNow() + Date.now()
    switch (status.name) {
      case 'live':
        return isHeard ? { name: 'live', via: status.transport } : { name: 'asOf', at }
      case 'waiting':
        return { name: 'waiting', until: status.retryAt - client.serverNow() + Date.now() }
      case 'catching-up':
        return isHeard ? { name: 'catchingUp' } : { name: 'asOf', at }
      case 'idle':
      case 'connecting':
        return { name: 'connecting' }
      case 'stopped':
        return { name: 'stopped' }
      default:
        return status satisfies never
    }
  }
  return {
    ...rest,
    record,
    claim,
    wake: client.wake,
    online: client.online,
    close() {
      client.dispose()
      lane.close()
    },
  }
}

/** Notes what a client of ours asks and is told, and changes nothing. */
function watched(io: LiveIo, record: LaneRecord, position: () => number, wasAway: () => boolean): LiveIo {
  let asked = 0
  /** The first question is no repeat. */
  const ask = () => void (asked++ > 0 && record.ask())
  return {
    ...io,
    openSocket(handlers) {
      const socket = io.openSocket(hearing(handlers, record, position))
      return {
        send(text) {
          if (text.includes('"kind":"hello"') || text.includes('"kind":"pull"')) ask()
          socket.send(text)
        },
        close: () => socket.close(),
      }
    },
    openSse(cursor, handlers) {
      ask()
      return io.openSse(cursor, hearing(handlers, record, position))
    },
    snapshot() {
      if (record.hasBegun()) record.ask()
      return io.snapshot()
    },
    async events(after) {
      record.ask()
      const answer = await io.events(after)
      if (answer.name === 'events' && wasAway()) record.owe(answer.page.position)
      return answer
    },
  }
}

function hearing<H extends PipeHandlers>(handlers: H, record: LaneRecord, position: () => number): H {
  return {
    ...handlers,
    message(text: string) {
      record.frame(Date.now())
      const down = JSON.parse(text) as Down
      if (down.kind === 'joined' && down.head > down.position) record.owe(down.head)
      if (down.kind === 'event' && down.position <= position()) record.drop()
      if (down.kind === 'event' && down.position > position() + 1) record.keepAside()
      handlers.message(text)
    },
  }
}

function watchedCarrier(
  { base, stream, wire, pusher, key }: LabPlace,
  lane: ReturnType<typeof createFaultyLane>,
  record: LaneRecord,
  position: () => number,
): NonNullable<LiveIo['carrier']> {
  async function request(path: string, body?: object): Promise<{ status: number; body: unknown }> {
    if (path.endsWith('/carrier') && pusher !== 'carrier')
      return { status: 200, body: { transport: 'pusher', url: pusherUrl(base, key), channel: channelOf(stream) } }
    if (path.includes('/events')) record.ask()
    return await lane.ask(
      `GET ${path}`,
      async () => {
        const answer = await fetch(`${base}${path}`, {
          cache: 'no-store',
          ...(body && {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
          }),
        })
        return { status: answer.status, body: (await answer.json()) as unknown }
      },
      ({ status, body: said }) => `${status} ${JSON.stringify(said)}`,
    )
  }
  const openSocket = pusher ? openSocketTo : (_url: string, handlers: SocketHandlers) => standIn(handlers)
  const standIn = standInPusher(wire, soon)
  return {
    transport: 'pusher',
    open: (at, handlers) =>
      openCarrier(
        {
          stream,
          request,
          openSocket: (url, own) => lane.line((wrapped: SocketHandlers) => openSocket(url, wrapped), own),
          setTimer,
          clearTimer,
        },
        at,
        hearing(handlers, record, position),
      ),
  }
}
type SocketHandlers = PipeHandlers & { open(): void }
const channelOf = (stream: string) => stream.replace(':', '.')
const pusherUrl = (base: string, key: string | null) =>
  `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${base}app/${key}?protocol=7`

/** A lane as most people write it. */
export function openNaiveLane(name: 'redis' | 'pusher', place: LabPlace): Lane {
  const { base, stream, wire, pusher, key, nextHead } = place
  const { lane, record, ...rest } = createBase(name)
  let claim: NaiveClaim = 'connecting'
  const on = {
    claims(next: NaiveClaim) {
      claim = next
      if (next === 'connected' && !record.hasBegun()) nextHead(record.begin)
    },
    event: ({ position }: { position: number }) => record.take(position),
  }
  const io = (open: (handlers: SocketHandlers) => ReturnType<typeof openSocketTo>) => ({
    setTimer,
    clearTimer,
    openSocket: (handlers: SocketHandlers) => lane.line(open, handlers),
  })
  let stop = () => {}
  let isOver = false
  async function begin() {
    if (name === 'redis') return openNaiveRedis(io(standInRedis(wire, soon)), on)
    if (pusher !== 'carrier') {
      const url = pusherUrl(base, key)
      const open = pusher ? (handlers: SocketHandlers) => openSocketTo(url, handlers) : standInPusher(wire, soon)
      return openNaivePusher(channelOf(stream), io(open), on)
    }
    const way = await $fetch<{ url: string; channel: string }>(`/api/streams/${stream}/carrier`)
    return openNaivePusher(
      way.channel,
      io((handlers) => openSocketTo(way.url, handlers)),
      on,
    )
  }
  begin().then(
    (end) => (isOver ? end() : (stop = end)),
    (error) => console.error(error),
  )
  return {
    ...rest,
    record,
    claim: () => ({ name: claim }),
    wake() {},
    online() {},
    close() {
      isOver = true
      stop()
      lane.close()
    },
  }
}
