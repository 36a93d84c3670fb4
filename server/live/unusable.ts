import type { ResyncReason } from '../../shared/live/messages.ts'
import type { Cursor } from '../../shared/live/streams.ts'

/** A cursor that is further behind than this gets a snapshot instead, because it is smaller. */
export const maxEventsBehind = 5000

/** Why nothing can be gone on from after a position, however far behind; null: it can. */
export function lost(
  after: Cursor,
  { epoch, head, oldest }: { epoch: string; head: number; oldest: number },
): 'epoch' | 'future' | 'old' | null {
  if (after.epoch !== epoch) return 'epoch'
  if (after.position > head) return 'future'
  return after.position < oldest - 1 ? 'old' : null
}

/**
 * Why a cursor cannot be resumed from, or null when it can. All or nothing: some of the missing events are never sent.
 */
export function unusable(
  after: Cursor,
  { epoch, head }: { epoch: string; head: number },
  oldest: number,
): ResyncReason | null {
  return lost(after, { epoch, head, oldest }) ?? (head - after.position > maxEventsBehind ? 'many' : null)
}
