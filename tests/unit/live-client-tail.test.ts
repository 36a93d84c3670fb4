import { describe, expect, it } from 'vitest'
import type { Facts, Input, TailState, TimerName } from '../../shared/live/client/tail-step.ts'
import { open, phaseOf, step } from '../../shared/live/client/tail-step.ts'
import type { Down } from '../../shared/live/messages.ts'

/*
 * Every state of a connection times every input, as one table: an input that is not listed for a state changes nothing
 * but the time when the server was last heard. `over` handles no input, so it is not in the table.
 */
const stream = 'kitchen:napoli'
const line = { heardAt: 1_000, ping: { n: 1, sentAt: 900 }, beats: 0, probing: false }
const log = { head: 10, refetches: 0 }
const states = {
  opening: { ...line, name: 'opening' },
  joining: { ...line, ...log, name: 'joining', chase: { pulled: false, from: 10 } },
  following: { ...line, ...log, name: 'following', chase: null, claimed: null },
  chasing: { ...line, ...log, name: 'following', chase: { pulled: false, from: 10 }, claimed: null },
  pulled: { ...line, ...log, name: 'following', chase: { pulled: true, from: 10 }, claimed: null },
  doubting: { ...line, ...log, name: 'following', chase: null, claimed: 12 },
  probing: { ...line, ...log, name: 'following', chase: null, claimed: null, probing: true },
  refetching: { ...line, ...log, name: 'refetching', refetches: 1 },
} satisfies Record<string, TailState>
type Name = keyof typeof states

const settled: Facts = {
  transport: 'websocket',
  stream,
  now: 2_000,
  silence: 1_000,
  feed: { epoch: 'e', position: 10, hole: false, doubted: false },
}
const hole = { ...settled.feed, position: 11, hole: true }
const stamp = '2026-11-27T19:00:00.000Z'
const snapshot = { stream, epoch: 'e', position: 12, now: stamp, state: {} }
const event = { stream, position: 11 }
const heard = (message: Down | null): Input => ({ name: 'heard', message })
const rang = (timer: TimerName): Input => ({ name: 'rang', timer })

/** An input, and its effect in the states where it means something: `state: effects`. */
interface Row {
  input: Input
  facts?: Partial<Facts>
  feed?: Partial<Facts['feed']>
  makes: Partial<Record<Name, string>>
}
const every = (outcome: string) => Object.fromEntries(Object.keys(states).map((name) => [name, outcome]))
const welcomed = (outcome: string) => ({ ...every(outcome), opening: undefined })
const joined = (outcome: string) => ({ ...welcomed(outcome), joining: undefined, refetching: undefined })
const refetching = 'refetching: clear chase, clear grace, backOff 0, changed'
const pulling = 'following: pull, set chase 3000, changed'
const again = 'over: ended again'

const rows: Record<string, Row> = {
  'the socket opens': {
    input: { name: 'opened' },
    makes: Object.fromEntries(Object.entries(states).map(([name, state]) => [name, `${state.name}: hello`])),
  },
  welcome: {
    input: heard({ kind: 'welcome', protocol: 1, connection: 'c', now: stamp, heartbeat: 10_000, build: 'b' }),
    makes: { opening: 'joining: forget, clear welcome, ping 2, welcomed, set chase 3000, changed' },
  },
  'welcome, while what the page shows is in doubt': {
    input: heard({ kind: 'welcome', protocol: 1, connection: 'c', now: stamp, heartbeat: 10_000, build: 'b' }),
    feed: { doubted: true },
    makes: { opening: `refetching: forget, clear welcome, ping 2, welcomed, ${refetching.slice(12)}` },
  },
  'joined at our head': {
    input: heard({ kind: 'joined', stream, epoch: 'e', position: 10, head: 10 }),
    makes: { ...joined('following: clear chase, changed'), joining: 'following: clear chase, changed' },
  },
  'joined, with more to come': {
    input: heard({ kind: 'joined', stream, epoch: 'e', position: 10, head: 15 }),
    makes: {
      joining: 'following: changed',
      following: 'following: set chase 3000, changed',
      chasing: 'following: changed',
      pulled: 'following: changed',
      doubting: 'following: set chase 3000, changed',
      probing: 'following: set chase 3000, changed',
    },
  },
  'joined to another log': {
    input: heard({ kind: 'joined', stream, epoch: 'other', position: 3, head: 3 }),
    makes: {
      ...joined(`refetching: doubt, ${refetching.slice(12)}`),
      joining: `refetching: doubt, ${refetching.slice(12)}`,
    },
  },
  resync: {
    input: heard({ kind: 'resync', stream, reason: 'old' }),
    makes: {
      ...welcomed(`refetching: doubt, ${refetching.slice(12)}`),
      opening: 'opening: doubt, changed',
      refetching: 'refetching: doubt, changed',
    },
  },
  'an event': { input: heard({ kind: 'event', ...event }), makes: joined('following: take 1') },
  events: {
    input: heard({ kind: 'events', stream, events: [{ position: 11 }, { position: 12 }] }),
    makes: joined('following: take 2'),
  },
  'a heartbeat that knows no more than we do': {
    input: heard({ kind: 'heartbeat', now: stamp, heads: { [stream]: 10 } }),
    makes: {},
  },
  'a heartbeat that knows more': {
    input: heard({ kind: 'heartbeat', now: stamp, heads: { [stream]: 12 } }),
    makes: { ...joined('following: set grace 1000'), doubting: undefined },
  },
  pong: {
    input: heard({ kind: 'pong', n: 1, now: stamp }),
    makes: Object.fromEntries(
      Object.entries(states).map(([name, state]) => [name, `${state.name}: roundTrip 900, clear probe`]),
    ),
  },
  'a pong of an older ping': { input: heard({ kind: 'pong', n: 0, now: stamp }), makes: {} },
  bye: { input: heard({ kind: 'bye', code: 1012, retryIn: 500 }), makes: every('over: ended bye') },
  'an error': { input: heard({ kind: 'error', code: 'stream.unknown' }), makes: {} },
  'what is not ours': { input: heard(null), makes: {} },
  'closed for now': { input: { name: 'closed', code: 1006 }, makes: every('over: ended cut') },
  'closed for good': { input: { name: 'closed', code: 4401 }, makes: every('over: ended stop') },
  'dropped by its owner': { input: { name: 'dropped' }, makes: every('over: ') },
  woken: {
    input: { name: 'woke' },
    makes: {
      ...joined('following: ping 2, set probe 3000'),
      joining: 'joining: ping 2, set probe 3000',
      refetching: 'refetching: ping 2, set probe 3000',
      probing: undefined,
    },
  },
  'woken over SSE, lately heard': { input: { name: 'woke' }, facts: { transport: 'sse' }, makes: {} },
  'woken over SSE, not heard for 12 s': {
    input: { name: 'woke' },
    facts: { transport: 'sse', silence: 12_000 },
    makes: { ...welcomed(again), probing: undefined },
  },
  'no welcome in time': { input: rang('welcome'), makes: { opening: 'over: ended cut' } },
  'the watch, after 1 s of silence': {
    input: rang('watch'),
    makes: Object.fromEntries(Object.entries(states).map(([name, state]) => [name, `${state.name}: set watch 24000`])),
  },
  'the watch, after 25 s of silence': { input: rang('watch'), facts: { now: 26_000 }, makes: every('over: ended cut') },
  'the watch, on a clock that was set back': {
    input: rang('watch'),
    facts: { now: 500 },
    makes: {
      ...joined('following: ping 2, set probe 3000, set watch 25000'),
      opening: 'opening: set watch 25000',
      joining: 'joining: ping 2, set probe 3000, set watch 25000',
      probing: 'following: set watch 25000',
      refetching: 'refetching: ping 2, set probe 3000, set watch 25000',
    },
  },
  'no pong in time': { input: rang('probe'), makes: { probing: 'over: ended cut' } },
  'the end of a chase, without progress': {
    input: rang('chase'),
    feed: { hole: true },
    makes: { joining: 'joining: pull, set chase 3000, changed', chasing: pulling, pulled: refetching },
  },
  'the end of a chase, with progress': {
    input: rang('chase'),
    feed: hole,
    makes: { joining: 'joining: set chase 3000, changed', chasing: pulling, pulled: pulling },
  },
  'the end of a chase, caught up': {
    input: rang('chase'),
    makes: {
      joining: 'joining: pull, set chase 3000, changed',
      chasing: 'following: clear chase, changed',
      pulled: 'following: clear chase, changed',
    },
  },
  'the end of a chase over SSE': {
    input: rang('chase'),
    facts: { transport: 'sse' },
    feed: { hole: true },
    makes: { joining: again, chasing: again, pulled: again },
  },
  'what a heartbeat claimed has not come': { input: rang('grace'), makes: { doubting: pulling } },
  'what a heartbeat claimed has come': {
    input: rang('grace'),
    feed: { position: 12 },
    makes: { doubting: 'following: clear chase, changed' },
  },
  'time for a snapshot': { input: rang('refetch'), makes: { refetching: 'refetching: fetch' } },
  'events are applied': {
    input: { name: 'taken', kept: true },
    feed: { position: 11 },
    makes: {
      ...joined('following: clear chase, changed'),
      opening: 'opening: changed',
      joining: 'joining: changed',
      refetching: 'refetching: changed',
    },
  },
  'events are kept aside': {
    input: { name: 'taken', kept: true },
    feed: hole,
    makes: {
      ...joined(pulling),
      opening: 'opening: changed',
      joining: 'joining: changed',
      pulled: 'following: changed',
      refetching: 'refetching: changed',
    },
  },
  'too many are kept aside': {
    input: { name: 'taken', kept: false },
    makes: {
      ...joined(refetching),
      opening: 'opening: changed',
      joining: refetching,
      refetching: 'refetching: changed',
    },
  },
  'too many are kept aside over SSE': {
    input: { name: 'taken', kept: false },
    facts: { transport: 'sse' },
    makes: { ...joined(again), opening: 'opening: changed', joining: again, refetching: 'refetching: changed' },
  },
  'a snapshot': {
    input: { name: 'fetched', answer: { name: 'snapshot', snapshot } },
    makes: { refetching: 'refetching: reset 12' },
  },
  'a snapshot that is refused': {
    input: { name: 'fetched', answer: { name: 'refused', status: 401 } },
    makes: { refetching: 'over: ended stop' },
  },
  'a snapshot that failed': {
    input: { name: 'fetched', answer: { name: 'failed', reason: 'network' } },
    makes: { refetching: 'refetching: backOff 1' },
  },
  'the feed begins again': {
    input: { name: 'reset', sameLog: true },
    makes: { refetching: 'joining: pull, set chase 3000, changed' },
  },
}

function told({ state, effects }: ReturnType<typeof step>) {
  const words = effects.map((effect) => {
    const { name, ...rest } = effect as { name: string } & Record<string, unknown>
    if (name === 'take') return `take ${(rest.events as unknown[]).length}`
    if (name === 'reset') return `reset ${(rest.snapshot as { position: number }).position}`
    if (name === 'ended') return `ended ${(rest.end as { name: string }).name}`
    if (name === 'roundTrip') return `roundTrip ${String(rest.sentAt)}`
    return [name, ...Object.values(rest).map(String)].join(' ')
  })
  return `${state.name}: ${words.join(', ')}`
}

describe('[CLI-7] one connection, every state by every input', () => {
  it.each(Object.entries(rows))('%s', (_, { input, facts, feed, makes }) => {
    const now = { ...settled, ...facts, feed: { ...settled.feed, ...feed } }
    const outcome = Object.fromEntries(
      Object.entries(states).map(([name, state]) => [name, told(step(state, input, now))]),
    )
    const expected = Object.fromEntries(
      Object.entries(states).map(([name, state]) => [name, makes[name as Name] ?? `${state.name}: `]),
    )
    expect(outcome).toEqual(expected)
  })

  it('handles nothing once it is over', () => {
    const over: TailState = { name: 'over' }
    for (const { input } of Object.values(rows))
      expect(step(over, input, settled)).toEqual({ state: over, effects: [] })
  })

  it('pings with every sixth heartbeat, so that the clock stays known', () => {
    const heartbeat = heard({ kind: 'heartbeat', now: stamp, heads: {} })
    let state: TailState = states.following
    const pings = Array.from({ length: 12 }, () => {
      const next = step(state, heartbeat, settled)
      state = next.state
      return next.effects.length
    })
    expect(pings).toEqual([0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1])
  })

  it('counts snapshots until it has caught up: each waits longer', () => {
    const first = step(states.following, { name: 'taken', kept: false }, settled).state
    const second = step(first, { name: 'fetched', answer: { name: 'failed', reason: 'network' } }, settled)
    expect(second.effects).toEqual([{ name: 'backOff', attempt: 1 }])
    const joining = step(second.state, { name: 'reset', sameLog: false }, settled).state
    expect(joining).toMatchObject({ name: 'joining', head: 0, refetches: 2 })
    const caughtUp = step(joining, rows['joined at our head']!.input, settled).state
    expect(caughtUp).toMatchObject({ name: 'following', refetches: 0, chase: null })
  })

  it('is live only when it follows and nothing is missing', () => {
    const phases = (feed: Facts['feed']) =>
      Object.fromEntries(Object.entries(states).map(([name, state]) => [name, phaseOf(state, feed)]))
    const waiting = { opening: 'opening', joining: 'catching-up', refetching: 'catching-up' }
    expect(phases(settled.feed)).toEqual({ ...every('live'), ...waiting })
    expect(phases(hole)).toEqual({ ...every('catching-up'), ...waiting })
    expect(phases({ ...settled.feed, position: 9 })).toEqual({ ...every('catching-up'), ...waiting })
  })

  it('starts with two timers, and waits longer for a carrier, which has to prove itself', () => {
    expect(told(open({ now: 0, transport: 'sse' }))).toBe('opening: set welcome 8000, set watch 25000')
    expect(told(open({ now: 0, transport: 'pusher' }))).toBe('opening: set welcome 20000, set watch 25000')
  })
})
