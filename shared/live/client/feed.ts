import type { WireEvent } from '../messages.ts'
import type { Cursor } from '../cursor.ts'

/** Most events kept aside while one before them is missing. */
export const maxAside = 200

/**
 * Puts what arrives into the log's order: doubled, late, early, it does not matter (CLI-2). One feed outlives all
 * connections of a page, so an event that two transports bring is applied once.
 */
export function createFeed(start: Cursor | null, apply: (event: WireEvent) => void) {
  let cursor = start
  let doubted = start === null
  const aside = new Map<number, WireEvent>()

  /** Applies what has become next. The cursor moves first: whatever `apply` does, no event comes twice. */
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
    /** Later events are here, the next one is not. */
    hole: () => aside.size > 0,
    /** What was applied may be wrong: take a snapshot before going on. */
    doubt() {
      doubted = true
      aside.clear()
    },
    doubted: () => doubted,
    /** A new connection sends everything after the cursor: what was kept from the last one is no hole. */
    forget: () => aside.clear(),
    /** Applies what is next, keeps what is early; false when that was too much, and all of it is forgotten. */
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
