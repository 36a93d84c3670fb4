import type { Menu, MenuChange, MenuItem, MenuTopping } from './menu.ts'

const replace = <T extends { id: string }>(all: T[], changed: T[] = []) =>
  all.map((one) => changed.find((other) => other.id === one.id) ?? one)

/** The menu after a change. */
export function applyMenuChange(before: Menu, change: MenuChange): Menu {
  return {
    ...before,
    pizzeria: change.pizzeria ?? before.pizzeria,
    items: replace(before.items, change.items),
    toppings: replace(before.toppings, change.toppings),
    policies: change.policies ?? before.policies,
    hours: change.hours ?? before.hours,
  }
}

/**
 * What stands in the way of ordering an item, or null: the item itself, or a default topping,
 * is out (86), or its counted stock is at zero.
 */
export function soldOut(
  menu: Pick<Menu, 'toppings'>,
  item: MenuItem,
): { reason: 'item' | 'stock' } | { reason: 'topping'; topping: MenuTopping } | null {
  if (!item.available || item.sizes.every((size) => !size.available)) return { reason: 'item' }
  if (item.stock === 0) return { reason: 'stock' }
  const missing = menu.toppings.find((topping) => !topping.available && item.toppings.includes(topping.id))
  return missing ? { reason: 'topping', topping: missing } : null
}
