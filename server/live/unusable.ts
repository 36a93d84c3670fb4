import type { ResyncReason } from '../../shared/live/messages.ts'
import type { Cursor } from '../../shared/live/streams.ts'

/** A cursor further back than this gets a snapshot instead: it is smaller. */
export const maxEventsBehind = 5000

/** Why a cursor cannot be resumed from, or null when it can. All or nothing: never part of the missing events. */
export function unusable(
  after: Cursor,
  { epoch, head }: { epoch: string; head: number },
  oldest: number,
): ResyncReason | null {
  if (after.epoch !== epoch) return 'epoch'
  if (after.position > head) return 'future'
  if (after.position < oldest - 1) return 'old'
  return head - after.position > maxEventsBehind ? 'many' : null
}
