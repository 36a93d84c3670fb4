import type { CarrierKind, CarrierWay } from '../../carrier.ts'
import { formatCursor, maxPageEvents } from '../../cursor.ts'
import type { Down, EventPage, ResyncReason, Up, WireEvent } from '../../messages.ts'
import { isObject, object, oneOf, position, text } from '../checks.ts'
import { refusals } from '../core.ts'
import { isEvent } from '../read.ts'
import { protocol } from '../../version.ts'
import type { LiveIo, PipeHandlers, Place, Socket } from '../types.ts'
import { openAblyLine } from './ably.ts'
import type { Line, LineIo, OpenLine } from './line.ts'
import { openPusherLine } from './pusher.ts'

/** A carrier may bring events in another order than they were sent: most holes close by themselves within this, ms. */
const reorderMs = 150
/** Carriers hang up on who says nothing for two minutes. */
const pingEveryMs = 30_000

const lines: Record<CarrierKind, OpenLine> = { pusher: openPusherLine, ably: openAblyLine }
const isWay = object<CarrierWay>({ transport: oneOf('pusher', 'ably'), url: text, channel: text })
const isBeat = object<{ now: string; head: number; epoch: string }>({ now: text, head: position, epoch: text })

export interface CarrierIo extends Pick<LineIo, 'openSocket'>, Pick<LiveIo, 'setTimer' | 'clearTimer'> {
  stream: string
  /** Asks our own server; with a body it is a POST. Rejects where there is no answer. */
  request(path: string, body?: object): Promise<{ status: number; body: unknown }>
}

/**
 * A stream over a foreign carrier, as a socket that speaks our own protocol. The carrier brings what it brings; who is
 * missing something, or is told of an event by its position alone, asks our server. It opens when the first message of
 * ours has come through: a carrier that lives and carries nothing is of no use.
 */
export function openCarrier(io: CarrierIo, place: Place, handlers: PipeHandlers & { open(): void }): Socket {
  const { stream } = io
  let line: Line | null = null
  /** How often a channel was asked for: the newest counts. */
  let lives = 0
  let over = false
  let isOpen = false
  let isWelcomed = false
  /** `now` of the newest heartbeat: one that comes late or twice proves nothing. */
  let newest = ''
  /** What the carrier brings while the log is asked. */
  const early: Down[] = []
  let asking = false
  /** To be asked again: because somebody wants to join, or because more may be there. */
  let again: 'join' | 'more' | null = null
  /** A ping is answered by the carrier (the line lives) and by our server, with its time. */
  let ping: { n: number; isLineAlive: boolean; readAt: string | null } | null = null
  const timers = new Set<unknown>()

  const tell = (message: Down) => over || handlers.message(JSON.stringify(message))
  function close() {
    over = true
    line?.close()
    for (const timer of timers) io.clearTimer(timer)
  }
  function end(code: number) {
    if (over) return
    close()
    handlers.closed(code)
  }
  function later(ms: number, run: () => void) {
    const timer = io.setTimer(() => {
      timers.delete(timer)
      run()
    }, ms)
    timers.add(timer)
  }
  /** An answer of our server that is no success, as a close code. What may pass is a line that was cut. */
  function refuse({ status, body }: { status: number; body: unknown }) {
    const code = isObject(body) && isObject(body.error) ? body.error.code : null
    end(status === 404 && code !== 'stream.unknown' ? 1006 : (refusals[status] ?? 1006))
  }

  /** Also when the channel has moved: then what came meanwhile is in the log. */
  async function begin() {
    const mine = ++lives
    const answer = await io.request(`api/streams/${stream}/carrier`)
    if (over || lives !== mine) return
    if (answer.status !== 200 || !isWay(answer.body)) return refuse(answer)
    const way = answer.body as CarrierWay
    line = lines[way.transport](
      way,
      { openSocket: io.openSocket, sign },
      {
        open: () => isOpen && void askOrEnd('more'),
        message: hear,
        pong() {
          if (ping) answerPing({ ...ping, isLineAlive: true })
        },
        closed: () => end(1006),
      },
    )
  }
  async function sign(socketId: string, channel: string) {
    const tracking = stream.startsWith('order:') ? stream.slice('order:'.length) : undefined
    const body = { socket_id: socketId, channel_name: channel, tracking, carrier: '1' }
    const answer = await io.request('pusher/auth', body)
    return answer.status === 200 && isObject(answer.body) ? answer.body : null
  }

  function hear(name: string, data: unknown) {
    if (name === 'moved') {
      line?.close()
      return void begin().catch(() => end(1006))
    }
    if (name === 'heartbeat' ? !isBeat(data) : name !== 'event' || !isEvent(data)) return
    if (!isOpen) {
      isOpen = true
      return handlers.open()
    }
    if (name === 'heartbeat') beat(data as { now: string; head: number; epoch: string })
    else if ((data as WireEvent).type !== undefined) pass(data as WireEvent & { epoch?: string })
    else if ((data as WireEvent).position > (place.cursor()?.position ?? 0)) void askOrEnd('more')
  }
  function beat({ now, head, epoch }: { now: string; head: number; epoch: string }) {
    if (now <= newest) return
    newest = now
    if (epoch !== place.cursor()?.epoch) return tell({ kind: 'resync', stream, reason: 'epoch' })
    tell({ kind: 'heartbeat', now, heads: { [stream]: head } })
  }
  function pass({ epoch, ...event }: WireEvent & { epoch?: string }) {
    if (epoch !== undefined && epoch !== place.cursor()?.epoch) return tell({ kind: 'resync', stream, reason: 'epoch' })
    const message: Down = { kind: 'event', stream, ...event }
    if (asking) early.push(message)
    else tell(message)
  }

  function welcome(now: string) {
    isWelcomed = true
    tell({ kind: 'welcome', protocol, connection: '', now, heartbeat: 10_000, build: '' })
  }

  /** Reads the log from where the page stands. `join`: and says that the stream is joined there. */
  async function ask(why: 'join' | 'more') {
    if (again !== 'join') again = why
    if (asking) return
    asking = true
    while (again && !over) {
      const isJoin = again === 'join'
      again = null
      const after = place.cursor()!
      const asked = ping?.n
      const answer = await io.request(`api/streams/${stream}/events?after=${formatCursor(after)}`)
      if (over) return
      const { now = '' } = answer.body as Partial<EventPage>
      if (!isWelcomed) welcome(now)
      if (answer.status === 410) tell({ kind: 'resync', stream, reason: reasonOf(answer.body) })
      else if (answer.status !== 200) return refuse(answer)
      else {
        const page = answer.body as EventPage
        if (isJoin) tell({ kind: 'joined', stream, ...after, head: page.position })
        tell({ kind: 'events', stream, events: page.events })
        if (page.events.length >= maxPageEvents) again ??= 'more'
      }
      if (ping && asked === ping.n) answerPing({ ...ping, readAt: now })
    }
    asking = false
    for (const message of early.splice(0)) tell(message)
  }
  const askOrEnd = (why: 'join' | 'more') => ask(why).catch(() => end(1006))

  function answerPing(next: NonNullable<typeof ping>) {
    ping = next
    if (!next.isLineAlive || next.readAt === null) return
    ping = null
    tell({ kind: 'pong', n: next.n, now: next.readAt })
  }

  function send(text: string) {
    const message = JSON.parse(text) as Up
    switch (message.kind) {
      case 'hello':
        return void askOrEnd('join')
      case 'pull': {
        const from = place.cursor()!.position
        return later(reorderMs, () => {
          const isClosed = place.cursor()!.position > from && !place.hole()
          if (!isClosed) void askOrEnd('join')
        })
      }
      case 'ping':
        ping = { n: message.n, isLineAlive: false, readAt: null }
        line?.ping()
        return void askOrEnd('more')
      case 'shown':
      case 'report':
        return
      default:
        message satisfies never
    }
  }
  const keepAlive = () => {
    line?.ping()
    later(pingEveryMs, keepAlive)
  }

  later(pingEveryMs, keepAlive)
  begin().catch(() => end(1006))
  return { send, close }
}

function reasonOf(body: unknown): ResyncReason {
  const reason = isObject(body) && isObject(body.error) ? body.error.reason : null
  return (['epoch', 'old', 'future', 'many'] as const).find((one) => one === reason) ?? 'old'
}
