import type { Store } from '../../db/store.ts'

/** Less than this is the way to the database and back, and no clock that is wrong (ms). */
const toleratedMs = 100
/** An answer that took longer says too little about when it was given (ms). */
const maxRoundMs = 1000

export interface SharedClock {
  /** ms since 1970; only after the first `measure`. */
  now(): number
  /** Compares with the database. */
  measure(): Promise<void>
}

/**
 * The database's clock, which all nodes share. One node whose clock is wrong would alarm too early, or give promises
 * that the others do not understand. Between two measurements it goes on by `own`, ms that nobody can set: somebody
 * who sets this machine's clock is not even believed until the next one.
 */
export function createSharedClock(store: Store, own: () => number): SharedClock {
  let offset: number | undefined
  return {
    now: () => Math.floor(own() + (offset ?? 0)),
    async measure() {
      const [before, theirs, after] = await store.read(async (tx) => {
        // The transaction has begun: what is measured is one answer.
        await tx.now()
        return [own(), await tx.now(), own()] as const
      })
      // The first one is taken however long it took: there is nothing else to go by.
      if (offset !== undefined && (after - before > maxRoundMs || after < before)) return
      const measured = theirs - (before + after) / 2
      if (offset === undefined || Math.abs(measured - offset) > toleratedMs) offset = measured
    },
  }
}
