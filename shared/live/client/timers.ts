import type { LiveIo } from './types.ts'

/** Timers by name. Setting one replaces it, so that none can be forgotten or run twice. */
export function createTimers(io: Pick<LiveIo, 'setTimer' | 'clearTimer'>) {
  const running = new Map<string, unknown>()
  function clear(name: string) {
    if (!running.has(name)) return
    io.clearTimer(running.get(name))
    running.delete(name)
  }
  return {
    set(name: string, ms: number, run: () => void) {
      clear(name)
      running.set(
        name,
        io.setTimer(() => {
          running.delete(name)
          run()
        }, ms),
      )
    },
    has: (name: string) => running.has(name),
    clear,
    clearAll: () => [...running.keys()].forEach(clear),
  }
}
