import type { LogEvent } from '../../shared/live/events.ts'

export type Listener = (events: LogEvent[]) => void

/**
 * Rings after each commit, with its events. Whoever writes needs to know nobody who listens, and the listeners are
 * connected when they are built. Only a nudge: whoever misses one finds the events in the log.
 */
export function createDoorbell() {
  const listeners: Listener[] = []
  return {
    ring(events: LogEvent[]) {
      for (const listener of listeners) listener(events)
    },
    onRing: (listener: Listener) => void listeners.push(listener),
  }
}
