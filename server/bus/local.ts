import type { OpenCarrier } from './bus.ts'

/** One process, or several nodes of a test in one process: whoever shares a room hears the others. */
export function createRoom() {
  const channels = new Map<string, Set<(word: string | null) => void>>()
  const open: OpenCarrier = (channel, hear) => {
    const all = channels.get(channel) ?? new Set()
    channels.set(channel, all)
    all.add(hear)
    return {
      maxBytes: 32 * 1024,
      async send(word) {
        for (const other of [...all]) other(word)
      },
      async close() {
        all.delete(hear)
      },
    }
  }
  return open
}
