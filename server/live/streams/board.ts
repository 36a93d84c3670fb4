import { standsOnBoard } from '../../../shared/order/board.ts'
import { boardStates, isOnBoard, toBoardEntry, toBoardLeft, type BoardState } from '../../../shared/order/views.ts'
import type { Tx } from '../../../db/store.ts'
import type { Order } from '../../../shared/order/order.ts'
import { requirePizzeria } from '../../menu/pizzeria.ts'
import type { LogEvent, Projection } from '../../../shared/live/events.ts'
import { projectBy } from './project-by.ts'
import { anybody } from './access.ts'
import { lasting, wholeLog } from './feeds.ts'
import type { StreamKind } from './kind.ts'

/** The board must also learn which order has left it, and nothing else about that order. */
const boardOrder = (order: Order) => {
  if (isOnBoard(order)) return toBoardEntry(order)
  const came = order.version > 1 || (order.state !== 'pending' && order.state !== 'scheduled')
  return came ? toBoardLeft(order) : null
}

/** `board:{pizzeria}`: numbers and first names on the public pick-up board. */
export const board: StreamKind<BoardState> = {
  ...lasting,
  ...wholeLog,
  authorise: anybody,
  pastFromLog: true,
  async eventsAfter(tx, ref, position, limit) {
    const events = await wholeLog.eventsAfter(tx, ref, position, limit)
    return await Promise.all(events.map((event) => asItStandsNow(tx, event)))
  },
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

/** Anybody may read the board's past. Of an order that is no longer on the board it says only that it has left. */
async function asItStandsNow(tx: Tx, event: LogEvent): Promise<LogEvent> {
  switch (event.type) {
    case 'order.placed':
    case 'order.moved':
    case 'order.paid': {
      const now = await tx.order(event.data.id)
      return now && isOnBoard(now) ? event : { ...event, data: { ...event.data, state: now?.state ?? 'expired' } }
    }
    default:
      return event
  }
}
