import { standsOnBoard } from '../../../shared/order/board.ts'
import { boardStates, toBoardEntry, type BoardState } from '../../../shared/order/views.ts'
import type { Order } from '../../../shared/order/order.ts'
import { requirePizzeria } from '../../menu/pizzeria.ts'
import type { Projection } from '../../../shared/live/events.ts'
import { projectBy } from './project-by.ts'
import { anybody } from './access.ts'
import { lasting, wholeLog } from './feeds.ts'
import type { StreamKind } from './kind.ts'

/** The board must also learn that an order has left it. */
const boardOrder = (order: Order) =>
  (boardStates as readonly string[]).includes(order.state) || order.version > 1 ? toBoardEntry(order) : null

/** `board:{pizzeria}`: numbers and first names on the public pick-up board. */
export const board: StreamKind<BoardState> = {
  ...lasting,
  ...wholeLog,
  authorise: anybody,
  async snapshot(tx, ref, now) {
    const { id, name, timezone, position } = await requirePizzeria(tx, ref.pizzeria)
    const orders = (await tx.ordersIn(id, boardStates)).filter((order) => standsOnBoard(order, now))
    return { state: { pizzeria: { id, name, timezone }, entries: orders.map(toBoardEntry) }, position }
  },
  project: projectBy(
    { 'order.placed': boardOrder, 'order.moved': boardOrder, 'order.paid': boardOrder } satisfies Projection<'board'>,
    wholeLog.positionOf,
  ),
}
