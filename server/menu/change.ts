import type { Tx } from '../../db/store.ts'
import type { MenuRows } from '../../db/store/menu.ts'
import type { Logged } from '../../shared/live/events.ts'
import type { MenuChange } from '../../shared/menu/menu.ts'
import type { Pizzeria } from '../../shared/menu/pizzeria.ts'
import { soldOut } from '../../shared/menu/sold-out.ts'
import type { Actor } from '../../shared/order/order.ts'
import type { Append } from '../context.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import { viewHours, viewPizzeria, viewPolicies } from './pizzeria.ts'
import { newId } from '../ground/ids.ts'

interface Changed {
  pizzeria: string
  items?: string[]
  toppings?: string[]
  condition?: boolean
  policies?: boolean
  actor: Actor
  now: number
}

/** Writes the event that the menu or the state of the pizzeria has changed. Reads back and returns what it is now. */
export async function changeMenu(tx: Tx, append: Append, what: Changed): Promise<MenuChange> {
  return await logMenu(tx, append, what, ({ pizzeria, items, toppings }): MenuChange => ({
    ...(what.condition && { pizzeria: viewPizzeria(pizzeria, what.now) }),
    ...(what.policies && { policies: viewPolicies(pizzeria), hours: viewHours(pizzeria, what.now) }),
    ...(what.items && { items: items.filter((item) => what.items!.includes(item.id)) }),
    ...(what.toppings && { toppings: toppings.filter((topping) => what.toppings!.includes(topping.id)) }),
  }))
}

/** Writes the event that the menu is another one, in a way that is not listed. */
export const renewMenu = (tx: Tx, append: Append, what: Pick<Changed, 'pizzeria' | 'actor' | 'now'>) =>
  logMenu(tx, append, what, () => null)

async function logMenu<Change extends MenuChange | null>(
  tx: Tx,
  append: Append,
  what: Pick<Changed, 'pizzeria' | 'actor' | 'now'>,
  changeOf: (now: MenuRows & { pizzeria: Pizzeria }) => Change,
): Promise<Change> {
  const pizzeria = await tx.countMenu(what.pizzeria)
  if (!pizzeria) throw new Rejected('pizzeria.unknown', { pizzeria: what.pizzeria })
  const rows = await tx.menuRows(pizzeria)
  const change = changeOf({ ...rows, pizzeria })
  const data: Logged<'menu.changed'> = { change, out: outOfStock(rows) }
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
  return change
}

/** Ids of the items and toppings that cannot be sold now. */
export function outOfStock({ items, toppings }: MenuRows): string[] {
  const missing = toppings.filter((topping) => !topping.available)
  return [...items.filter((item) => soldOut({ toppings: missing }, item)), ...missing].map((one) => one.id)
}
