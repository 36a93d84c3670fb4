import type { LogEvent } from '../../db/queries/log.ts'
import type { Store } from '../../db/store.ts'
import type { Commit } from '../services.ts'

/** Transactions that write events, with a doorbell after each commit. */
export function createCommit(store: Store, ring: (events: LogEvent[]) => void): Commit {
  return async (work) => {
    let written: LogEvent[] = []
    const result = await store.write((tx) => {
      // What an earlier run appended was undone.
      written = []
      return work(tx, async (event) => {
        const appended = await tx.append(event)
        written.push(appended)
        return appended
      })
    })
    if (written.length > 0) ring(written)
    return result
  }
}
