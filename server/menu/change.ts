import type { Tx } from '../../db/store.ts'
import type { Logged } from '../../shared/live/events.ts'
import { soldOut } from '../../shared/menu/sold-out.ts'
import type { Actor } from '../../shared/order/order.ts'
import type { Append } from '../context.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import { viewPizzeria, viewPolicies } from './pizzeria.ts'
import { newId } from '../ground/ids.ts'

/** Writes the event that the menu or the state of the pizzeria has changed. Reads back and returns what it is now. */
export async function changeMenu(
  tx: Tx,
  append: Append,
  what: {
    pizzeria: string
    items?: string[]
    toppings?: string[]
    condition?: boolean
    policies?: boolean
    actor: Actor
    now: number
  },
) {
  const pizzeria = await tx.countMenu(what.pizzeria)
  if (!pizzeria) throw new Rejected('pizzeria.unknown', { pizzeria: what.pizzeria })
  const { items, toppings } = await tx.menuRows(pizzeria)
  const data: Logged<'menu.changed'> = {
    change: {
      ...(what.condition && { pizzeria: viewPizzeria(pizzeria, what.now) }),
      ...(what.policies && { policies: viewPolicies(pizzeria) }),
      ...(what.items && { items: items.filter((item) => what.items!.includes(item.id)) }),
      ...(what.toppings && { toppings: toppings.filter((topping) => what.toppings!.includes(topping.id)) }),
    },
    out: outOfStock({ items, toppings }),
  }
  await append({
    pizzeria: what.pizzeria,
    id: newId(what.now),
    subject: 'menu',
    version: pizzeria.menuVersion,
    type: 'menu.changed',
    at: what.now,
    actor: what.actor,
    data,
  })
  return data.change
}

/** Ids of the items and toppings that cannot be sold now. */
export function outOfStock({ items, toppings }: Awaited<ReturnType<Tx['menuRows']>>): string[] {
  return [
    ...items.filter((item) => soldOut({ toppings }, item)),
    ...toppings.filter((topping) => !topping.available),
  ].map((one) => one.id)
}
