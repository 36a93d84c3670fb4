/**
 * The longest wait between two tries, ms: a kitchen reconnects within 10 s of its server's return, however long it was
 * away.
 */
export const maxWaitMs = 8_000
const baseWaitMs = 500

/**
 * Full jitter: a random wait between 0 and `min(8 s, 0.5 s × 2^attempt)`. `attempt` counts failures from 1, so the
 * first retry comes within 1 s. This spreads a crowd that was cut off together better than any fixed step (AWS
 * Architecture Blog, "Exponential Backoff and Jitter"). `random` is a number in [0, 1).
 */
export const backoff = (attempt: number, random: number) =>
  random * Math.min(maxWaitMs, baseWaitMs * 2 ** Math.min(attempt, 16))
