import type { LogEvent } from '../../db/queries/log.ts'
import type { Store } from '../../db/store.ts'
import type { Commit } from '../services.ts'

/** Transactions that write events, with a doorbell after each commit. */
export function createCommit(store: Store, ring: (events: LogEvent[]) => void): Commit {
  return async (work) => {
    const { result, written } = await store.write(async (tx) => {
      const written: LogEvent[] = []
      const result = await work(tx, async (event) => {
        const appended = await tx.append(event)
        written.push(appended)
        return appended
      })
      return { result, written }
    })
    if (written.length > 0) ring(written)
    return result
  }
}
