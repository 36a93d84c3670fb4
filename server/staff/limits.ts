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
  }
}
export type Limits = ReturnType<typeof createLimits>

/** Takes one point, or refuses with the seconds to wait. */
export async function takePoint(limiter: RateLimiterAbstract, key: string) {
  try { await limiter.consume(key) }
  catch (refusal) { throw slowDown(refusal as { msBeforeNext: number }) }
}

/** Refuses when no points are left, without taking one. */
export async function requirePoints(limiter: RateLimiterAbstract, key: string) {
  const state = await limiter.get(key)
  if (state && state.remainingPoints <= 0) throw slowDown(state)
}

const slowDown = ({ msBeforeNext }: { msBeforeNext: number }) => new Rejected('staff.slow_down', { retryAfter: Math.max(1, Math.ceil(msBeforeNext / 1000)) })
