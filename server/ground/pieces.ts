import { setTimeout as wait } from 'node:timers/promises'

/**
 * Repeats `piece` until it has done less than it may. After each piece as much time is left to everybody else as it
 * took, and at least one turn of the event loop, so that nobody notices (OPS-4). Ends early when the server does.
 */
export async function inPieces(
  { uptime, life }: { uptime: () => number; life: { phase: 'serving' | 'draining' } },
  most: number,
  piece: (most: number) => Promise<number>,
) {
  while (life.phase === 'serving') {
    const began = uptime()
    if ((await piece(most)) < most) return
    await wait(uptime() - began)
  }
}
