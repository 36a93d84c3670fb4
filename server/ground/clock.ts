import type { Store } from '../../db/store.ts'

/** Less than this is the way to the database and back, and no clock that is wrong (ms). */
const toleratedMs = 100
/** An answer that took longer says too little about when it was given (ms). */
const maxRoundMs = 1000

export interface SharedClock {
  now(): number
  /** Compares with the database. */
  measure(): Promise<void>
}

/**
 * The database's clock, which all nodes share: this machine's own, and how far it is off. One node whose clock is wrong
 * would alarm too early, or give promises that the others do not understand.
 */
export function createSharedClock(store: Store, own: () => number = Date.now): SharedClock {
  let offset = 0
  return {
    now: () => own() + offset,
    async measure() {
      const [before, theirs, after] = await store.read(async (tx) => {
        // The transaction has begun: what is measured is one answer.
        await tx.now()
        return [own(), await tx.now(), own()] as const
      })
      if (after - before > maxRoundMs || after < before) return
      const measured = Math.round(theirs - (before + after) / 2)
      if (Math.abs(measured - offset) > toleratedMs) offset = measured
    },
  }
}
