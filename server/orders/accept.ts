import type { Tx } from '../../db/store.ts'
import { isOpenAt } from '../../shared/menu/openings.ts'
import type { Pizzeria } from '../../shared/menu/pizzeria.ts'
import { againOf } from '../../shared/order/again.ts'
import type { OrderCommand } from '../../shared/order/decide.ts'
import type { Order } from '../../shared/order/order.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import { readPrices } from '../menu/pizzeria.ts'
import { isForLater, quoteIn } from './quote.ts'
import { renumber } from './renumber.ts'

/** The counter accepts an order that waits. If it comes too late, the rule for moves refuses it. */
export const isYes = (order: Order, command: OrderCommand) =>
  order.state === 'pending' && command.name === 'move' && command.to === 'queued' && command.ifVersion === order.version

/**
 * What accepting settles again: price, stock, hours and slot as if the order were placed now, and the promise starts
 * again. A pause does not stop it, because the counter itself set the pause. It is refused for the reasons that would
 * refuse placing it now; the order then keeps waiting.
 */
export async function settleAgain(tx: Tx, pizzeria: Pizzeria, order: Order, now: number) {
  if (!isOpenAt(pizzeria.settings, pizzeria.timezone, now)) throw new Rejected('pizzeria.closed', { order })
  const prices = await readPrices(tx, pizzeria)
  const wantedAt = order.wantedAt ?? undefined
  const options = { now, later: wantedAt, unlimited: true, test: order.test }
  const quote = await quoteIn(tx, pizzeria, prices, order.lines.map(againOf), options)
  if (quote.total !== order.total) throw new Rejected('order.price_changed', { quote, order })
  const promiseAt = quote.promise.at
  const numbered = await renumber(tx, pizzeria, order, Date.parse(promiseAt))
  return { promiseAt, ...numbered, later: isForLater(pizzeria, { ...order, promiseAt }, now) }
}
