import { noShowMinutes } from './lanes.ts'
import type { BoardEntry } from './views.ts'

/** How long an order that nobody marks ready may stay under "preparing", ms; after that it was forgotten. */
const preparingStaysMs = 12 * 3_600_000

/**
 * Whether an order is still on the board at `now` (ms). An order that nobody collected leaves by itself when the
 * counter is asked to call it a no-show, so that yesterday's number never stands beside the same number of today.
 */
export function standsOnBoard(
  { state, readyAt, updatedAt }: Pick<BoardEntry, 'state' | 'readyAt' | 'updatedAt'>,
  now: number,
) {
  if (state === 'ready') return now < Date.parse(readyAt ?? updatedAt) + noShowMinutes * 60_000
  return now < Date.parse(updatedAt) + preparingStaysMs
}
