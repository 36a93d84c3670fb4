import { backoff } from './backoff.ts'
import type { OwnTransport, Transport } from './types.ts'
import { isCarrier, transports } from './types.ts'
import type { CarrierKind } from '../carrier.ts'

const triesPerTransport = 3
/** How often a better transport is tried while a worse one works, ms. */
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
  /** The transport of ours that last proved stable here; tries begin with it. */
  readonly best: OwnTransport
  readonly hadWebsocket: boolean
  /** The server is thought to be restarting until then: ms, this machine's clock. */
  readonly restartUntil: number
  /** Where events were missing the last time, over SSE. */
  readonly holeAt: number | null
}
export const noTries = (ways: readonly OwnTransport[] = transports): Tries => ({
  failures: 0,
  best: ways[0]!,
  hadWebsocket: false,
  restartUntil: 0,
  holeAt: null,
})

/** The transport of the next try (CLI-5). */
export const nextTransport = ({ failures, best }: Tries, ways: readonly OwnTransport[] = transports) =>
  ways[(ways.indexOf(best) + Math.floor(failures / triesPerTransport)) % ways.length]!

/** A connection has lived long enough to count as stable. */
export const proved = (tries: Tries, transport: Transport): Tries => ({
  ...tries,
  failures: 0,
  // A carrier is only ever tried beside a line of ours.
  best: isCarrier(transport) ? tries.best : transport,
})

/** What is better than a transport that works: tried beside it, in turn. */
export function betterThan(
  transport: Transport,
  carrier: CarrierKind | undefined,
  ways: readonly OwnTransport[] = transports,
): Exclude<Transport, 'polling'>[] {
  if (isCarrier(transport)) return []
  const mayClimb = transport !== 'websocket' && ways.includes('websocket')
  return [...(mayClimb ? (['websocket'] as const) : []), ...(carrier ? [carrier] : [])]
}

/** ms until a better transport is tried while a worse one works. */
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
