import type { Actor } from '../../shared/order/order.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import type { Context } from '../context.ts'
import { changeMenu } from './change.ts'

export interface Availability {
  pizzeria: string
  kind: 'item' | 'topping'
  id: string
  available: boolean
  /** ISO 8601: comes back by itself. */ until?: string | null
  actor: Actor
}

/** 86 and back: at once on every open menu. */
export async function setAvailability(
  { commit, clock }: Pick<Context, 'commit' | 'clock'>,
  { pizzeria, kind, id, available, until, actor }: Availability,
) {
  await commit(pizzeria, async (tx, append) => {
    const back = available || !until ? null : Date.parse(until)
    const known =
      kind === 'item'
        ? await tx.setItemAvailable(pizzeria, id, available, back)
        : await tx.setToppingAvailable(pizzeria, id, available, back)
    if (!known) throw new Rejected(kind === 'item' ? 'menu.item_unknown' : 'menu.topping_unknown', { [kind]: id })
    await changeMenu(tx, append, { pizzeria, [kind === 'item' ? 'items' : 'toppings']: [id], actor, now: clock() })
  })
}

/** Pause, resume and busy minutes. */
export async function setCondition(
  { commit, clock }: Pick<Context, 'commit' | 'clock'>,
  {
    pizzeria,
    change,
    actor,
  }: { pizzeria: string; change: { pausedUntil?: string | null; busyMinutes?: number }; actor: Actor },
) {
  return await commit(pizzeria, async (tx, append) => {
    await tx.updatePizzeria(pizzeria, {
      ...(change.pausedUntil !== undefined && {
        pausedUntil: change.pausedUntil === null ? null : Date.parse(change.pausedUntil),
      }),
      ...(change.busyMinutes !== undefined && { busyMinutes: change.busyMinutes }),
    })
    await changeMenu(tx, append, { pizzeria, condition: true, actor, now: clock() })
  })
}
