import type { Tx } from '../../db/store.ts'
import { decide, type OrderCommand, type Step } from '../../shared/order/decide.ts'
import type { Actor, Order } from '../../shared/order/order.ts'
import { toCustomerOrder, toTicket, type CustomerOrder, type Ticket } from '../../shared/order/views.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import { requireTracked } from './follow.ts'
import type { Append, Context } from '../context.ts'
import { requirePizzeria } from '../menu/pizzeria.ts'
import { moveStock } from '../menu/stock.ts'
import { stockChange } from '../../shared/order/stock.ts'
import { isYes, settleAgain } from './accept.ts'
import { notePushes } from '../push/pushes.ts'
import { countStep } from './evidence.ts'
import { settleRestored } from './restore.ts'
import { newId } from '../ground/ids.ts'

/** Applies a command of staff, screen or system to an order; the order must belong to `pizzeria`. */
export async function changeOrder(
  { commit, clock }: Pick<Context, 'commit' | 'clock'>,
  { id, pizzeria, command, actor }: { id: string; pizzeria: string; command: OrderCommand; actor: Actor },
): Promise<Order> {
  return await commit(pizzeria, async (tx, append) => {
    const order = await tx.order(id)
    // Another pizzeria's order gets the same answer as an unknown one, so that nobody learns that it exists.
    if (!order || order.pizzeria !== pizzeria) throw new Rejected('order.unknown')
    const step = command.name === 'undo' ? await stepOf(tx, order, command.ifVersion) : undefined
    return await applyCommand(tx, append, { order, command, actor, now: clock(), step })
  })
}

/** How many payments may have been noted since a step that is taken back. */
const maxPayments = 50

/**
 * The last step up to a version of an order, from the log; null when there was none or it is no longer kept. Money that
 * was noted since is no step, and stays: a refund does not keep a cancelled order from being restored.
 */
async function stepOf(tx: Tx, { pizzeria, tracking }: Order, version: number): Promise<Step | null> {
  const first = Math.max(0, version - maxPayments - 2)
  const events = await tx.subjectEventsAfter(pizzeria, `order:${tracking}`, first, version - first)
  const at = events.findLastIndex(({ type }) => type !== 'order.paid')
  const [before, made] = [events[at - 1], events[at]]
  if (events.at(-1)?.version !== version || !before || made?.type !== 'order.moved') return null
  // A change of what was ordered is no step: it is taken back by another change.
  if ((made.data as Order).amended?.at !== (before.data as Order).amended?.at) return null
  return { actor: made.actor, at: new Date(made.at).toISOString(), before: before.data as Order }
}

/** An order as the person who changes it may see it. */
export function viewFor(actor: Actor, order: Order): Order | Ticket | CustomerOrder {
  switch (actor) {
    case 'counter':
    case 'manager':
    case 'system':
      return order
    case 'kitchen':
      return toTicket(order)
    case 'customer':
      return toCustomerOrder(order)
    default:
      return actor satisfies never
  }
}

/** The customer cancels by their tracking id, as long as nothing is started. */
export async function cancelByCustomer(
  { store, commit, clock }: Pick<Context, 'store' | 'commit' | 'clock'>,
  tracking: string,
): Promise<Order> {
  // Whose order it is never changes; the transaction checks its state again.
  const { pizzeria } = await store.read((tx) => requireTracked(tx, tracking))
  return await commit(pizzeria, async (tx, append) => {
    const order = await requireTracked(tx, tracking)
    const command = { name: 'move', to: 'cancelled', ifVersion: order.version, confirmUnpaid: false } as const
    return await applyCommand(tx, append, { order, command, actor: 'customer', now: clock() })
  })
}

/** Decides, and writes order and event together. A refusal throws and so writes nothing. */
export async function applyCommand(
  tx: Tx,
  append: Append,
  {
    order,
    command,
    actor,
    now,
    step,
  }: { order: Order; command: OrderCommand; actor: Actor; now: number; step?: Step | null },
): Promise<Order> {
  const pizzeria = await requirePizzeria(tx, order.pizzeria)
  const accept = isYes(order, command) ? await settleAgain(tx, pizzeria, order, now) : undefined
  const settled = step && (await settleRestored(tx, pizzeria, order, step, now))
  const decision = decide(order, command, { actor, now: new Date(now).toISOString(), accept, step: settled })
  switch (decision.outcome) {
    case 'unchanged':
      return decision.order
    // The refusal carries the current order, as far as this person may see it.
    case 'refused':
      throw new Rejected(decision.rejection.code, { order: viewFor(actor, order) })
    case 'changed': {
      const { order: after, type } = decision
      const event = await append({
        pizzeria: order.pizzeria,
        id: newId(now),
        subject: `order:${order.tracking}`,
        version: after.version,
        type,
        at: now,
        actor,
        data: after,
      })
      await tx.updateOrder(order, after, event.position)
      const direction = stockChange(order.state, after.state)
      await countStep(tx, order, after, actor, now)
      await notePushes(tx, order, after, now)
      if (direction) await moveStock(tx, append, { pizzeria, order, direction, actor, now })
      return after
    }
    default:
      return decision satisfies never
  }
}
