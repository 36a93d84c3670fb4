import type { CustomerOrder } from './views.ts'

/** The progress of an order as its customer sees it. */
export const stages = ['placed', 'making', 'baking', 'ready'] as const
export type Stage = (typeof stages)[number]
export type StageView = { stage: Stage; state: 'done' | 'now' | 'open' | 'skipped' }

/**
 * Only what staff reported counts: `queued` shows nothing as begun, however long ago it was placed; no timer sets
 * `making` or `baking`. Steps that were skipped on the way to ready are shown as skipped, not as done.
 */
export function stagesOf(order: Pick<CustomerOrder, 'state'>): StageView[] {
  const reached = reachedBy(order.state)
  if (reached === null) return []
  return stages.map((stage, index) => ({
    stage,
    state: index > reached ? 'open' : index === reached ? 'now' : stage === 'placed' ? 'done' : 'skipped',
  }))
}

function reachedBy(state: CustomerOrder['state']): number | null {
  switch (state) {
    case 'scheduled':
    case 'pending':
    case 'queued':
      return 0
    case 'making':
      return 1
    case 'baking':
      return 2
    case 'ready':
    case 'collected':
      return 3
    case 'rejected':
    case 'cancelled':
    case 'expired':
      return null
    default:
      return state satisfies never
  }
}
