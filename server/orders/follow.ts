import { createHmac } from 'node:crypto'
import type { Order, OrderState } from '../../shared/order/order.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import { toSharedOrder, type SharedView } from '../../shared/order/shared.ts'
import type { Tx } from '../../db/store.ts'
import { requirePizzeria } from '../menu/pizzeria.ts'
import type { Context } from '../context.ts'
import { sameText } from '../ground/same-text.ts'

/** The states in which an order stands in the kitchen's queue. */
const waiting: readonly OrderState[] = ['queued', 'making', 'baking']

/** How many orders and pizzas the kitchen makes before this one; null while it is not in the kitchen. */
export interface QueuePlace {
  ahead: { orders: number; pizzas: number } | null
}

export async function readPlace({ store }: Pick<Context, 'store'>, tracking: string): Promise<QueuePlace> {
  return await store.read(async (tx) => {
    const order = await requireTracked(tx, tracking)
    return { ahead: waiting.includes(order.state) ? await tx.ahead(order) : null }
  })
}

/** The order of a tracking id, or `order.unknown`. */
export async function requireTracked(tx: Tx, tracking: string): Promise<Order> {
  const order = await tx.orderByTracking(tracking)
  if (!order) throw new Rejected('order.unknown')
  return order
}

/**
 * The word that shows an order to whoever has it, and does nothing else. It is made from the tracking id, which nobody
 * can work out from it, so nothing is stored, and every node knows it.
 */
const shareOf = ({ id, tracking }: Pick<Order, 'id' | 'tracking'>) =>
  `${id}.${createHmac('sha256', tracking).update('share').digest('base64url').slice(0, 22)}`

export const readShare = async ({ store }: Pick<Context, 'store'>, tracking: string) => ({
  share: shareOf(await store.read((tx) => requireTracked(tx, tracking))),
})

/** What a shared link shows: no surname, phone number, note or sum, and no way to the order's own page. */
export async function readShared(
  { store, clock }: Pick<Context, 'store' | 'clock'>,
  share: string,
): Promise<SharedView> {
  return await store.read(async (tx) => {
    const order = await tx.order(share.split('.')[0]!)
    if (!order || !sameText(share, shareOf(order))) throw new Rejected('order.unknown')
    const { id, name, timezone } = await requirePizzeria(tx, order.pizzeria)
    return { now: new Date(clock()).toISOString(), pizzeria: { id, name, timezone }, order: toSharedOrder(order) }
  })
}
