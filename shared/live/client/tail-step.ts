import { mayRetry } from '../close-codes.ts'
import { doubtAfterMs } from '../freshness.ts'
import type { Down, WireEvent, Snapshot } from '../messages.ts'
import { refusals } from './core.ts'
import type { End, Fetched, Transport } from './types.ts'
import { isCarrier } from './types.ts'

const welcomeWithinMs = 8_000
/** A carrier has proved itself when a heartbeat has come through. */
const carrierWithinMs = 20_000
const silenceMs = 25_000
const probeMs = 3_000
const chaseMs = 3_000
/** A heartbeat may overtake the events that it counts: only what is still missing after this is a hole. */
const graceMs = 1_000
const pingEvery = 6

/** What every connection knows about its line, whatever its state. */
interface Line {
  /** ms, this machine's clock */
  heardAt: number
  ping: { n: number; sentAt: number }
  /** Heartbeats so far. Every sixth is answered with a ping, which keeps the clock's offset precise. */
  beats: number
  /** A ping was sent that must be answered within 3 s. */
  probing: boolean
}
/** What a welcomed connection knows of the log. */
interface Log {
  /** The position at which the page counts as caught up. */
  head: number
  /** Snapshots taken since the page last caught up: each waits longer than the one before. */
  refetches: number
}
/** Events are expected, or were pulled, since the page was at position `from`. */
type Chase = { pulled: boolean; from: number } | null

type Open = Line &
  (
    | { name: 'opening' }
    /** Welcomed, but not yet told that what comes belongs to our log and follows our cursor. */
    | (Log & { name: 'joining'; chase: Chase })
    /** `claimed`: a head that a heartbeat named and that still has time to arrive. */
    | (Log & { name: 'following'; chase: Chase; claimed: number | null })
    /** A snapshot is being taken while the connection stays open. */
    | (Log & { name: 'refetching' })
  )
type Chasing = Extract<Open, { chase: Chase }>
export type TailState = Open | { name: 'over' }

export type TimerName = 'welcome' | 'watch' | 'probe' | 'chase' | 'grace' | 'refetch'

export type Input =
  | { name: 'opened' }
  /** `null` for a message that is not ours: it only shows that the server lives. */
  | { name: 'heard'; message: Down | null }
  | { name: 'closed'; code: number }
  | { name: 'rang'; timer: TimerName }
  /** The page woke up. */
  | { name: 'woke' }
  /** `take` was carried out. `kept`: the feed did not overflow. */
  | { name: 'taken'; kept: boolean }
  | { name: 'fetched'; answer: Fetched }
  /** `reset` was carried out. `sameLog`: the snapshot had the same epoch as the feed before. */
  | { name: 'reset'; sameLog: boolean }
  /** The owner no longer needs this connection. */
  | { name: 'dropped' }

/** What `step` must know of its surroundings at this moment. */
export interface Facts {
  transport: Exclude<Transport, 'polling'>
  stream: string
  /** ms, this machine's clock */
  now: number
  /** ms since the server was heard, as the page shows it: includes the lag of a slow line. */
  silence: number
  feed: { epoch: string; position: number; hole: boolean; doubted: boolean }
}

/** Effects that may answer with another input (`welcomed`, `changed`, `take`, `reset`) come last in their list. */
export type Effect =
  | { name: 'hello' }
  | { name: 'pull' }
  | { name: 'ping'; n: number }
  | { name: 'set'; timer: TimerName; ms: number }
  | { name: 'clear'; timer: TimerName }
  /** Sets the timer `refetch` by the backoff of that attempt; 0 means at once. */
  | { name: 'backOff'; attempt: number }
  | { name: 'fetch' }
  | { name: 'forget' }
  | { name: 'doubt' }
  | { name: 'take'; events: readonly WireEvent[] }
  | { name: 'reset'; snapshot: Snapshot }
  /** The server's timestamp (ISO 8601) answers what was sent at `sentAt`. */
  | { name: 'roundTrip'; stamp: string; sentAt: number }
  | { name: 'welcomed' }
  | { name: 'changed' }
  | { name: 'ended'; end: End }

export interface Step {
  state: TailState
  effects: Effect[]
}

const to = (state: TailState, ...effects: Effect[]): Step => ({ state, effects })
const end = (why: End) => to({ name: 'over' }, { name: 'ended', end: why })
const changed: Effect = { name: 'changed' }

/** The first state of a connection. */
export const open = ({ now, transport }: Pick<Facts, 'now' | 'transport'>): Step =>
  to(
    { name: 'opening', heardAt: now, ping: { n: 0, sentAt: 0 }, beats: 0, probing: false },
    { name: 'set', timer: 'welcome', ms: isCarrier(transport) ? carrierWithinMs : welcomeWithinMs },
    { name: 'set', timer: 'watch', ms: silenceMs },
  )

/** What the page may say about the connection in this state. */
export function phaseOf(state: TailState, feed: Facts['feed']) {
  if (state.name === 'opening') return 'opening'
  return state.name === 'following' && !behind(state, feed) ? 'live' : 'catching-up'
}
const behind = ({ head }: Log, { hole, position }: Facts['feed']) => hole || position < head

/** One WebSocket or SSE connection: it joins, follows, and notices missing events and a dead line. */
export function step(state: TailState, input: Input, facts: Facts): Step {
  if (state.name === 'over') return to(state)
  switch (input.name) {
    case 'opened':
      return to(state, { name: 'hello' })
    case 'heard':
      return hear(
        provesLife(input.message, facts.transport) ? { ...state, heardAt: facts.now } : state,
        input.message,
        facts,
      )
    case 'closed': {
      const { code } = input
      return end(mayRetry(code) ? { name: 'cut', reason: `closed ${code}` } : { name: 'stop', code })
    }
    case 'rang':
      return ring(state, input.timer, facts)
    case 'woke':
      return wake(state, facts)
    case 'taken':
      return input.kept ? settle(state, facts) : refetch(state, facts)
    case 'fetched':
      return fetched(state, input.answer)
    case 'reset':
      if (state.name !== 'refetching') return to(state)
      return pull({ ...state, name: 'joining', chase: null, head: input.sameLog ? state.head : 0 }, facts)
    case 'dropped':
      return to({ name: 'over' })
    default:
      return input satisfies never
  }
}

/** Whether our server lives now. A carrier brings events when it likes, also of a server that is long dead. */
export const provesLife = (message: Down | null, transport: Transport) =>
  !isCarrier(transport) || message?.kind !== 'event'

function hear(state: Open, message: Down | null, facts: Facts): Step {
  switch (message?.kind) {
    case 'welcome': {
      if (state.name !== 'opening') return to(state)
      const [ping, asked] = ask(state, facts)
      const next = settle({ ...asked, name: 'joining', head: 0, refetches: 0, chase: null }, facts)
      const first: Effect[] = [{ name: 'forget' }, { name: 'clear', timer: 'welcome' }, ping, { name: 'welcomed' }]
      return to(next.state, ...first, ...next.effects)
    }
    case 'joined':
      if (state.name !== 'joining' && state.name !== 'following') return to(state)
      if (message.epoch !== facts.feed.epoch) return doubt(state, facts)
      return settle({ claimed: null, ...state, name: 'following', head: Math.max(state.head, message.head) }, facts)
    case 'resync':
      return doubt(state, facts)
    case 'event':
      return take(state, [message])
    case 'events':
      return take(state, message.events)
    case 'heartbeat':
      return beat(state, message.heads[facts.stream] ?? 0, facts)
    case 'pong':
      if (message.n !== state.ping.n) return to(state)
      return to(
        { ...state, probing: false },
        { name: 'roundTrip', stamp: message.now, sentAt: state.ping.sentAt },
        { name: 'clear', timer: 'probe' },
      )
    case 'bye':
      return end({ name: 'bye', code: message.code, retryIn: message.retryIn })
    case 'error':
    case undefined:
      return to(state)
    default:
      return message satisfies never
  }
}

function take(state: Open, events: readonly WireEvent[]) {
  return state.name === 'following' ? to(state, { name: 'take', events }) : to(state)
}

function beat(before: Open, head: number, facts: Facts): Step {
  const beats = before.beats + 1
  const [ping, asked] = ask(before, facts)
  const state = beats % pingEvery ? { ...before, beats } : { ...asked, beats }
  const effects: Effect[] = beats % pingEvery ? [] : [ping]
  if (state.name !== 'following' || head <= facts.feed.position || state.claimed !== null) return to(state, ...effects)
  return to({ ...state, claimed: head }, ...effects, { name: 'set', timer: 'grace', ms: graceMs })
}

function ask<S extends Open>(state: S, { now }: Facts): [Effect, S] {
  const n = state.ping.n + 1
  return [
    { name: 'ping', n },
    { ...state, ping: { n, sentAt: now } },
  ]
}

function ring(state: Open, timer: TimerName, facts: Facts): Step {
  switch (timer) {
    case 'welcome':
      return state.name === 'opening' ? end({ name: 'cut', reason: 'no welcome' }) : to(state)
    case 'watch':
      return watch(state, facts)
    case 'probe':
      return state.probing ? end({ name: 'cut', reason: 'silent' }) : to(state)
    case 'chase':
      return chaseOver(state, facts)
    case 'grace': {
      if (state.name !== 'following' || state.claimed === null) return to(state)
      const told = { ...state, head: Math.max(state.head, state.claimed), claimed: null }
      return behind(told, facts.feed) && !told.chase?.pulled ? pull(told, facts) : settle(told, facts)
    }
    case 'refetch':
      return state.name === 'refetching' ? to(state, { name: 'fetch' }) : to(state)
    default:
      return timer satisfies never
  }
}

/** CLI-3, by timestamps: timers sleep in hidden tabs, and a clock that was set back proves nothing. */
function watch(state: Open, facts: Facts): Step {
  const silent = facts.now - state.heardAt
  if (silent >= silenceMs) return end({ name: 'cut', reason: 'silent' })
  const next = silent < 0 ? wake({ ...state, heardAt: facts.now }, facts) : to(state)
  if (next.state.name === 'over') return next
  return to(next.state, ...next.effects, { name: 'set', timer: 'watch', ms: silenceMs - Math.max(0, silent) })
}

function wake(state: Open, facts: Facts): Step {
  if (state.name === 'opening' || state.probing) return to(state)
  if (facts.transport !== 'sse') {
    const [ping, asked] = ask(state, facts)
    return to({ ...asked, probing: true }, ping, { name: 'set', timer: 'probe', ms: probeMs })
  }
  // Uses what the page claims, which includes the lag: a page that no longer says "live" acts at once.
  return facts.silence >= doubtAfterMs ? end({ name: 'again', hole: false }) : to(state)
}

/** Gets missing events, whatever the reason (CLI-2): wait, pull, then take a snapshot. */
function settle(state: Open, facts: Facts): Step {
  if (state.name !== 'joining' && state.name !== 'following') return to(state, changed)
  if (facts.feed.doubted) return refetch(state, facts)
  if (state.name === 'following') {
    if (!behind(state, facts.feed))
      return to({ ...state, chase: null, refetches: 0 }, { name: 'clear', timer: 'chase' }, changed)
    if (facts.feed.hole && !state.chase?.pulled) return pull(state, facts)
  }
  return state.chase ? to(state, changed) : chase(state, false, facts)
}
function chase(state: Chasing, pulled: boolean, { feed }: Facts) {
  const effects: Effect[] = [{ name: 'set', timer: 'chase', ms: chaseMs }, changed]
  return to(
    { ...state, chase: { pulled, from: feed.position } },
    ...(pulled ? [{ name: 'pull' } as const] : []),
    ...effects,
  )
}
function chaseOver(state: Open, facts: Facts): Step {
  if (!('chase' in state) || !state.chase) return to(state)
  const { pulled, from } = state.chase
  const done = state.name === 'following' && !behind(state, facts.feed)
  if (done || facts.feed.position > from) return settle({ ...state, chase: null }, facts)
  return pulled ? refetch(state, facts) : pull(state, facts)
}
function pull(state: Chasing, facts: Facts): Step {
  return facts.transport === 'sse' ? end({ name: 'again', hole: true }) : chase(state, true, facts)
}

function doubt(state: Open, facts: Facts): Step {
  const next = 'refetches' in state ? refetch(state, facts) : to(state, changed)
  return to(next.state, { name: 'doubt' }, ...next.effects)
}
/** Takes a snapshot while the connection stays open; then a `pull` joins again where the snapshot ends. */
function refetch(state: Open, facts: Facts): Step {
  if (state.name !== 'joining' && state.name !== 'following') return to(state, changed)
  if (facts.transport === 'sse') return end({ name: 'again', hole: true })
  const { heardAt, ping, beats, probing } = state
  return to(
    { heardAt, ping, beats, probing, name: 'refetching', head: state.head, refetches: state.refetches + 1 },
    { name: 'clear', timer: 'chase' },
    { name: 'clear', timer: 'grace' },
    { name: 'backOff', attempt: state.refetches },
    changed,
  )
}
function fetched(state: Open, answer: Fetched): Step {
  if (state.name !== 'refetching') return to(state)
  switch (answer.name) {
    case 'snapshot':
      return to(state, { name: 'reset', snapshot: answer.snapshot })
    case 'refused':
      return end({ name: 'stop', code: refusals[answer.status]! })
    case 'failed':
      return to({ ...state, refetches: state.refetches + 1 }, { name: 'backOff', attempt: state.refetches })
    default:
      return answer satisfies never
  }
}
