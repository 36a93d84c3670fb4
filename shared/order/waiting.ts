import type { DecideContext, Decision } from './decision.ts'
import type { Order } from './order.ts'

/**
 * What happens to orders that wait to be accepted, because strangers have brought more than their budget or because the
 * pizzeria accepts each order by hand. They hold no slot and no stock while they wait.
 */
export type WaitingCommand =
  /** Taken out of the queue again, because its source turned out to bring too much. */
  | { name: 'hold'; heldFor: string }
  /** Nobody answered in time. */
  | { name: 'lapse' }
  /** A rejection taken back. */
  | { name: 'restore'; ifVersion: number }

/** An order that nobody has answered lapses after this time, ms. */
export const lapseMs = 30 * 60_000
/** The `cancelReason` of an order that lapsed; screens say it in words. */
export const lapsedReason = 'no_answer'
/** No pizzeria has more waiting orders than this: `order.too_many_waiting`. */
export const maxWaiting = 200
const restoreMs = 10 * 60_000

/** The rule for waiting orders, pure, like `decide` for all other steps. */
export function decideWaiting(order: Order, command: WaitingCommand, { actor, now }: DecideContext): Decision {
  const staff = actor === 'counter' || actor === 'manager'
  const changed = { version: order.version + 1, updatedAt: now }
  const to = (more: Partial<Order>): Decision => ({
    outcome: 'changed',
    type: 'order.moved',
    order: { ...order, ...changed, ...more },
  })
  const refused = (code: 'order.stale' | 'order.illegal'): Decision => ({
    outcome: 'refused',
    rejection: { code, details: { order } },
  })
  switch (command.name) {
    case 'hold':
      if (actor !== 'system' || (order.state !== 'queued' && order.state !== 'scheduled'))
        return refused('order.illegal')
      return to({ state: 'pending', heldFor: command.heldFor, queuedAt: null, shownAt: null })
    case 'lapse':
      if (actor !== 'system' || order.state !== 'pending') return refused('order.illegal')
      return to({ state: 'rejected', cancelledAt: now, cancelReason: lapsedReason })
    case 'restore':
      if (order.state === 'pending') return { outcome: 'unchanged', order }
      if (order.version !== command.ifVersion) return refused('order.stale')
      if (!staff || order.state !== 'rejected' || Date.parse(now) - Date.parse(order.updatedAt) > restoreMs)
        return refused('order.illegal')
      return to({ state: 'pending', cancelledAt: null, cancelReason: null })
    default:
      return command satisfies never
  }
}
