import { activeStates } from '../../../shared/order/moves.ts'
import type { CounterState } from '../../../shared/order/views.ts'
import { requirePizzeria, viewPizzeria } from '../../menu/pizzeria.ts'
import type { Projection } from '../../../shared/live/events.ts'
import { guessingToldAt } from '../../staff/guessing.ts'
import { asItIs, projectBy, tooMuch } from './project-by.ts'
import { viewScreen } from './view-screen.ts'
import { only } from './access.ts'
import { lasting, wholeLog } from './feeds.ts'
import type { StreamKind } from './kind.ts'

/** How far back the counter sees finished orders, ms. */
const doneStaysMs = 12 * 3_600_000

/** `counter:{pizzeria}`: whole orders, screens and alarms, for the counter staff. */
export const counter: StreamKind<CounterState> = {
  ...lasting,
  ...wholeLog,
  authorise: only('counter', 'manager'),
  async snapshot(tx, ref, now) {
    const pizzeria = await requirePizzeria(tx, ref.pizzeria)
    const { id, position } = pizzeria
    const unseen = await tx.unseen(id)
    const clock = await tx.keptClock()
    const guessedAt = guessingToldAt(await tx.budgetUntil('pinTold', id), now)
    return {
      state: {
        pizzeria: viewPizzeria(pizzeria, now),
        orders: await tx.ordersIn(
          id,
          activeStates,
          ['collected', 'cancelled', 'rejected', 'expired'],
          now - doneStaysMs,
        ),
        screens: (await tx.screens(id)).map(viewScreen),
        ...(guessedAt && { guessedAt }),
        ...(clock?.off != null && { clockOff: clock.off }),
        unseen: Object.fromEntries(
          unseen.map((one) => [one.id, { level: one.level, since: new Date(one.since ?? now).toISOString() }]),
        ),
      },
      position,
    }
  },
  project: projectBy(
    {
      'order.placed': asItIs,
      'order.moved': asItIs,
      'order.paid': asItIs,
      'menu.changed': ({ change }) => change ?? tooMuch,
      'kitchen.unseen': asItIs,
      'kitchen.shown': asItIs,
      'kitchen.screen': asItIs,
      'kitchen.ring': () => ({}),
      'staff.guessing': asItIs,
      'clock.jumped': asItIs,
    } satisfies Projection<'counter'>,
    wholeLog.positionOf,
  ),
}
