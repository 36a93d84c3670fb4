import { RateLimiterMemory, type RateLimiterAbstract } from 'rate-limiter-flexible'
import { Rejected } from '../../shared/order/rejections.ts'

/**
 * How often one address may try. Kept in this process: a node more means a few more tries, which a PIN's length bears.
 */
export function createLimits() {
  return {
    /** Wrong PINs of one address: ten in five minutes, then five minutes' wait. */
    signIn: new RateLimiterMemory({ points: 10, duration: 300, blockDuration: 300 }),
    /** Wrong PINs for one pizzeria, from anywhere. */
    signInPizzeria: new RateLimiterMemory({ points: 100, duration: 300, blockDuration: 60 }),
    /** Pairing codes tried, and codes asked for. */
    pairing: new RateLimiterMemory({ points: 30, duration: 60 }),
    inLine: createLine(),
  }
}

/**
 * Does what belongs to one key one after the other: tries that come at once would all pass before the first is counted.
 */
function createLine() {
  const last = new Map<string, Promise<unknown>>()
  return <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const next = (last.get(key) ?? Promise.resolve()).then(work)
    const over = next
      .catch(() => {})
      .then(() => {
        if (last.get(key) === over) last.delete(key)
      })
    last.set(key, over)
    return next
  }
}
export type Limits = ReturnType<typeof createLimits>

/** Takes one point, or refuses with the seconds to wait. */
export async function takePoint(limiter: RateLimiterAbstract, key: string) {
  try {
    await limiter.consume(key)
  } catch (refusal) {
    throw slowDown(refusal as { msBeforeNext: number })
  }
}

/** Refuses when no points are left, without taking one. */
export async function requirePoints(limiter: RateLimiterAbstract, key: string) {
  const state = await limiter.get(key)
  if (state && state.remainingPoints <= 0) throw slowDown(state)
}

const slowDown = ({ msBeforeNext }: { msBeforeNext: number }) =>
  new Rejected('staff.slow_down', { retryAfter: Math.max(1, Math.ceil(msBeforeNext / 1000)) })
