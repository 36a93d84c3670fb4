import type { Tx } from '../../db/store.ts'
import type { Actor } from '../../shared/order/order.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import type { Context } from '../context.ts'
import { changeMenu } from './change.ts'
import { requirePizzeria } from './pizzeria.ts'

export interface Availability {
  pizzeria: string
  kind: 'item' | 'topping'
  id: string
  /** Left out: only the count changes. */ available?: boolean
  /** ISO 8601: comes back by itself then. */ until?: string | null
  /** Portions left; null: not counted. */ stock?: number | null
  actor: Actor
}

/**
 * Sets an 86, brings an item back, or sets its count, at once on every open menu. Returns the item or topping as it is
 * then.
 */
export async function setAvailability(
  { commit, clock }: Pick<Context, 'commit' | 'clock'>,
  { pizzeria, kind, id, available, until, stock, actor }: Availability,
) {
  return await commit(pizzeria, async (tx, append) => {
    const now = clock()
    const back = available || !until ? null : Date.parse(until)
    if (kind === 'item') {
      const isKnown = available === undefined || (await tx.setItemAvailable(pizzeria, id, available, back))
      // Bringing an item back means that it can be ordered, so a count that has run out ends or starts anew.
      const ended = stock === undefined && available === true && (await hasRunOut(tx, pizzeria, id))
      const left = ended ? null : stock
      const isCounted = left === undefined || (await tx.setStock(pizzeria, id, left))
      if (!isKnown || !isCounted) throw new Rejected('menu.item_unknown', { item: id })
    } else if (!(await tx.setToppingAvailable(pizzeria, id, available!, back)))
      throw new Rejected('menu.topping_unknown', { topping: id })
    const { items = [], toppings = [] } = await changeMenu(tx, append, {
      pizzeria,
      [kind === 'item' ? 'items' : 'toppings']: [id],
      actor,
      now,
    })
    return [...items, ...toppings][0]!
  })
}

async function hasRunOut(tx: Tx, pizzeria: string, item: string): Promise<boolean> {
  const { items } = await tx.menuRows(await requirePizzeria(tx, pizzeria))
  return items.find(({ id }) => id === item)?.stock === 0
}
