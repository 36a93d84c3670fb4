import type { Tx } from '../../db/store.ts'
import { pizzasIn } from '../../shared/menu/pricing.ts'
import type { Pizzeria } from '../../shared/menu/pizzeria.ts'
import { hasRoom } from '../../shared/menu/quote.ts'
import type { Step } from '../../shared/order/decide.ts'
import { isActive } from '../../shared/order/moves.ts'
import type { Order } from '../../shared/order/order.ts'
import { isForLater, promiseIn } from './quote.ts'
import { renumber } from './renumber.ts'

/**
 * The step that an undo takes back, with the time that the order can have now: one that comes back into the queue keeps
 * its promise while its quarter hour still has room, and is promised anew where others have taken it meanwhile.
 */
export async function settleRestored(tx: Tx, pizzeria: Pizzeria, order: Order, step: Step, now: number): Promise<Step> {
  const { before } = step
  if (isActive(order.state) || (before.state !== 'queued' && before.state !== 'scheduled')) return step
  const pizzas = pizzasIn(before)
  const load = await tx.load(pizzeria)
  if (hasRoom(pizzeria.settings.kitchen, load.promised, Date.parse(before.promiseAt), pizzas)) return step
  const later = before.wantedAt ?? undefined
  const promise = promiseIn(pizzeria, load, { now, later, pizzas, unlimited: true })
  const promiseAt = new Date(Math.max(promise.at, Date.parse(before.promiseAt))).toISOString()
  const numbered = await renumber(tx, pizzeria, before, Date.parse(promiseAt))
  const waits = isForLater(pizzeria, { wantedAt: before.wantedAt, promiseAt }, now)
  const queue =
    before.state === 'scheduled' && !waits
      ? ({ state: 'queued', queuedAt: new Date(now).toISOString() } as const)
      : { state: before.state, queuedAt: before.queuedAt }
  return { ...step, before: { ...before, promiseAt, ...numbered, ...queue } }
}
