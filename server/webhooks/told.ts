import type { LogEvent, LogEventOf } from '../../shared/live/events.ts'
import type { Order } from '../../shared/order/order.ts'
import type { HookType } from '../../shared/webhooks.ts'

export type OrderEvent = LogEventOf<'order.placed'> | LogEventOf<'order.moved'>

/** Events of which a webhook may be told: steps of orders that are no rehearsal's. */
export const isOrderEvent = (event: LogEvent): event is OrderEvent =>
  (event.type === 'order.placed' || event.type === 'order.moved') && !event.data.test

/** The order that an event of it holds. */
export const orderIn = (event: LogEvent): Order | null =>
  event.type === 'order.placed' || event.type === 'order.moved' || event.type === 'order.paid' ? event.data : null

const hasEnded = ({ state }: Order) => state === 'cancelled' || state === 'rejected' || state === 'expired'

/**
 * What an order's step is to those who follow the shop; null: nothing that they are told of. An order that waits for
 * somebody's yes is not placed yet. Whoever was told of a state that was then taken back hears that the order is no
 * longer as it was told (`order.amended`), with the order as it is now.
 */
export function typeOf(before: Order | null, after: Order): HookType | null {
  if (after.state === 'pending') return null
  if (before === null || before.state === 'pending') return hasEnded(after) ? null : 'order.placed'
  if (after.state !== before.state) {
    if (hasEnded(after)) return hasEnded(before) ? null : 'order.cancelled'
    if (after.state === 'collected') return 'order.collected'
    if (after.state === 'ready' && before.state !== 'collected') return 'order.ready'
    const wasTold = before.state === 'ready' || before.state === 'collected' || hasEnded(before)
    if (wasTold) return 'order.amended'
  }
  return after.amended?.at === before.amended?.at ? null : 'order.amended'
}
