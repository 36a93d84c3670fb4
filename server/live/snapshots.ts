import type { Tx } from '../../db/store.ts'
import { activeStates, openStates } from '../../shared/order/moves.ts'
import type { Snapshot } from '../../shared/live/messages.ts'
import type { Stream } from '../../shared/live/streams.ts'
import {
  boardStates,
  screenView,
  toBoardEntry,
  toCustomerOrder,
  toTicket,
  type BoardState,
  type CounterState,
  type KitchenState,
  type OrderViewState,
  type ScreenView,
} from '../../shared/order/views.ts'
import { standsOnBoard } from '../../shared/order/board.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import type { Screen } from '../../shared/kitchen/screen.ts'
import { outOfStock } from '../menu/change.ts'
import { readMenu, requirePizzeria, viewPizzeria } from '../menu/pizzeria.ts'
import type { Source } from './channel.ts'

const minute = 60_000
/** A cancelled ticket stands struck through for a minute. */
const cancelledStaysMs = minute
/** How far back the kitchen may recall. */
const recallMs = 30 * minute
/** How far back the counter sees what is done. */
const doneStaysMs = 12 * 60 * minute

/** A stream's state and the position it is true at, from one read transaction. `now` in ms. */
export async function takeSnapshot(
  tx: Tx,
  stream: Stream,
  source: Source,
  now: number,
  build: string,
): Promise<Snapshot> {
  const pizzeria = await requirePizzeria(tx, source.pizzeria)
  const { state, position } = await readState()
  return { stream: stream.name, epoch: await tx.epoch(), position, now: new Date(now).toISOString(), build, state }

  async function readState(): Promise<{ state: unknown; position: number }> {
    switch (stream.audience) {
      case 'menu':
        return { state: await readMenu(tx, pizzeria, now), position: pizzeria.menuVersion }
      case 'order': {
        const order = await tx.orderByTracking(stream.key)
        if (!order) throw new Rejected('order.unknown')
        return {
          state: { pizzeria: viewPizzeria(pizzeria, now), order: toCustomerOrder(order) } satisfies OrderViewState,
          position: order.version,
        }
      }
      case 'board': {
        const orders = (await tx.ordersIn(pizzeria.id, boardStates)).filter((order) => standsOnBoard(order, now))
        return {
          state: {
            pizzeria: { id: pizzeria.id, name: pizzeria.name, timezone: pizzeria.timezone },
            entries: orders.map(toBoardEntry),
          } satisfies BoardState,
          position: pizzeria.position,
        }
      }
      case 'kitchen':
        return { state: await kitchenState(), position: pizzeria.position }
      case 'counter':
        return { state: await counterState(), position: pizzeria.position }
      default:
        return stream.audience satisfies never
    }
  }

  async function kitchenState(): Promise<KitchenState> {
    const orders = [
      ...(await tx.ordersIn(pizzeria.id, ['scheduled', ...openStates])),
      ...(await tx.ordersIn(pizzeria.id, [], ['ready'], now - recallMs)),
      ...(await tx.ordersIn(pizzeria.id, [], ['cancelled'], now - cancelledStaysMs)),
    ]
    const { makers, ovenSlots, bakeSeconds, reloadSeconds } = pizzeria.settings.kitchen
    const { id, name, timezone, busyMinutes, pausedUntil, open } = viewPizzeria(pizzeria, now)
    return {
      pizzeria: { id, name, timezone, busyMinutes, pausedUntil, open, makers, ovenSlots, bakeSeconds, reloadSeconds },
      tickets: orders.map(toTicket),
      menu: { out: outOfStock(await tx.menuRows(pizzeria)) },
    }
  }

  async function counterState(): Promise<CounterState> {
    const unseen = await tx.unseen(pizzeria.id)
    return {
      pizzeria: viewPizzeria(pizzeria, now),
      orders: await tx.ordersIn(
        pizzeria.id,
        activeStates,
        ['collected', 'cancelled', 'rejected', 'expired'],
        now - doneStaysMs,
      ),
      screens: (await tx.screens(pizzeria.id)).map(viewScreen),
      unseen: Object.fromEntries(
        unseen.map(({ id, level, since }) => [id, { level, since: new Date(since ?? now).toISOString() }]),
      ),
    }
  }
}

export const viewScreen = (screen: Screen): ScreenView =>
  screenView.parse({ ...screen, seenAt: new Date(screen.seenAt).toISOString() })
