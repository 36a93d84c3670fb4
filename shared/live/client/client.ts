import { backoff } from './backoff.ts'
import { createCore, refusals } from './core.ts'
import { createOutbox } from './outbox.ts'
import { openPolling } from './polling.ts'
import { openTail } from './tail.ts'
import { createTimers } from './timers.ts'
import type { End, Link, LinkOwner, LiveClient, LiveOptions, LiveStatus, Transport } from './types.ts'
import { transports } from './types.ts'
import { mayRetry } from '../close-codes.ts'

const triesPerTransport = 3
const stableMs = 10_000
const hurryMs = 300
const climbEveryMs = 60_000
/** A restart that was announced is over in seconds: for so long, no wait between tries is longer than this. */
const restartMs = 15_000
const restartWaitMs = 1_000
/** After an outage the crowd that had WebSockets comes back to them spread over this. */
const climbBackMs = 5_000

type State =
  | { name: 'idle' }
  | { name: 'fetching'; via: Transport }
  | { name: 'linked'; link: Link }
  | {
      name: 'waiting'
      retryAt: number
      reason: string
      /** The server named the time: nothing hurries it. */ told: boolean
    }
  | { name: 'stopped'; code: number }

/**
 * Keeps one stream of one page up to date for as long as the page lives, over whatever works. All that it knows of the
 * world comes through `options.io`, so that tests, load client and browser run the same code (CLI-7).
 */
export function createLiveClient(options: LiveOptions): LiveClient {
  const { io, on } = options
  const core = createCore(options, () => outbox.forget())
  const { feed, clock } = core
  const timers = createTimers(io)
  let state: State = { name: 'idle' }
  let said: LiveStatus = { name: 'idle' }
  /** A WebSocket that is being tried while something worse works. */
  let challenger: Link | null = null
  let failures = 0
  /** The transport that last proved stable here; tries begin with it. */
  let rung = 0
  let hadWebsocket = false
  /** Until when the server is thought to be restarting. */
  let restartUntil = 0
  /** Where events were missing the last time, over SSE. */
  let lastHole = -1
  const outbox = createOutbox(core, () =>
    state.name === 'linked' && state.link.phase() === 'live' ? state.link : null,
  )
  const owner: LinkOwner = { welcomed, changed, ended }

  function status(): LiveStatus {
    switch (state.name) {
      case 'idle':
        return { name: 'idle' }
      case 'fetching':
        return { name: 'connecting', transport: state.via, attempt: failures }
      case 'waiting':
        return {
          name: 'waiting',
          attempt: failures,
          retryAt: Math.round(state.retryAt + clock.offset()),
          reason: state.reason,
        }
      case 'stopped':
        return { name: 'stopped', code: state.code }
      case 'linked': {
        const { transport } = state.link
        const phase = state.link.phase()
        return phase === 'opening' ? { name: 'connecting', transport, attempt: failures } : { name: phase, transport }
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
    const via = transports[(rung + Math.floor(failures / triesPerTransport)) % transports.length]!
    if (feed.doubted() && via !== 'polling') return void begin(via)
    try {
      state = { name: 'linked', link: open(via) }
    } catch (error) {
      return fail(String(error))
    }
    tell()
  }
  const open = (via: Transport) => (via === 'polling' ? openPolling(core, owner) : openTail(core, via, owner))

  /** No position to begin with: the snapshot first. */
  async function begin(via: Transport) {
    const mine: State = (state = { name: 'fetching', via })
    tell()
    const answer = await core.fetch(null)
    if (state !== mine) return
    switch (answer.name) {
      case 'snapshot':
        core.heard()
        core.reset(answer.snapshot)
        return connect()
      case 'refused':
        return stop(refusals[answer.status]!)
      case 'same':
      case 'failed':
        return fail('no snapshot')
      default:
        answer satisfies never
    }
  }

  function welcomed(link: Link) {
    // What works is kept until the better one has caught up.
    if (link === challenger) return
    timers.set('stable', stableMs, () => {
      failures = 0
      rung = transports.indexOf(link.transport)
    })
    if (link.transport === 'websocket') hadWebsocket = true
    else timers.set('climb', hadWebsocket ? io.random() * climbBackMs : climbEveryMs, climb)
  }
  function changed() {
    if (challenger?.phase() === 'live') {
      const link = challenger
      challenger = null
      drop()
      state = { name: 'linked', link }
      welcomed(link)
    }
    tell()
  }
  function climb() {
    challenger?.close()
    timers.set('climb', climbEveryMs, climb)
    try {
      challenger = openTail(core, 'websocket', owner)
    } catch {
      challenger = null
    }
  }

  function ended(link: Link, end: End) {
    if (link === challenger) {
      challenger = null
      // A proxy may refuse sockets as it likes; only our server says 44xx.
      if (end.name === 'stop' && end.code >= 4400) stop(end.code)
      return
    }
    if (state.name !== 'linked' || state.link !== link) return
    switch (end.name) {
      case 'cut':
        return fail(end.reason)
      case 'bye':
        return mayRetry(end.code) ? fail('bye', end.retryIn) : stop(end.code)
      case 'stop':
        return stop(end.code)
      case 'again': {
        const twice = end.hole && lastHole === feed.position()
        if (end.hole) lastHole = feed.position()
        if (!twice) return connect()
        feed.doubt()
        return fail('hole')
      }
      default:
        end satisfies never
    }
  }

  function drop() {
    if (state.name === 'linked') state.link.close()
    challenger?.close()
    challenger = null
    timers.clearAll()
  }
  function fail(reason: string, told?: number) {
    drop()
    failures++
    if (told !== undefined && failures === 1) restartUntil = io.now() + restartMs
    const random = io.random()
    const wait =
      io.now() < restartUntil ? Math.min(backoff(failures, random), random * restartWaitMs) : backoff(failures, random)
    // A server that says goodbye again and again is not one to hurry back to.
    waitFor(told === undefined ? wait : failures === 1 ? told : Math.max(told, wait), reason, told !== undefined)
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
      failures = 0
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
