import type { Context } from '../context.ts'
import { requirePizzeria } from '../menu/pizzeria.ts'

/** What a new pizzeria has so far; read from what is there, so that it can never be wrong. */
export interface Start {
  /** Customers find it: an address or a phone number. */
  shop: boolean
  /** Dishes on the menu. */
  dishes: number
  /** The hours of the week are said; always open is what nobody has said. */
  hours: boolean
  /** People who work here, paired screens, tables with a code. */
  people: number
  screens: number
  tables: number
  /** An order marked TEST was placed. */
  trial: boolean
  /** A real order was placed: it is in business. */
  orders: boolean
}

/** How far the guide of a new pizzeria has come. */
export async function readStart({ store }: Pick<Context, 'store'>, id: string): Promise<Start> {
  return await store.read(async (tx) => {
    const pizzeria = await requirePizzeria(tx, id)
    const { settings, phone, address } = pizzeria
    return {
      shop: Boolean(phone ?? address),
      dishes: (await tx.menuRows(pizzeria)).items.length,
      hours: settings.hours !== null,
      people: (await tx.staffOf(id)).length,
      screens: (await tx.screens(id)).filter(({ paired }) => paired).length,
      tables: settings.tables?.length ?? 0,
      trial: await tx.hasNumbers(id, true),
      orders: await tx.hasNumbers(id, false),
    }
  })
}
