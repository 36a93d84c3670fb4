/**
 * What a page may claim about its freshness (CLI-6): `live`; `doubt`, said in amber with the time of the last news;
 * `blind`, greyed, because nobody should rely on it any more.
 */
export type Freshness = 'live' | 'doubt' | 'blind'

/** ms without a frame from the server. Heartbeats come every 10 s, so after 12 s one is missing. */
export const doubtAfterMs = 12_000
export const blindAfterMs = 30_000

/** `confirmedAt` is when the last frame came and `now` the time on the same clock, both ms. */
export function freshness(confirmedAt: number, now: number): Freshness {
  const silence = now - confirmedAt
  if (silence >= blindAfterMs) return 'blind'
  return silence >= doubtAfterMs ? 'doubt' : 'live'
}
