import type { Pizzeria } from '../../shared/menu/pizzeria.ts'
import type { Tx } from '../../db/store.ts'
import { piecesByItem } from '../../shared/menu/pricing.ts'
import type { Actor, Order } from '../../shared/order/order.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import type { Append } from '../context.ts'
import { changeMenu } from './change.ts'

export interface StockChange {
  pizzeria: Pizzeria
  /** A rehearsal's order never changes stock. */
  order: Pick<Order, 'test'> & { lines: Parameters<typeof piecesByItem>[0] }
  direction: 'take' | 'give'
  actor: Actor
  now: number
}

/**
 * Takes or gives back an order's counted portions, in the transaction that needs it, so that the last one is sold once.
 * Throws `menu.sold_out` when there are not enough.
 */
export async function moveStock(tx: Tx, append: Append, { pizzeria, order, direction, actor, now }: StockChange) {
  if (order.test) return
  const { items } = await tx.menuRows(pizzeria)
  const wanted = piecesByItem(order.lines)
  const counted = items.filter(({ id, stock }) => stock != null && wanted.has(id))
  if (counted.length === 0) return
  for (const { id, stock } of counted) {
    const pieces = wanted.get(id)!
    if (direction === 'take' && stock! < pieces) throw new Rejected('menu.sold_out', { item: id, left: stock! })
    await tx.takeStock(pizzeria.id, id, direction === 'take' ? pieces : -pieces)
  }
  await changeMenu(tx, append, { pizzeria: pizzeria.id, items: counted.map(({ id }) => id), actor, now })
}
