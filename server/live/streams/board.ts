import { standsOnBoard } from '../../../shared/order/board.ts'
import { boardStates, toBoardEntry, type BoardState } from '../../../shared/order/views.ts'
import { requirePizzeria } from '../../menu/pizzeria.ts'
import { project } from './projections.ts'
import { anybody } from './access.ts'
import { lasting, wholeLog } from './feeds.ts'
import type { StreamKind } from './kind.ts'

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
  project: (event) => project('board', event),
}
