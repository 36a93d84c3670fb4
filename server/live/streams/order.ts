import type { OrderState } from '../../../shared/order/order.ts'
import { Rejected } from '../../../shared/order/rejections.ts'
import { toCustomerOrder, type OrderViewState } from '../../../shared/order/views.ts'
import { requirePizzeria, viewPizzeria } from '../../menu/pizzeria.ts'
import type { Projection } from '../../../shared/live/events.ts'
import { projectBy } from './project-by.ts'
import { subjectLog } from './feeds.ts'
import type { StreamKind } from './kind.ts'

/** No further change is possible after these. After `collected` an undo is still possible. */
const endStates: readonly OrderState[] = ['cancelled', 'rejected', 'expired']

const orderLog = subjectLog(
  (tracking) => `order:${tracking}`,
  async (tx, { key }) => (await tx.orderByTracking(key))?.version ?? 0,
)

/** `order:{tracking}`: one order, for its customer. The tracking id is the key: whoever has it may look. */
export const order: StreamKind<OrderViewState> = {
  ...orderLog,
  stays: false,
  provesDisplay: false,
  async authorise(tx, tracking) {
    const found = await tx.orderByTracking(tracking)
    return found ? { outcome: 'granted', pizzeria: found.pizzeria } : { outcome: 'refused', code: 4404 }
  },
  async snapshot(tx, { key, pizzeria }, now) {
    const found = await tx.orderByTracking(key)
    if (!found) throw new Rejected('order.unknown')
    const view = viewPizzeria(await requirePizzeria(tx, pizzeria), now)
    return { state: { pizzeria: view, order: toCustomerOrder(found) }, position: found.version }
  },
  project: projectBy(
    {
      'order.placed': toCustomerOrder,
      'order.moved': toCustomerOrder,
      'order.paid': toCustomerOrder,
    } satisfies Projection<'order'>,
    orderLog.positionOf,
  ),
  async isOver(tx, { key }, position) {
    const found = await tx.orderByTracking(key)
    return found !== undefined && endStates.includes(found.state) && position === found.version
  },
}
