import type { BoardEntry } from './views.ts'

/** When a ready order is called on the board, ms after it became ready: at once, and again at 2 and 5 minutes. */
export const callTimes = [0, 120_000, 300_000] as const

/** How many calls of an entry are due at `now` (ms). */
export const callsDue = (entry: Pick<BoardEntry, 'readyAt' | 'updatedAt'>, now: number) =>
  callTimes.filter((after) => now >= Date.parse(entry.readyAt ?? entry.updatedAt) + after).length

/**
 * A call that is late by more than this, ms, is skipped, so that after a disconnect or a restart the room does not hear
 * old calls in a row.
 */
export const callFreshMs = 90_000

export interface Call {
  id: string
  /** 1, 2, 3 */ round: number
}

/**
 * The next call to make, or null: first calls first, then whoever has waited longest. `made` holds how often each entry
 * was called since it last became ready; a call that was missed (the board was off, or without news) is not made up
 * for.
 */
export function nextCall(ready: readonly BoardEntry[], made: ReadonlyMap<string, number>, now: number): Call | null {
  const due = ready
    .map((entry) => ({ id: entry.id, round: callsDue(entry, now), at: Date.parse(entry.readyAt ?? entry.updatedAt) }))
    .filter((call) => call.round > (made.get(call.id) ?? 0) && now - call.at - callTimes[call.round - 1]! < callFreshMs)
    .sort((a, b) => a.round - b.round || a.at - b.at)
  return due[0] ? { id: due[0].id, round: due[0].round } : null
}
