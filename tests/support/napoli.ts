import { napoli } from '../../db/demo/napoli'
import type { Menu } from '../../shared/menu/menu'

/** The demo menu as an open pizzeria serves it; a copy each time, so that a test may mark items as sold out. */
export function napoliMenu(): Menu {
  const { id, name, timezone, currency, categories, items, toppings, crusts, policies } = structuredClone(napoli)
  return {
    currency,
    categories,
    items,
    toppings,
    crusts,
    policies,
    pizzeria: { id, name, currency, timezone, open: true, pausedUntil: null, busyMinutes: 0 },
  }
}

export const itemOf = (menu: Menu, id: string) => menu.items.find((item) => item.id === id)!
