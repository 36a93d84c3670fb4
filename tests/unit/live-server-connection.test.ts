import { describe, expect, it } from 'vitest'
import {
  begin,
  burst,
  maxTicksToHello,
  rate,
  step,
  type ConnectionEffect,
  type ConnectionInput,
  type ConnectionState,
} from '../../server/live/connection-step.ts'
import { maxStreams, protocol } from '../../shared/live/messages.ts'

/*
 * Every state of a connection times every input, as one table. Each entry is the state after it and the effects, in
 * order.
 */
const bucket = { tokens: 10, at: 1_000 }
const now = 1_000
const streams = (...names: string[]) =>
  new Map(names.map((name) => [name, { provesDisplay: name.startsWith('kitchen') }]))
const open = (over: Partial<Extract<ConnectionState, { name: 'open' }>> = {}): ConnectionState => ({
  name: 'open',
  bucket,
  beatAt: 0,
  streams: streams(),
  joining: false,
  jobs: [],
  ...over,
})
const states = {
  waiting: { name: 'waiting', bucket, beatAt: 0, ticks: 0 },
  silent: { name: 'waiting', bucket, beatAt: 0, ticks: maxTicksToHello },
  spent: { name: 'waiting', bucket: { tokens: 0.5, at: now }, beatAt: 0, ticks: 0 },
  open: open(),
  menu: open({ streams: streams('menu:n') }),
  screen: open({ streams: streams('kitchen:n') }),
  joining: open({ streams: streams('kitchen:n'), joining: true }),
  full: open({ streams: streams(...Array.from({ length: maxStreams }, (_, index) => `menu:n${index}`)) }),
  busy: open({ bucket: { tokens: 0.5, at: now } }),
  closed: { name: 'closed' },
} satisfies Record<string, ConnectionState>
type Name = keyof typeof states

const say = (message: object): ConnectionInput => ({ name: 'received', text: JSON.stringify(message) })
const hello = (over: object = {}) =>
  say({ kind: 'hello', protocol, device: 'device-1', streams: [{ stream: 'kitchen:n', after: 'e:4' }], ...over })
const stamp = '2026-11-27T19:00:00.000Z'
const followed = { stream: 'board:n', epoch: 'e', position: 3, head: 4, resync: null }
const joined = { ...followed, name: 'joined', provesDisplay: false } as const

/** `open(menu:n) joining 1`: its streams, whether a join is under way, and how many jobs wait. */
function told(state: ConnectionState): string {
  if (state.name !== 'open') return state.name
  const many = state.streams.size > 2 ? `${state.streams.size} streams` : [...state.streams.keys()].join('+')
  return `open(${many})${state.joining ? ' joining' : ''}${state.jobs.length > 0 ? ` ${state.jobs.length}` : ''}`
}
function done(effect: ConnectionEffect): string {
  switch (effect.name) {
    case 'welcome':
      return `welcome ${effect.device}`
    case 'send':
      return `send ${effect.message.kind}`
    case 'pong':
      return `pong ${effect.n}`
    case 'join':
      return `join ${effect.stream} ${effect.after?.position ?? 'now'}`
    case 'follow':
    case 'leave':
      return `${effect.name} ${effect.stream}`
    case 'shown':
      return `shown ${effect.said.position}`
    case 'report':
      return `report ${effect.report?.audio ?? null}`
    case 'end':
      return `end ${effect.code}`
    case 'heartbeat':
    case 'pulled':
    case 'again':
      return effect.name
    default:
      return effect satisfies never
  }
}
const outcome = (state: ConnectionState, input: ConnectionInput, at = now) => {
  const { state: after, effects } = step(state, input, at)
  return [told(after), ...effects.map(done)].join(', ')
}

/** The same for all states except the closed one, which does nothing. */
const all = (text: string) =>
  ({ ...Object.fromEntries(Object.keys(states).map((name) => [name, text])), closed: 'closed' }) as Record<Name, string>
/** Like `all`, where a message costs a token: without tokens left, the connection is ended. */
const spoken = (text: string) => ({ ...all(text), spent: 'closed, end 4529', busy: 'closed, end 4529' })
/** Inputs that leave a state unchanged. */
const same = () =>
  Object.fromEntries(Object.entries(states).map(([name, state]) => [name, told(state)])) as Record<Name, string>
const still = { ...same(), spent: 'closed, end 4529', busy: 'closed, end 4529' }
/** Before the hello no other message may come; behind a join everything waits. */
const early = { waiting: 'closed, end 4400', silent: 'closed, end 4400' }
const waits = { joining: 'open(kitchen:n) joining 1' }
const ten = `open(${maxStreams} streams)`

const rows: Record<string, { input: ConnectionInput; at?: number; makes: Record<Name, string> }> = {
  hello: {
    input: hello(),
    makes: {
      ...spoken('closed, end 4400'),
      waiting: 'open() joining 1, welcome device-1, join kitchen:n 4',
      silent: 'open() joining 1, welcome device-1, join kitchen:n 4',
      ...waits,
    },
  },
  'a hello of another protocol': {
    input: hello({ protocol: protocol + 1 }),
    makes: { ...spoken('closed, end 4400'), waiting: 'closed, end 4426', silent: 'closed, end 4426', ...waits },
  },
  'a pull of a stream that is joined': {
    input: say({ kind: 'pull', stream: 'kitchen:n', after: 'e:7' }),
    makes: {
      ...spoken('open() joining, pulled, join kitchen:n 7'),
      ...early,
      menu: 'open(menu:n) joining, pulled, join kitchen:n 7',
      screen: 'open() joining, pulled, leave kitchen:n, join kitchen:n 7',
      full: 'closed, pulled, end 4400',
      ...waits,
    },
  },
  'proof of display': {
    input: say({ kind: 'shown', stream: 'kitchen:n', position: 9 }),
    makes: {
      ...spoken('open(), send error'),
      ...early,
      menu: 'open(menu:n), send error',
      screen: 'open(kitchen:n), shown 9',
      full: `${ten}, send error`,
      ...waits,
    },
  },
  'proof of display on a stream that has none': {
    input: say({ kind: 'shown', stream: 'menu:n', position: 9 }),
    makes: {
      ...spoken('open(), send error'),
      ...early,
      menu: 'open(menu:n), send error',
      screen: 'open(kitchen:n), send error',
      full: `${ten}, send error`,
      ...waits,
    },
  },
  'a report': {
    input: say({ kind: 'report', audio: 'armed' }),
    makes: { ...still, ...early, screen: 'open(kitchen:n), report armed', ...waits },
  },
  'a ping': {
    input: say({ kind: 'ping', n: 5 }),
    makes: {
      ...spoken('open(), pong 5'),
      ...early,
      menu: 'open(menu:n), pong 5',
      screen: 'open(kitchen:n), pong 5',
      full: `${ten}, pong 5`,
      ...waits,
    },
  },
  'what is no JSON': { input: { name: 'received', text: '{' }, makes: spoken('closed, end 4400') },
  'what is no object': { input: { name: 'received', text: '7' }, makes: spoken('closed, end 4400') },
  'what has no kind': { input: say({ n: 1 }), makes: spoken('closed, end 4400') },
  'a known kind, malformed': { input: say({ kind: 'ping', n: 'x' }), makes: spoken('closed, end 4400') },
  'an unknown kind': { input: say({ kind: 'wave' }), makes: still },
  'a ping frame': { input: { name: 'pinged' }, makes: still },
  'a request that says what it wants': {
    input: { name: 'opened', stream: 'board:n', after: null },
    makes: {
      ...all('closed, end 4400'),
      waiting: 'open() joining, welcome null, join board:n now',
      silent: 'open() joining, welcome null, join board:n now',
      spent: 'open() joining, welcome null, join board:n now',
    },
  },
  'a join that went well': {
    input: joined,
    makes: {
      waiting: 'waiting, leave board:n',
      silent: 'waiting, leave board:n',
      spent: 'waiting, leave board:n',
      open: 'open(board:n), follow board:n',
      menu: 'open(menu:n+board:n), follow board:n',
      screen: 'open(kitchen:n+board:n), follow board:n',
      joining: 'open(kitchen:n+board:n), follow board:n',
      full: `open(${maxStreams + 1} streams), follow board:n`,
      busy: 'open(board:n), follow board:n',
      closed: 'closed, leave board:n',
    },
  },
  'a join that is refused': { input: { name: 'refused', code: 4403 }, makes: all('closed, end 4403') },
  'a join that failed': { input: { name: 'failed' }, makes: all('closed, end 4500') },
  'a tick, soon after a heartbeat': {
    input: { name: 'ticked', stamp },
    makes: {
      ...same(),
      silent: 'closed, end 4408',
      open: 'open(), again',
      menu: 'open(menu:n), again',
      screen: 'open(kitchen:n), again',
      joining: 'open(kitchen:n) joining, again',
      full: `${ten}, again`,
      busy: 'open(), again',
    },
  },
  'a tick, when a heartbeat is due': {
    input: { name: 'ticked', stamp },
    at: 9_000,
    makes: {
      ...same(),
      silent: 'closed, end 4408',
      open: 'open(), again, heartbeat',
      menu: 'open(menu:n), again, heartbeat',
      screen: 'open(kitchen:n), again, heartbeat',
      joining: 'open(kitchen:n) joining, again, heartbeat',
      full: `${ten}, again, heartbeat`,
      busy: 'open(), again, heartbeat',
    },
  },
  'the server restarts': { input: { name: 'drained', retryIn: 9 }, makes: all('closed, send bye, end 1012') },
  'it is ended by us': { input: { name: 'ended', code: 4501 }, makes: all('closed, end 4501') },
  'its carrier is gone': { input: { name: 'gone' }, makes: all('closed, end null') },
}

const table = Object.entries(rows).flatMap(([what, { input, at, makes }]) =>
  Object.entries(makes).map(([name, makes]) => ({ name: name as Name, what, input, at, makes })),
)

/** Applies one input after the other; returns the effects of all of them. */
function play(inputs: ConnectionInput[], from: ConnectionState = begin(0)) {
  let state = from
  const effects: string[] = []
  for (const input of inputs) {
    const next = step(state, input, now)
    state = next.state
    effects.push(...next.effects.map(done))
  }
  return { state: told(state), effects }
}

describe("the server's connection", () => {
  it.each(table)('[SRV-2] $name: $what', ({ name, input, at, makes }) => {
    expect(outcome(states[name], input, at)).toBe(makes)
  })

  it('[SRV-2] every input is in the table', () => {
    const named = new Set(Object.values(rows).map(({ input }) => input.name))
    const wanted: Record<ConnectionInput['name'], true> = {
      received: true,
      pinged: true,
      opened: true,
      joined: true,
      refused: true,
      failed: true,
      ticked: true,
      drained: true,
      ended: true,
      gone: true,
    }
    expect([...named].sort()).toEqual(Object.keys(wanted).sort())
  })

  it('[SRV-2] joins one stream after the other, and answers what came meanwhile afterwards, in order', () => {
    const kitchen = { ...joined, stream: 'kitchen:n', provesDisplay: true }
    expect(
      play([
        hello({ streams: [{ stream: 'kitchen:n' }, { stream: 'kitchen:n' }, { stream: 'board:n' }] }),
        say({ kind: 'ping', n: 1 }),
        say({ kind: 'shown', stream: 'kitchen:n', position: 3 }),
        kitchen,
        say({ kind: 'ping', n: 2 }),
        { ...joined, stream: 'board:n' },
      ]),
    ).toEqual({
      state: 'open(kitchen:n+board:n)',
      effects: [
        'welcome device-1',
        'join kitchen:n now',
        'follow kitchen:n',
        'join board:n now',
        'follow board:n',
        'report null',
        'pong 1',
        'shown 3',
        'pong 2',
      ],
    })
  })

  it('[SRV-2] is ended by a second hello when its turn comes, and what waits behind it is dropped', () => {
    expect(play([hello(), hello(), say({ kind: 'ping', n: 1 }), { ...joined, stream: 'kitchen:n' }])).toEqual({
      state: 'closed',
      effects: ['welcome device-1', 'join kitchen:n 4', 'follow kitchen:n', 'end 4400'],
    })
  })

  it('[SRV-2] undoes a join that ends after the connection', () => {
    expect(play([hello(), { name: 'gone' }, joined]).effects.at(-1)).toBe('leave board:n')
  })

  it('[SRV-5] accepts a burst, then a fixed number per second', () => {
    const ping: ConnectionInput = { name: 'pinged' }
    expect(play(Array.from({ length: burst }, () => ping)).state).toBe('waiting')
    expect(play(Array.from({ length: burst + rate + 1 }, () => ping)).state).toBe('closed')
    let state = step(begin(0), ping, 0).state
    for (let count = 1; count <= 500; count++) state = step(state, ping, (count * 1000) / rate).state
    expect(state.name).toBe('waiting')
  })

  it('sends nothing once it is closed, whatever comes', () => {
    for (const { input } of Object.values(rows))
      expect(step({ name: 'closed' }, input, now).effects.filter(({ name }) => name !== 'leave')).toEqual([])
  })
})
