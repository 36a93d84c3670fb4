import type { Pizzeria } from '../../shared/menu/pizzeria.ts'
import type { Tx } from '../../db/store.ts'
import { isOpenAt, nextOpening } from '../../shared/menu/hours.ts'
import { completeText } from '../../shared/menu/menu-text.ts'
import type { Menu, MenuPolicies, PizzeriaView } from '../../shared/menu/menu.ts'
import { Rejected } from '../../shared/order/rejections.ts'

/** The pizzeria, or `pizzeria.unknown`. */
export async function requirePizzeria(tx: Tx, id: string): Promise<Pizzeria> {
  const pizzeria = await tx.pizzeria(id)
  if (!pizzeria) throw new Rejected('pizzeria.unknown', { pizzeria: id })
  return pizzeria
}

/** What customers may know of the pizzeria. `now` in ms. */
export function viewPizzeria(
  { id, name, currency, timezone, settings, pausedUntil, busyMinutes, country, phone, address }: Pizzeria,
  now: number,
): PizzeriaView {
  const paused = pausedUntil !== null && pausedUntil > now
  const opensAt = nextOpening(settings.hours, timezone, now)
  return {
    id,
    name,
    currency,
    timezone,
    open: isOpenAt(settings.hours, timezone, now),
    opensAt: opensAt === null ? null : new Date(opensAt).toISOString(),
    pausedUntil: paused ? new Date(pausedUntil).toISOString() : null,
    busyMinutes,
    country,
    phone,
    address,
  }
}

/** The policies for customers' orders, as far as customers may know them. */
export const viewPolicies = ({ settings }: Pizzeria): MenuPolicies => ({
  ...settings.policies,
  acceptByHand: settings.acceptByHand,
  lastOrderMinutes: settings.lastOrderMinutes ?? 0,
})

/** The whole menu as customers see it. */
export async function readMenu(tx: Tx, pizzeria: Pizzeria, now: number): Promise<Menu> {
  const { items, toppings } = await tx.menuRows(pizzeria)
  const { categories, crusts } = pizzeria.settings
  return {
    pizzeria: viewPizzeria(pizzeria, now),
    currency: pizzeria.currency,
    categories: categories.map((category) => ({ ...category, name: completeText(category.name) })),
    items,
    toppings,
    crusts: crusts.map((crust) => ({ ...crust, name: completeText(crust.name) })),
    policies: viewPolicies(pizzeria),
  }
}

/** When it opens next, for whoever is refused now (`opensAt`); nothing where it has no hours. `now` in ms. */
export function openingAfter({ settings, timezone }: Pick<Pizzeria, 'settings' | 'timezone'>, now: number) {
  const at = nextOpening(settings.hours, timezone, now)
  return at === null ? {} : { opensAt: new Date(at).toISOString() }
}

/**
 * Refuses an order before anything is written or paid. `now` in ms. Who asks for a `later` time may do so while it is
 * closed: whether it is open then is checked where the promise is made.
 */
export function requireOpen({ settings, timezone, pausedUntil }: Pizzeria, now: number, later?: string) {
  if (later === undefined && !isOpenAt(settings.hours, timezone, now))
    throw new Rejected('pizzeria.closed', openingAfter({ settings, timezone }, now))
  if (pausedUntil !== null && pausedUntil > now)
    throw new Rejected('pizzeria.paused', { until: new Date(pausedUntil).toISOString() })
}
