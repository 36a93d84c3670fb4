import { setTimeout as wait } from 'node:timers/promises'

/**
 * Repeats `piece` until it has done less than it was allowed. After each piece it waits for as long as the piece took,
 * and at least one turn of the event loop, so that other work is not held up (OPS-4). It ends early when the server
 * ends.
 */
export async function inPieces(
  { uptime, life }: { uptime: () => number; life: { phase: 'serving' | 'draining' } },
  limit: number,
  piece: (limit: number) => Promise<number>,
) {
  while (life.phase === 'serving') {
    const began = uptime()
    if ((await piece(limit)) < limit) return
    await wait(uptime() - began)
  }
}
