import type { OrderState } from './order.ts'

/** Orders in these states hold portions that nobody has used yet. */
const holding: readonly OrderState[] = ['scheduled', 'queued']
/** Orders in these states hold nothing when they came there from a state that held unused portions. */
const letGo: readonly OrderState[] = ['pending', 'cancelled', 'rejected', 'expired']

/**
 * What a change of state does to counted stock: `give` back what was ordered and will not be made, `take` it when the
 * order is accepted, or restored after a cancellation. What was started is used up, whatever becomes of the order.
 */
export function stockChange(from: OrderState, to: OrderState): 'take' | 'give' | null {
  if (holding.includes(from) && letGo.includes(to)) return 'give'
  if (letGo.includes(from) && holding.includes(to)) return 'take'
  return null
}
