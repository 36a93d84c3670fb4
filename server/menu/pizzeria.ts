import type { Pizzeria, PizzeriaSettings } from '../../shared/menu/pizzeria.ts'
import type { Mode } from '../../shared/order/modes.ts'
import type { Tx } from '../../db/store.ts'
import { wallClock } from '../../shared/menu/hours.ts'
import { completeText } from '../../shared/menu/menu-text.ts'
import { exceptionOn, isOpenAt, nextClosing, nextOpening } from '../../shared/menu/openings.ts'
import type { Menu, MenuHours, MenuPolicies, PizzeriaView } from '../../shared/menu/menu.ts'
import type { PriceList } from '../../shared/menu/pricing.ts'
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
  return {
    id,
    name,
    currency,
    timezone,
    open: isOpenAt(settings, timezone, now),
    opensAt: toIso(nextOpening(settings, timezone, now)),
    closesAt: toIso(nextClosing(settings, timezone, now)),
    hoursNote: exceptionOn(settings, wallClock(now, timezone).date)?.note || null,
    version: settings.version ?? 0,
    pausedUntil: toIso(pauseEnd({ pausedUntil }, now)),
    busyMinutes,
    country,
    phone,
    address,
    ...(settings.languages && { languages: settings.languages }),
    ...(settings.logo && { logo: settings.logo }),
  }
}

const toIso = (time: number | null) => (time === null ? null : new Date(time).toISOString())

/** The policies for customers' orders, as far as customers may know them. */
export const viewPolicies = ({ settings }: Pizzeria): MenuPolicies => ({
  ...settings.policies,
  acceptByHand: settings.acceptByHand,
  lastOrderMinutes: settings.lastOrderMinutes ?? 0,
  aheadDays: aheadDaysOf(settings),
  ...(settings.modes && { modes: settings.modes }),
  tableTokens: hasTables(settings),
})

/** For how many days after today customers may order, unless the pizzeria sets it. */
const usualAheadDays = 7
export const aheadDaysOf = ({ aheadDays = usualAheadDays }: PizzeriaSettings) => aheadDays

export const hasTables = ({ tables = [] }: PizzeriaSettings) => tables.length > 0

/** Refuses a way of getting the order that the pizzeria does not offer: 422 `order.mode_unavailable`. */
export function requireMode({ settings }: Pizzeria, mode: Mode) {
  if (settings.modes && !settings.modes.includes(mode)) throw new Rejected('order.mode_unavailable')
}

/** What orders are priced from. */
export async function readPrices(tx: Tx, pizzeria: Pizzeria): Promise<PriceList> {
  const { items, toppings } = await tx.menuRows(pizzeria)
  return {
    currency: pizzeria.currency,
    items,
    toppings,
    crusts: pizzeria.settings.crusts.map((crust) => ({ ...crust, name: completeText(crust.name) })),
    policies: viewPolicies(pizzeria),
  }
}

/** When it is open, as far as customers need it: the days that are over are left out. */
export function viewHours({ settings: { hours, exceptions = [] }, timezone }: Pizzeria, now: number): MenuHours {
  const today = wallClock(now, timezone).date
  return {
    week: hours,
    exceptions: exceptions.filter(({ to }) => to >= today).map(({ from, to, openings }) => ({ from, to, openings })),
  }
}

/** The whole menu as customers see it. */
export async function readMenu(tx: Tx, pizzeria: Pizzeria, now: number): Promise<Menu> {
  const { currency, items, toppings, crusts, policies } = await readPrices(tx, pizzeria)
  const { categories } = pizzeria.settings
  return {
    pizzeria: viewPizzeria(pizzeria, now),
    hours: viewHours(pizzeria, now),
    currency,
    categories: categories.map((category) => ({ ...category, name: completeText(category.name) })),
    items,
    toppings,
    crusts,
    policies,
  }
}

/** When it opens next, for whoever is refused now (`opensAt`); nothing where it has no hours. `now` in ms. */
export function openingAfter({ settings, timezone }: Pick<Pizzeria, 'settings' | 'timezone'>, now: number) {
  const opensAt = toIso(nextOpening(settings, timezone, now))
  return opensAt === null ? {} : { opensAt }
}

/**
 * Refuses an order before anything is written or paid. `now` in ms. Who asks for a `later` time may do so while it is
 * closed, and while it is paused for when the pause is over: whether it is open then is checked where the promise is
 * made.
 */
export function requireOpen({ settings, timezone, pausedUntil }: Pizzeria, now: number, later?: string) {
  if (later === undefined && !isOpenAt(settings, timezone, now))
    throw new Rejected('pizzeria.closed', openingAfter({ settings, timezone }, now))
  const pauseEnds = pauseEnd({ pausedUntil }, now)
  if (pauseEnds !== null && (later === undefined || Date.parse(later) < pauseEnds))
    throw new Rejected('pizzeria.paused', { until: new Date(pauseEnds).toISOString() })
}

/** When the pause of now is over, ms; null: there is none. */
export const pauseEnd = ({ pausedUntil }: Pick<Pizzeria, 'pausedUntil'>, now: number): number | null =>
  pausedUntil !== null && pausedUntil > now ? pausedUntil : null

/** The name of the table whose QR code carries this token; `table.unknown` where there is none (any more). */
export function tableOf({ settings }: Pizzeria, token: string): string {
  const found = settings.tables?.find((table) => table.token === token)
  if (!found) throw new Rejected('table.unknown')
  return found.name
}
