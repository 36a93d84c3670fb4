import { backoff } from './backoff.ts'
import type { Transport } from './types.ts'
import { transports } from './types.ts'

const triesPerTransport = 3
/** How often WebSocket is tried while a worse transport works, ms. */
export const climbEveryMs = 60_000
/** After an outage, clients that had WebSockets come back to them spread over this time, ms. */
const climbBackMs = 5_000
/** An announced restart is over in seconds: for this long (ms) no wait between tries exceeds `restartWaitMs`. */
const restartMs = 15_000
const restartWaitMs = 1_000

/** What a page remembers of its connections from one to the next. */
export interface Tries {
  /** Failed tries in a row. */
  readonly failures: number
  /** The transport that last proved stable here; tries begin with it. */
  readonly best: Transport
  readonly hadWebsocket: boolean
  /** The server is thought to be restarting until then: ms, this machine's clock. */
  readonly restartUntil: number
  /** Where events were missing the last time, over SSE. */
  readonly holeAt: number | null
}
export const noTries: Tries = { failures: 0, best: 'websocket', hadWebsocket: false, restartUntil: 0, holeAt: null }

/** The transport of the next try (CLI-5). */
export const nextTransport = ({ failures, best }: Tries): Transport =>
  transports[(transports.indexOf(best) + Math.floor(failures / triesPerTransport)) % transports.length]!

/** A connection has lived long enough to count as stable. */
export const proved = (tries: Tries, transport: Transport): Tries => ({ ...tries, failures: 0, best: transport })

/** ms until WebSocket is tried while a worse transport works. */
export const climbWait = ({ hadWebsocket }: Tries, random: number) =>
  hadWebsocket ? random * climbBackMs : climbEveryMs

/** `told`: the wait that the server named in its `bye`, ms. */
export function failed(tries: Tries, now: number, random: number, told?: number): { tries: Tries; wait: number } {
  const failures = tries.failures + 1
  const first = failures === 1
  const restartUntil = told !== undefined && first ? now + restartMs : tries.restartUntil
  const own = backoff(failures, random)
  const wait = now < restartUntil ? Math.min(own, random * restartWaitMs) : own
  return {
    tries: { ...tries, failures, restartUntil },
    // When a server says `bye` again and again, the client does not hurry back.
    wait: told === undefined ? wait : first ? told : Math.max(told, wait),
  }
}
