import type { Tx } from '../../db/store.ts'
import type { Actor, Order } from '../../shared/order/order.ts'
import { budgets } from '../budgets/table.ts'

const { remembered, rushMs } = budgets.order

/**
 * What a step means for trust in an order's source: evidence gives the budget back, a refusal counts against the
 * source.
 */
export async function countStep(tx: Tx, before: Order, after: Order, actor: Actor, now: number) {
  switch (after.state) {
    case 'making':
    case 'baking':
    case 'ready':
    case 'collected':
    case 'expired':
      return await tx.dropTrust(after.id)
    case 'queued':
    case 'scheduled':
      return before.state === 'pending' ? await tx.dropTrust(after.id) : undefined
    case 'rejected':
      return await tx.setTrust(after.id, 'refused', now + remembered.ms)
    case 'cancelled':
      return actor === 'customer' && before.state !== 'pending'
        ? // Otherwise ordering and cancelling in turn would cost nothing.
          await tx.setTrust(after.id, 'open', now + rushMs)
        : await tx.setTrust(after.id, 'refused', now + remembered.ms)
    case 'pending':
      return before.state === 'rejected' ? await tx.setTrust(after.id, 'held', now + remembered.ms) : undefined
    default:
      return after.state satisfies never
  }
}
