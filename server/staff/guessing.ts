import { budgets } from '../budgets/table.ts'

/**
 * When the counter was last told that somebody guesses PINs (ISO 8601), while that is recent; otherwise null. `now` in
 * ms.
 */
export const guessingToldAt = (toldUntil: number, now: number) =>
  toldUntil > now ? new Date(toldUntil - budgets.pinTold.perMs).toISOString() : null
