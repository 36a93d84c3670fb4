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

interface Held {
  state: OrderState
  /** ms */ promiseAt: number
  pizzas: number
}

/** Adds an order's pizzas to the load, or takes them out. */
function count(load: KitchenLoad, { state, promiseAt, pizzas }: Held, sign: 1 | -1) {
  if (!holding.includes(state)) return
  const slot = grainOf(promiseAt)
  const promised = (load.promised.get(slot) ?? 0) + pizzas * sign
  if (promised === 0) load.promised.delete(slot)
  else load.promised.set(slot, promised)
  if (state !== 'scheduled') load.pizzasAhead += pizzas * sign
}

const heldOf = (order: Order): Held => ({
  state: order.state,
  promiseAt: Date.parse(order.promiseAt),
  pizzas: pizzasIn(order),
})

export function kitchenLoadQueries({
  db,
  schema: { orders },
  kitchenLoads,
}: Database): KitchenLoadTx & { countIn: CountIn } {
  const findHolding = db
    .select({ state: orders.state, promiseAt: orders.promiseAt, pizzas: orders.pizzas })
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

  return {
    countIn(position, after, before) {
      const known = kitchenLoads.get(after.pizzeria)
      if (!known) return
      // Somebody else has written before: it is read again.
      if (known.position < position) return void kitchenLoads.delete(after.pizzeria)
      if (before) count(known, heldOf(before), -1)
      count(known, heldOf(after), 1)
    },
    async load({ id, position }) {
      const known = kitchenLoads.get(id)
      if (known?.position === position) return known
      const load: KitchenLoad = { position, promised: new Map(), pizzasAhead: 0 }
      for (const held of await findHolding.execute({ pizzeria: id })) count(load, held as Held, 1)
      kitchenLoads.set(id, load)
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
