import { backoff } from './backoff.ts'
import type { Transport } from './types.ts'
import { transports } from './types.ts'

const triesPerTransport = 3
/** How often WebSocket is tried while something worse works, ms. */
export const climbEveryMs = 60_000
/** After an outage the crowd that had WebSockets comes back to them spread over this. */
const climbBackMs = 5_000
/** A restart that was announced is over in seconds: for so long, no wait between tries is longer than this. */
const restartMs = 15_000
const restartWaitMs = 1_000

/** What a page remembers of its connections while it goes from one to the next. */
export interface Tries {
  /** Failed ones in a row. */
  readonly failures: number
  /** The transport that last proved stable here; tries begin with it. */
  readonly best: Transport
  readonly hadWebsocket: boolean
  /** Until when the server is thought to be restarting: ms, this machine's clock. */
  readonly restartUntil: number
  /** Where events were missing the last time, over SSE. */
  readonly holeAt: number | null
}
export const noTries: Tries = { failures: 0, best: 'websocket', hadWebsocket: false, restartUntil: 0, holeAt: null }

/** The transport of the next try (CLI-5). */
export const nextTransport = ({ failures, best }: Tries): Transport =>
  transports[(transports.indexOf(best) + Math.floor(failures / triesPerTransport)) % transports.length]!

/** A connection has lived long enough. */
export const proved = (tries: Tries, transport: Transport): Tries => ({ ...tries, failures: 0, best: transport })

/** ms until WebSocket is tried while something worse works. */
export const climbWait = ({ hadWebsocket }: Tries, random: number) =>
  hadWebsocket ? random * climbBackMs : climbEveryMs

/** `told`: the wait that a server named when it said goodbye, ms. */
export function failed(tries: Tries, now: number, random: number, told?: number): { tries: Tries; wait: number } {
  const failures = tries.failures + 1
  const first = failures === 1
  const restartUntil = told !== undefined && first ? now + restartMs : tries.restartUntil
  const own = backoff(failures, random)
  const wait = now < restartUntil ? Math.min(own, random * restartWaitMs) : own
  return {
    tries: { ...tries, failures, restartUntil },
    // A server that says goodbye again and again is not one to hurry back to.
    wait: told === undefined ? wait : first ? told : Math.max(told, wait),
  }
}
