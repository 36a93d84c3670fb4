import type { Pizzeria } from '../../shared/menu/pizzeria.ts'
import type { Tx } from '../../db/store.ts'
import { pizzasPerQuarter } from '../../shared/menu/quote.ts'
import type { Order } from '../../shared/order/order.ts'
import { pizzasIn } from '../../shared/menu/pricing.ts'
import { budgets } from '../budgets/table.ts'

const budget = budgets.order
/** An order that staff have not acted on counts until this long after its promise, ms. */
const forgottenMs = 2 * 3_600_000

export interface Newcomer {
  pizzeria: Pizzeria
  /** The sources of an order, as hashes: the address first, then phone and table. */
  whos: readonly string[]
  pizzas: number
  /** The customer asked for a later time. */
  later: boolean
  now: number
}

/**
 * Whether a stranger's order must wait until the counter accepts it: returns the source that it waits for, or null.
 * Only orders that staff have not acted on are counted, so a busy address whose orders are made and collected is never
 * slowed down. A source that turns out to send too much also loses what it sent in the same rush, unless somebody has
 * started it: a thousand orders in ten seconds are one attack, and its first fifty are no more honest than the rest.
 * They are only marked here and are taken out in pieces (`takeHeldOut`), because this is a customer's transaction.
 */
export async function sourceToHold(tx: Tx, newcomer: Newcomer): Promise<string | null> {
  const { pizzeria, whos, pizzas, now } = newcomer
  const slot = pizzasPerQuarter(pizzeria.settings.kitchen)
  const since = now - budget.rushMs
  for (const who of whos) {
    switch (await standing(tx, newcomer, who)) {
      case 'held':
        return who
      case 'over':
        await tx.holdTrust(pizzeria.id, who, since, now + budget.remembered.ms)
        return who
    }
  }
  const limit = budget.all.slots * slot
  if ((await tx.rushPizzas(pizzeria.id, since)) + pizzas <= limit) return null
  const [own = ''] = whos
  let ownIsLarge = false
  for (const source of await tx.rushSources(pizzeria.id, since)) {
    const mine = source.who === own
    const orders = source.orders + (mine ? 1 : 0)
    const brought = source.pizzas + (mine ? pizzas : 0)
    if (orders <= budget.household.orders && brought <= budget.household.pizzas) continue
    ownIsLarge ||= mine
    await tx.holdTrust(pizzeria.id, source.who, since, now + budget.remembered.ms)
  }
  return ownIsLarge || (await tx.rushPizzas(pizzeria.id, since)) + pizzas > limit ? own : null
}

/** How one source stands with this order: `over` its budget now, or `held` since earlier. */
async function standing(
  tx: Tx,
  { pizzeria, pizzas, later, now }: Newcomer,
  who: string,
): Promise<'free' | 'held' | 'over'> {
  const slot = pizzasPerQuarter(pizzeria.settings.kitchen)
  const sums = await tx.trustOf(pizzeria.id, who, now)
  const of = (state: string) => sums.find((sum) => sum.state === state)
  if (of('held') || (of('refused')?.orders ?? 0) >= budget.remembered.orders) return 'held'
  const open = of('open') ?? { orders: 0, pizzas: 0, laterPizzas: 0 }
  const over =
    open.orders + 1 > budget.one.orders ||
    open.pizzas + pizzas > budget.one.slots * slot ||
    (later && open.laterPizzas + pizzas > budget.one.laterSlots * slot)
  return over ? 'over' : 'free'
}

const rowOf = (order: Order, now: number) => ({
  pizzeria: order.pizzeria,
  order: order.id,
  pizzas: pizzasIn(order),
  later: Boolean(order.wantedAt),
  at: now,
})
const keepHeld = (tx: Tx, order: Order, who: string, now: number) =>
  tx.insertTrust({ ...rowOf(order, now), who, state: 'held', first: true, until: now + budget.remembered.ms })

/** Counts a stranger's new order for each of its sources, or for the one that it is held for. */
export async function countIn(tx: Tx, order: Order, whos: readonly string[], now: number) {
  if (order.heldFor) return await keepHeld(tx, order, order.heldFor, now)
  const until = Math.max(now, Date.parse(order.promiseAt)) + forgottenMs
  for (const [index, who] of [...new Set(whos)].entries())
    await tx.insertTrust({ ...rowOf(order, now), who, state: 'open', first: index === 0, until })
}
