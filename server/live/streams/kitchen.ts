import { openStates } from '../../../shared/order/moves.ts'
import type { Order } from '../../../shared/order/order.ts'
import { toKitchenScreen, toTicket, type KitchenState } from '../../../shared/order/views.ts'
import { outOfStock } from '../../menu/change.ts'
import { requirePizzeria, viewPizzeria } from '../../menu/pizzeria.ts'
import type { Projection } from '../../../shared/live/events.ts'
import { projectBy } from './project-by.ts'
import { only } from './access.ts'
import { lasting, wholeLog } from './feeds.ts'
import type { StreamKind } from './kind.ts'
import { viewScreen } from './view-screen.ts'

const minute = 60_000
/** A cancelled ticket stays struck through for a minute. */
const cancelledStaysMs = minute
/** How far back the kitchen may recall. */
const recallMs = 30 * minute

/** An order that waits to be accepted is none of the kitchen's business (BDG-2); one that is taken back to wait is. */
const placed = (order: Order) => (order.state === 'pending' ? null : toTicket(order))

/** `kitchen:{pizzeria}`: the tickets, for the screens above the oven. */
export const kitchen: StreamKind<KitchenState> = {
  ...lasting,
  ...wholeLog,
  provesDisplay: true,
  authorise: only('kitchen', 'counter', 'manager'),
  async snapshot(tx, ref, now) {
    const pizzeria = await requirePizzeria(tx, ref.pizzeria)
    const orders = [
      ...(await tx.ordersIn(pizzeria.id, ['scheduled', ...openStates])),
      ...(await tx.ordersIn(pizzeria.id, [], ['ready'], now - recallMs)),
      ...(await tx.ordersIn(pizzeria.id, [], ['cancelled'], now - cancelledStaysMs)),
    ]
    const { makers, ovenSlots, bakeSeconds, reloadSeconds } = pizzeria.settings.kitchen
    const { id, name, timezone, busyMinutes, pausedUntil, open } = viewPizzeria(pizzeria, now)
    return {
      state: {
        pizzeria: { id, name, timezone, busyMinutes, pausedUntil, open, makers, ovenSlots, bakeSeconds, reloadSeconds },
        tickets: orders.map(toTicket),
        menu: { out: outOfStock(await tx.menuRows(pizzeria)) },
        screens: (await tx.screens(pizzeria.id)).map((screen) => toKitchenScreen(viewScreen(screen))),
      },
      position: pizzeria.position,
    }
  },
  project: projectBy(
    {
      'order.placed': placed,
      'order.moved': toTicket,
      'order.paid': toTicket,
      'menu.changed': ({ out }) => ({ out }),
      'kitchen.unseen': ({ level, since, order }) => ({ level, since, ticket: toTicket(order) }),
      'kitchen.screen': toKitchenScreen,
      'kitchen.ring': () => ({}),
    } satisfies Projection<'kitchen'>,
    wholeLog.positionOf,
  ),
}
