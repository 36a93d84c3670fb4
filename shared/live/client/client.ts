import { createCore, refusals } from './core.ts'
import { createOutbox } from './outbox.ts'
import { openPolling } from './polling.ts'
import { openTail } from './tail.ts'
import { createTimers } from './timers.ts'
import { betterThan, climbEveryMs, climbWait, failed, nextTransport, noTries, proved } from './tries.ts'
import type { End, Link, LinkOwner, LiveClient, LiveOptions, LiveStatus, Transport } from './types.ts'
import { mayRetry } from '../close-codes.ts'

const stableMs = 10_000
const hurryMs = 300

type State =
  | { name: 'idle' }
  | { name: 'fetching'; via: Transport }
  /** `challenger`: a better transport that is being tried while a worse one works. */
  | { name: 'linked'; link: Link; challenger: Link | null }
  | {
      name: 'waiting'
      retryAt: number
      reason: string
      /** The server named the time: nothing shortens the wait. */ told: boolean
    }
  | { name: 'stopped'; code: number }

/**
 * Keeps one stream of one page up to date for as long as the page lives, over whatever transport works. Everything
 * outside comes through `options.io`, so that tests, load client and browser run the same code (CLI-7).
 */
export function createLiveClient(options: LiveOptions): LiveClient {
  const { io, on, ways } = options
  const core = createCore(options, () => outbox.forget())
  const { feed, clock } = core
  const timers = createTimers(io)
  let state: State = { name: 'idle' }
  let said: LiveStatus = { name: 'idle' }
  let tries = noTries(ways)
  /** How often a better transport was tried. */
  let climbs = 0
  const outbox = createOutbox(core, () =>
    state.name === 'linked' && state.link.phase() === 'live' ? state.link : null,
  )
  const owner: LinkOwner = { welcomed, changed, ended }

  function status(): LiveStatus {
    switch (state.name) {
      case 'idle':
        return { name: 'idle' }
      case 'fetching':
        return { name: 'connecting', transport: state.via, attempt: tries.failures }
      case 'waiting':
        return {
          name: 'waiting',
          attempt: tries.failures,
          retryAt: Math.round(state.retryAt + clock.offset()),
          reason: state.reason,
        }
      case 'stopped':
        return { name: 'stopped', code: state.code }
      case 'linked': {
        const { transport } = state.link
        const phase = state.link.phase()
        return phase === 'opening'
          ? { name: 'connecting', transport, attempt: tries.failures }
          : { name: phase, transport }
      }
      default:
        return state satisfies never
    }
  }
  function tell() {
    const next = status()
    if (JSON.stringify(next) === JSON.stringify(said)) return
    said = next
    on.status(next)
    if (next.name === 'live') outbox.resend()
  }

  function connect() {
    const via = nextTransport(tries, ways)
    if (feed.doubted() && via !== 'polling') return void begin(via)
    try {
      state = { name: 'linked', link: open(via), challenger: null }
    } catch (error) {
      return fail(String(error))
    }
    tell()
  }
  const open = (via: Transport) => (via === 'polling' ? openPolling(core, owner) : openTail(core, via, owner))

  /** Without a first position it takes the snapshot first. */
  async function begin(via: Transport) {
    const mine: State = (state = { name: 'fetching', via })
    tell()
    const answer = await core.fetch()
    if (state !== mine) return
    switch (answer.name) {
      case 'snapshot':
        core.heard()
        core.reset(answer.snapshot)
        return connect()
      case 'refused':
        return stop(refusals[answer.status]!)
      case 'failed':
        return fail('no snapshot')
      default:
        answer satisfies never
    }
  }

  const better = ({ transport }: Link) => betterThan(transport, io.carrier?.transport, ways)
  function welcomed(link: Link) {
    // The working transport is kept until the better one has caught up.
    if (state.name !== 'linked' || state.link !== link) return
    timers.set('stable', stableMs, () => {
      tries = proved(tries, link.transport)
    })
    if (link.transport === 'websocket') tries = { ...tries, hadWebsocket: true }
    if (better(link).length > 0) timers.set('climb', climbWait(tries, io.random()), climb)
  }
  function changed() {
    if (state.name === 'linked' && state.challenger?.phase() === 'live') {
      const { link: worse, challenger: link } = state
      state = { name: 'linked', link, challenger: null }
      worse.close()
      timers.clearAll()
      welcomed(link)
    }
    tell()
  }
  function climb() {
    if (state.name !== 'linked') return
    state.challenger?.close()
    timers.set('climb', climbEveryMs, climb)
    const ways = better(state.link)
    try {
      state = { ...state, challenger: open(ways[climbs++ % ways.length]!) }
    } catch {
      state = { ...state, challenger: null }
    }
  }

  function ended(link: Link, end: End) {
    if (state.name !== 'linked') return
    if (state.challenger === link) {
      state = { ...state, challenger: null }
      // A proxy may refuse sockets with any code; only our server sends 44xx.
      if (end.name === 'stop' && end.code >= 4400) stop(end.code)
    } else if (state.link === link) over(end)
  }
  function over(end: End) {
    switch (end.name) {
      case 'cut':
        return fail(end.reason)
      case 'bye':
        return mayRetry(end.code) ? fail('bye', end.retryIn) : stop(end.code)
      case 'stop':
        return stop(end.code)
      case 'again': {
        const twice = end.hole && tries.holeAt === feed.position()
        if (end.hole) tries = { ...tries, holeAt: feed.position() }
        if (!twice) {
          drop()
          return connect()
        }
        feed.doubt()
        return fail('hole')
      }
      default:
        end satisfies never
    }
  }

  function drop() {
    if (state.name === 'linked') {
      state.link.close()
      state.challenger?.close()
    }
    timers.clearAll()
  }
  function fail(reason: string, told?: number) {
    drop()
    const next = failed(tries, io.now(), io.random(), told)
    tries = next.tries
    waitFor(next.wait, reason, told !== undefined)
  }
  function waitFor(ms: number, reason: string, told: boolean) {
    state = { name: 'waiting', retryAt: io.now() + ms, reason, told }
    timers.set('retry', ms, connect)
    tell()
  }
  function stop(code: number) {
    drop()
    state = { name: 'stopped', code }
    tell()
  }
  function hurry() {
    if (state.name === 'linked') state.link.wake()
    else if (state.name === 'waiting' && !state.told && state.retryAt - io.now() > hurryMs)
      waitFor(io.random() * hurryMs, state.reason, false)
  }

  return {
    start() {
      if (state.name !== 'idle' && state.name !== 'stopped') return
      tries = { ...tries, failures: 0 }
      connect()
    },
    dispose() {
      drop()
      outbox.close()
      state = { name: 'idle' }
    },
    wake: hurry,
    online: hurry,
    shown: outbox.shown,
    report: outbox.report,
    position: feed.position,
    serverNow: () => io.now() + clock.offset(),
    confirmedAt: core.confirmedAt,
  }
}
