import type { z } from 'zod'
import type { CloseCode } from '../../shared/live/close-codes.ts'
import {
  maxStreams,
  protocol,
  up,
  type Down,
  type ResyncReason,
  type shownBody,
  type UpParsed,
} from '../../shared/live/messages.ts'
import { parseCursor, type Cursor } from '../../shared/live/streams.ts'
import type { ScreenReport } from '../../shared/order/views.ts'

export const heartbeatMs = 10_000
/** Ticks, about a second each. Not a time: a process that stood still has not listened meanwhile. */
export const maxTicksToHello = 5
/** Messages a second, and how many may come at once. */
export const [rate, burst] = [20, 40]

/** A bucket of tokens, filled at `rate` a second; each message takes one. `at` in ms of `uptime`. */
interface Bucket {
  tokens: number
  at: number
}

/** What waits until the join before it is done, so that an answer never overtakes the one before it (SRV-2). */
type Job =
  | { name: 'message'; message: UpParsed }
  | { name: 'join'; stream: string; after: Cursor | null }
  /** All streams of a hello are joined: a screen says that it is here. */
  | { name: 'introduce' }

export type ConnectionState =
  /** Nobody has said hello. */
  | { name: 'waiting'; bucket: Bucket; beatAt: number; ticks: number }
  | {
      name: 'open'
      bucket: Bucket
      /** When the last heartbeat was sent (`uptime`, ms). */
      beatAt: number
      /** The streams that were joined; on some of them a screen proves what it has painted. */
      streams: ReadonlyMap<string, { provesDisplay: boolean }>
      /** A join is under way, and what came meanwhile waits. */
      joining: boolean
      jobs: readonly Job[]
    }
  | { name: 'closed' }

type Open = Extract<ConnectionState, { name: 'open' }>

/** Where a stream goes on from here. */
interface Followed {
  stream: string
  epoch: string
  position: number
  head: number
  resync: ResyncReason | null
}

export type ConnectionInput =
  | { name: 'received'; text: string }
  /** A frame that is no message, but costs as much as one. */
  | { name: 'pinged' }
  /** The request itself says what is wanted, as SSE does: there is no hello. */
  | { name: 'opened'; stream: string; after: Cursor | null }
  /** How a join went. With `resync` the cursor could not be used, and what comes begins at the head. */
  | (Followed & { name: 'joined'; provesDisplay: boolean })
  | { name: 'refused'; code: CloseCode }
  | { name: 'failed' }
  /** About every second; `stamp` is the server's clock for the wire (ISO 8601). */
  | { name: 'ticked'; stamp: string }
  /** The server restarts; `retryIn` in ms. */
  | { name: 'drained'; retryIn: number }
  /** Ended by us: a stream, a grant, a limit. */
  | { name: 'ended'; code: CloseCode }
  /** What carried it is gone. */
  | { name: 'gone' }

export type ConnectionEffect =
  | { name: 'welcome'; device: string | null }
  | { name: 'send'; message: Down }
  | { name: 'pong'; n: number }
  | { name: 'heartbeat'; stamp: string }
  /** Answered with `joined`, `refused` or `failed`. */
  | { name: 'join'; stream: string; after: Cursor | null }
  /** Says what was joined, then sends what has happened since. */
  | (Followed & { name: 'follow' })
  | { name: 'leave'; stream: string }
  /** A client saw a hole. */
  | { name: 'pulled' }
  /** A screen says what it has painted. */
  | { name: 'shown'; said: z.infer<typeof shownBody> }
  /** Null: the screen is here, no more. */
  | { name: 'report'; report: ScreenReport | null }
  /** Tries again to keep what a screen said. */
  | { name: 'again' }
  /** Leaves all streams and tells the owner; with a code, also ends what carries the connection. */
  | { name: 'end'; code: CloseCode | null }

export interface ConnectionStep {
  state: ConnectionState
  effects: ConnectionEffect[]
}

const to = (state: ConnectionState, ...effects: ConnectionEffect[]): ConnectionStep => ({ state, effects })
const end = (code: CloseCode | null) => to({ name: 'closed' }, { name: 'end', code })

/** How a connection begins. `now`: `uptime`, ms. */
export const begin = (now: number): ConnectionState => ({
  name: 'waiting',
  bucket: { tokens: burst, at: now },
  beatAt: now,
  ticks: 0,
})

/**
 * What an input makes of a connection, and what is to be done about it, in order. `now` is the `uptime`, ms. Nothing is
 * done once it is closed, except that a join which ends too late is undone.
 */
export function step(state: ConnectionState, input: ConnectionInput, now: number): ConnectionStep {
  if (state.name === 'closed') return to(state, ...(input.name === 'joined' ? [leave(input.stream)] : []))
  switch (input.name) {
    case 'received':
    case 'pinged': {
      const bucket = take(state.bucket, now)
      if (bucket.tokens < 0) return end(4529)
      return input.name === 'pinged' ? to({ ...state, bucket }) : receive({ ...state, bucket }, input.text)
    }
    case 'opened': {
      const { stream, after } = input
      return state.name === 'open' ? end(4400) : welcome(state, null, [{ name: 'join', stream, after }])
    }
    case 'joined':
      return state.name === 'open' ? joined(state, input) : to(state, leave(input.stream))
    case 'refused':
      return end(input.code)
    case 'failed':
      return end(4500)
    case 'ticked':
      return tick(state, input.stamp, now)
    case 'drained': {
      const { retryIn } = input
      return to(
        { name: 'closed' },
        { name: 'send', message: { kind: 'bye', code: 1012, retryIn } },
        { name: 'end', code: 1012 },
      )
    }
    case 'ended':
      return end(input.code)
    case 'gone':
      return end(null)
    default:
      return input satisfies never
  }
}

const leave = (stream: string): ConnectionEffect => ({ name: 'leave', stream })

const take = ({ tokens, at }: Bucket, now: number): Bucket => ({
  tokens: Math.min(burst, tokens + ((now - at) / 1000) * rate) - 1,
  at: now,
})

function receive(state: Exclude<ConnectionState, { name: 'closed' }>, text: string): ConnectionStep {
  const message = parse(text)
  if (message === 'malformed') return end(4400)
  if (message === 'unknown') return to(state)
  if (state.name === 'open') return work({ ...state, jobs: [...state.jobs, { name: 'message', message }] })
  if (message.kind !== 'hello') return end(4400)
  if (message.protocol !== protocol) return end(4426)
  return welcome(state, message.device ?? null, [
    ...message.streams
      .slice(0, maxStreams)
      .map(({ stream, after }) => ({ name: 'join' as const, stream, after: after ? parseCursor(after) : null })),
    { name: 'introduce' },
  ])
}

const welcome = (
  { bucket, beatAt }: Extract<ConnectionState, { name: 'waiting' }>,
  device: string | null,
  jobs: Job[],
) => work({ name: 'open', bucket, beatAt, streams: new Map(), joining: false, jobs }, [{ name: 'welcome', device }])

function joined(
  state: Open,
  { name: _, provesDisplay, ...followed }: Extract<ConnectionInput, { name: 'joined' }>,
): ConnectionStep {
  const streams = new Map(state.streams).set(followed.stream, { provesDisplay })
  return goOn({ ...state, streams }, [{ name: 'follow', ...followed }])
}

/** The join under way is done: what waits behind it is next. */
const goOn = (state: Open, effects: ConnectionEffect[]) => work({ ...state, joining: false }, effects)

/** Does what waits, up to the next join. */
function work(state: Open, before: ConnectionEffect[] = []): ConnectionStep {
  const effects = before
  let current = state
  while (!current.joining && current.jobs.length > 0) {
    const [job, ...jobs] = current.jobs as [Job, ...Job[]]
    const next = doJob({ ...current, jobs }, job)
    effects.push(...next.effects)
    if (next.state.name !== 'open') return to(next.state, ...effects)
    current = next.state
  }
  return to(current, ...effects)
}

function doJob(state: Open, job: Job): ConnectionStep {
  switch (job.name) {
    case 'join': {
      const { stream, after } = job
      return state.streams.has(stream) ? to(state) : to({ ...state, joining: true }, { name: 'join', stream, after })
    }
    case 'introduce':
      return to(state, ...(isScreen(state) ? [{ name: 'report' as const, report: null }] : []))
    case 'message':
      return handle(state, job.message)
    default:
      return job satisfies never
  }
}

function handle(state: Open, message: UpParsed): ConnectionStep {
  switch (message.kind) {
    case 'hello':
      return end(4400)
    case 'pull':
      return pull(state, message.stream, parseCursor(message.after)!)
    case 'shown': {
      const { kind: _, stream, ...said } = message
      return state.streams.get(stream)?.provesDisplay
        ? to(state, { name: 'shown', said })
        : to(state, { name: 'send', message: { kind: 'error', code: 'staff.forbidden', ref: stream } })
    }
    case 'report': {
      const { kind: _, ...report } = message
      return isScreen(state) ? to(state, { name: 'report', report }) : to(state)
    }
    case 'ping':
      return to(state, { name: 'pong', n: message.n })
    default:
      return message satisfies never
  }
}

/** The client saw a hole, or has taken a snapshot after `resync`: it goes on from where it says. */
function pull(state: Open, stream: string, after: Cursor): ConnectionStep {
  const pulled: ConnectionEffect = { name: 'pulled' }
  const join: ConnectionEffect = { name: 'join', stream, after }
  if (!state.streams.has(stream))
    return state.streams.size >= maxStreams
      ? to({ name: 'closed' }, pulled, { name: 'end', code: 4400 })
      : to({ ...state, joining: true }, pulled, join)
  const streams = new Map(state.streams)
  streams.delete(stream)
  return to({ ...state, streams, joining: true }, pulled, leave(stream), join)
}

const isScreen = ({ streams }: Open) => [...streams.values()].some(({ provesDisplay }) => provesDisplay)

function tick(state: Exclude<ConnectionState, { name: 'closed' }>, stamp: string, now: number): ConnectionStep {
  switch (state.name) {
    case 'waiting':
      return state.ticks >= maxTicksToHello ? end(4408) : to({ ...state, ticks: state.ticks + 1 })
    case 'open':
      // Ticks come once a second, and a page counts twelve: better a little early.
      return now - state.beatAt < heartbeatMs - 1000
        ? to(state, { name: 'again' })
        : to({ ...state, beatAt: now }, { name: 'again' }, { name: 'heartbeat', stamp })
    default:
      return state satisfies never
  }
}

/** A message; `unknown` for one of a kind that is not known here, which another build may have. */
function parse(text: string): UpParsed | 'unknown' | 'malformed' {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'malformed'
  }
  if (typeof value !== 'object' || value === null || !('kind' in value) || typeof value.kind !== 'string')
    return 'malformed'
  const result = up.safeParse(value)
  if (result.success) return result.data
  return up.options.some((option) => option.shape.kind.value === value.kind) ? 'malformed' : 'unknown'
}
