import { Rejected } from '../../shared/order/rejections.ts'

/** The connection is gone, or does not answer: whatever it was doing, it does no longer. */
export class Lost extends Error {
  /** It said nothing in time; the same again would wait as long. */
  readonly silent: boolean

  constructor(cause: unknown, silent = false) {
    super('The connection to PostgreSQL was lost.', { cause })
    this.name = 'Lost'
    this.silent = silent
  }
}

/** SQLSTATE, in PostgreSQL's errors only. */
export function stateOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^[\dA-Z]{5}$/.test(code) ? code : ''
}

/** Somebody else holds what it wants. */
export const isLocked = (error: unknown) => stateOf(error) === '55P03'
/** Two transactions were in each other's way: the one that was ended may simply be run again. */
export const isCollision = (error: unknown) => ['40P01', '40001'].includes(stateOf(error))

/** What was asked for cannot be: a number of a transaction that nobody has had, for one. */
export const isInvalid = (error: unknown) => stateOf(error) === '22023'

/** 08: connection; 57P: shut down, 25P03: idle for too long; 25006: no longer the primary. */
const ends = /^(08|57P|25P03|25006)/
/** Whether the connection cannot be used any more after this. */
export const endsConnection = (error: unknown) => ends.test(stateOf(error))

/** Locked, ended, cancelled, collided, too many connections, out of memory. */
const busy = /^(55P03|57|08|25P03|25006|40P01|40001|53300|53200|53400)/
/** The disk is full, or does not do what it should. */
const full = /^(53100|58030)/

/** drizzle puts the driver's error into one of its own, whose text quotes what people wrote: nobody else gets that. */
export const causeOf = (error: unknown): unknown =>
  error instanceof Error && 'query' in error && error.cause ? error.cause : error

/** The database's own troubles by their permanent codes. */
export function translate(error: unknown): unknown {
  const cause = causeOf(error)
  const state = stateOf(cause instanceof Lost ? cause.cause : cause)
  if (full.test(state)) return new Rejected('server.full')
  return cause instanceof Lost || busy.test(state) ? new Rejected('server.busy') : cause
}
