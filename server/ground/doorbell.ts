import type { LogEvent } from '../../shared/live/events.ts'

/** `epoch`: the one of the log that they are in. */
export type Listener = (events: LogEvent[], epoch: string) => void

/**
 * Rings after each commit, with its events, so that a writer does not need to know the listeners; they are connected
 * when they are built. It is only a hint: a listener that misses it finds the events in the log.
 */
export function createDoorbell() {
  const listeners: Listener[] = []
  return {
    ring(events: LogEvent[], epoch: string) {
      for (const listener of listeners) listener(events, epoch)
    },
    onRing: (listener: Listener) => void listeners.push(listener),
  }
}
