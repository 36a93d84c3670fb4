import type { KeptClock } from '../../db/store/log.ts'

/** What a machine says of the time. */
export interface Reading {
  /** Its clock, ms since 1970; somebody may set it, forwards or backwards. */
  wall: number
  /** ms since it was switched on, with the time in which it was suspended. Nobody can set it. */
  up: number
  /** Names the time since it was switched on; empty where the machine does not say. */
  boot: string
}

interface State extends KeptClock {
  /** Since `at` time has passed that nobody counted: the machine was off. */
  atLeast: boolean
}

/** What a clock may be off by before somebody is told, ms. */
export const maxOffMs = 60_000
/** How long a machine may have been off before its clock is not believed any more, ms: a holiday is confirmed. */
const maxAwayMs = 7 * 86_400_000
/** A clock that jumped by less still says when an order is due: at worst the kitchen has it a day early, ms. */
const maxDueAheadMs = 26 * 3_600_000

/** How it begins, from what was kept. */
export function begin(kept: KeptClock | null, { wall, up, boot }: Reading): State {
  if (!kept) return { at: wall, up, boot, off: null, atLeast: false }
  const sameBoot = boot !== '' && kept.boot === boot && up >= kept.up
  return sameBoot
    ? { ...kept, at: kept.at + (up - kept.up), up, atLeast: false }
    : { ...kept, up, boot, atLeast: kept.off === null }
}

/** Follows the machine's clock as long as it moves as time does. */
export function look(state: State, { wall, up, boot }: Reading): State {
  const at = state.at + (up - state.up)
  const off = wall - at
  const plausible = Math.abs(off) <= maxOffMs || (state.atLeast && off > 0 && off <= maxAwayMs)
  return plausible
    ? { at: wall, up, boot, off: null, atLeast: false }
    : { at, up, boot, off, atLeast: state.atLeast && off < 0 }
}

/**
 * The time that is believed: the machine's clock, but no jump of it until staff have confirmed the date. Whatever ends,
 * expires or is forgotten by time asks here, so that a wrong clock loses nothing.
 */
export function createTrustedClock(read: () => Reading) {
  let state = begin(null, read())
  const now = () => {
    state = look(state, read())
    return state
  }
  return {
    /** Goes on from what an earlier process has kept. */
    restore(kept: KeptClock | null) {
      state = begin(kept, read())
    },
    /** The time that is believed, ms since 1970. */
    now: () => now().at,
    /** The earlier of both clocks: for what must not happen too soon, whichever of them stamped its beginning. */
    careful: () => Math.min(now().at, read().wall),
    /** For what must not happen too late: the machine's clock, unless it is behind, or days ahead. */
    due() {
      const { at, off } = now()
      return off === null || (off > 0 && off <= maxDueAheadMs) ? read().wall : at
    },
    /** How far the machine's clock is from what is believed, ms; null: it is believed. */
    off: () => now().off,
    /** What a moment of the machine's clock (ms) is by the believed one. */
    corrected: (wall: number) => wall - (now().off ?? 0),
    /** Staff say that the machine's clock is right. */
    confirm() {
      const { wall, up, boot } = read()
      state = { at: wall, up, boot, off: null, atLeast: false }
    },
    kept(): KeptClock {
      const { at, up, boot, off } = now()
      return { at, up, boot, off }
    },
  }
}
export type TrustedClock = ReturnType<typeof createTrustedClock>
