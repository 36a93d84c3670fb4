import type { WireEvent } from '../messages.ts'
import type { Cursor } from '../cursor.ts'

/** How many later events are kept aside while one before them is missing. */
export const maxAside = 200

/**
 * Puts arriving events into the log's order, whether they are doubled, late or early (CLI-2). One feed outlives all
 * connections of a page, so an event that two transports deliver is applied once.
 */
export function createFeed(start: Cursor | null, apply: (event: WireEvent) => void) {
  let cursor = start
  let doubted = start === null
  const aside = new Map<number, WireEvent>()

  /**
   * Applies the events that have become next. The cursor moves first: whatever `apply` does, no event is applied twice.
   */
  function drain() {
    while (cursor) {
      const event = aside.get(cursor.position + 1)
      if (!event) return
      aside.delete(event.position)
      cursor = { ...cursor, position: event.position }
      apply(event)
    }
  }

  return {
    cursor: () => cursor,
    position: () => cursor?.position ?? 0,
    /** Later events are here, the next one is missing. */
    hole: () => aside.size > 0,
    /** What was applied may be wrong: take a snapshot before continuing. */
    doubt() {
      doubted = true
      aside.clear()
    },
    doubted: () => doubted,
    /** A new connection sends everything after the cursor, so events kept from the previous one are not a hole. */
    forget: () => aside.clear(),
    /**
     * Applies the next event and keeps early ones. Returns false when too many were kept; all of them are then dropped.
     */
    take(events: readonly WireEvent[]) {
      for (const event of events) {
        if (!cursor || event.position <= cursor.position) continue
        aside.set(event.position, event)
        drain()
      }
      if (aside.size <= maxAside) return true
      aside.clear()
      return false
    },
    reset(to: Cursor) {
      if (to.epoch !== cursor?.epoch) aside.clear()
      for (const position of aside.keys()) {
        if (position <= to.position) aside.delete(position)
      }
      cursor = to
      doubted = false
    },
  }
}
export type Feed = ReturnType<typeof createFeed>
