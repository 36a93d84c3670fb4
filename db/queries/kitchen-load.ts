import { and, count as countRows, eq, inArray, lt, lte, or, sql, sum } from 'drizzle-orm'
import { pizzasIn } from '../../shared/menu/pricing.ts'
import { grainOf } from '../../shared/menu/quote.ts'
import { openStates } from '../../shared/order/moves.ts'
import type { Order, OrderState } from '../../shared/order/order.ts'
import type { Database } from '../database.ts'
import type { KitchenLoad, KitchenLoadTx } from '../store/kitchen-load.ts'

/** Takes a change of an order into the load that is remembered: what the order is now, and what it was. */
export type CountIn = (position: number, after: Order, before?: Order) => void

/** States whose orders hold a slot: one that waits to be accepted does not. */
const holding: OrderState[] = [...openStates, 'scheduled']

/** Adds an order's pizzas to the load, or takes them out. */
function count(load: KitchenLoad, order: Order, sign: 1 | -1) {
  if (!holding.includes(order.state)) return
  const [slot, pizzas] = [grainOf(Date.parse(order.promiseAt)), pizzasIn(order) * sign]
  const promised = (load.promised.get(slot) ?? 0) + pizzas
  if (promised === 0) load.promised.delete(slot)
  else load.promised.set(slot, promised)
  if (order.state !== 'scheduled') load.pizzasAhead += pizzas
}

export function kitchenLoadQueries({
  db,
  schema: { orders },
  remember,
}: Database): KitchenLoadTx & { countIn: CountIn } {
  const findHolding = db
    .select({ body: orders.body })
    .from(orders)
    .where(and(eq(orders.pizzeria, sql.placeholder('pizzeria')), inArray(orders.state, holding)))
    .prepare()
  const placeholder = { promiseAt: sql.placeholder('promiseAt'), placedAt: sql.placeholder('placedAt') }
  const countAhead = db
    .select({ orders: countRows(), pizzas: sum(orders.pizzas) })
    .from(orders)
    .where(
      and(
        eq(orders.pizzeria, sql.placeholder('pizzeria')),
        inArray(orders.state, [...openStates]),
        lte(orders.promiseAt, placeholder.promiseAt),
        or(lt(orders.promiseAt, placeholder.promiseAt), lt(orders.placedAt, placeholder.placedAt)),
        eq(orders.test, false),
      ),
    )
    .prepare()
  /** By pizzeria. An order's change takes part in it; after any other event the load is read again. */
  const loads = remember(new Map<string, KitchenLoad>())

  return {
    countIn(position, after, before) {
      const known = loads.get(after.pizzeria)
      if (known?.position !== position - 1) return
      known.position = position
      if (before) count(known, before, -1)
      count(known, after, 1)
    },
    async load({ id, position }) {
      const known = loads.get(id)
      if (known?.position === position) return known
      const load: KitchenLoad = { position, promised: new Map(), pizzasAhead: 0 }
      for (const { body } of await findHolding.execute({ pizzeria: id })) count(load, body, 1)
      loads.set(id, load)
      return load
    },
    async ahead({ pizzeria, promiseAt, placedAt }) {
      const [found] = await countAhead.execute({
        pizzeria,
        promiseAt: Date.parse(promiseAt),
        placedAt: Date.parse(placedAt),
      })
      return { orders: Number(found?.orders ?? 0), pizzas: Number(found?.pizzas ?? 0) }
    },
  }
}
