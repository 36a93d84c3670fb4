import type { LogEvent, NewEvent } from '../../shared/live/events.ts'
import type { Store, Tx } from '../../db/store.ts'

/** Writes an event to the log at the next position; the doorbell rings for it after the commit. */
export type Append = (event: NewEvent) => Promise<LogEvent>

/**
 * One transaction that may write events of a pizzeria. It resolves after the commit is flushed and rings the doorbell
 * only then, so that nobody hears of a change that could still be rolled back.
 */
export type Commit = <T>(pizzeria: string, work: (tx: Tx, append: Append) => Promise<T>) => Promise<T>

/** Transactions that write events; `ring` is called after each commit that wrote any. */
export function createCommit(store: Store, ring: (events: LogEvent[], epoch: string) => void): Commit {
  return async (pizzeria, work) => {
    const { result, written, epoch } = await store.write(pizzeria, async (tx) => {
      const written: LogEvent[] = []
      const result = await work(tx, async (event) => {
        const appended = await tx.append(event)
        written.push(appended)
        return appended
      })
      return { result, written, epoch: written.length > 0 ? await tx.epoch() : '' }
    })
    if (written.length > 0) ring(written, epoch)
    return result
  }
}

/** The same, with everything that is written signed by who does it (`by` of the log). */
export const signedBy =
  (commit: Commit, by: string | null): Commit =>
  (pizzeria, work) =>
    commit(pizzeria, (tx, append) => work(tx, (event) => append({ ...event, by })))
