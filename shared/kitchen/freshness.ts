/** What the screen may claim about its knowledge: `live`, `doubt` (amber frame), `blind` (grey: use the counter). */
export type Freshness = 'live' | 'doubt' | 'blind'

/** ms without a frame from the server. Heartbeats come every 10 s, so 12 s means that one is missing. */
export const doubtAfterMs = 12_000
export const blindAfterMs = 30_000

/** `confirmedAt` is when the last frame came, `now` the time on the same clock, both ms. */
export function freshness(confirmedAt: number, now: number): Freshness {
  const silence = now - confirmedAt
  if (silence >= blindAfterMs) return 'blind'
  return silence >= doubtAfterMs ? 'doubt' : 'live'
}
