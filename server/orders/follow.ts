import { createHmac } from 'node:crypto'
import type { Order, OrderState } from '../../shared/order/order.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import { needsTable } from '../../shared/order/modes.ts'
import { activeStates } from '../../shared/order/moves.ts'
import { toSharedOrder, toTableOrder, type SharedView, type TableView } from '../../shared/order/shared.ts'
import type { Tx } from '../../db/store.ts'
import { requirePizzeria, tableOf } from '../menu/pizzeria.ts'
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

/** The table of a QR code's token, with its orders that are not over; `table.unknown` where there is none. */
export async function readTable(
  { store, clock }: Pick<Context, 'store' | 'clock'>,
  pizzeria: string,
  token: string,
): Promise<TableView> {
  return await store.read(async (tx) => {
    const name = tableOf(await requirePizzeria(tx, pizzeria), token)
    // Staff write a table's name by hand, and no two tables differ only in capitals.
    const isHere = ({ mode, table, test }: Order) =>
      needsTable[mode] && !test && table?.toLowerCase() === name.toLowerCase()
    const orders = (await tx.ordersIn(pizzeria, activeStates)).filter(isHere)
    orders.sort((one, other) => Date.parse(one.placedAt) - Date.parse(other.placedAt) || one.number - other.number)
    return { now: new Date(clock()).toISOString(), table: { name }, orders: orders.map(toTableOrder) }
  })
}
