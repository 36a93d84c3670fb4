import { noShowMinutes } from './lanes.ts'
import type { BoardEntry } from './views.ts'

/** How long an order that nobody says is ready may stand under "preparing", ms: after that it was forgotten. */
const preparingStaysMs = 12 * 3_600_000

/**
 * Whether an order still stands on the board at `now` (ms). What nobody fetched leaves by itself when the counter is
 * asked to call it a no-show, so that a number of yesterday never stands beside the same one of today.
 */
export function standsOnBoard(
  { state, readyAt, updatedAt }: Pick<BoardEntry, 'state' | 'readyAt' | 'updatedAt'>,
  now: number,
) {
  if (state === 'ready') return now < Date.parse(readyAt ?? updatedAt) + noShowMinutes * 60_000
  return now < Date.parse(updatedAt) + preparingStaysMs
}
