import { setImmediate } from 'node:timers/promises'
import type { Tx } from '../../db/store.ts'
import type { KeptDay } from '../../db/store/figures.ts'
import { addOrder, emptyDay, isCalledOff, type Canceller, type DayFigures } from '../../shared/figures/day.ts'
import type { Order } from '../../shared/order/order.ts'
import type { Context } from '../context.ts'

/** Orders that are read in one turn: some ms of work. */
const pageOrders = 150

/**
 * A day's figures, made from its orders: a page at a time, with room for others in between. What was `kept` before says
 * who called orders off whose events are no longer in the log.
 */
export async function foldDay(
  { store }: Pick<Context, 'store'>,
  { id: pizzeria, timezone }: { id: string; timezone: string },
  day: string,
  kept?: KeptDay,
): Promise<DayFigures> {
  const known = new Map(kept?.figures?.cancelled.map((one) => [one.order, one]))
  const figures = emptyDay()
  for (let after = 0; ; await setImmediate()) {
    const page = await store.read(async (tx) => {
      const orders = await tx.ordersOfDay(pizzeria, day, after, pageOrders)
      for (const order of orders)
        addOrder(figures, order, timezone, isCalledOff(order) ? await cancellerOf(tx, order, known) : undefined)
      return orders
    })
    if (page.length < pageOrders) return figures
    after = page.at(-1)!.number
  }
}

/** More than an order has, as a rule. */
const maxEvents = 100

async function cancellerOf(tx: Tx, order: Order, known: ReadonlyMap<string, Canceller>): Promise<Canceller> {
  const events = await tx.subjectEventsAfter(order.pizzeria, `order:${order.tracking}`, 0, maxEvents)
  const isOff = events.map(({ data }) => isCalledOff(data as Order))
  // The step itself: later ones, of money, find it called off already.
  const last = isOff.findLastIndex((off, index) => off && !isOff[index - 1])
  const step = last > 0 || events[last]?.version === 1 ? events[last] : undefined
  if (step) return { by: step.by ?? null, actor: step.actor }
  const { by = null, actor = null } = known.get(order.id) ?? {}
  return { by, actor }
}
