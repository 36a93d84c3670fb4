import type { MenuDocument } from './document.ts'
import type { Menu, Text } from './menu.ts'
import { completeText } from './menu-text.ts'

const named = <T extends { name: Text }>(one: T): T => ({ ...one, name: completeText(one.name) })
const evening = (before: { available: boolean; until: string | null } | undefined) => ({
  available: before?.available ?? true,
  until: before?.until ?? null,
})

/** The menu of now with a draft in place of what is published: what customers would see, sold out things included. */
export function previewMenu(now: Menu, draft: MenuDocument): Menu {
  const items = new Map(now.items.map((item) => [item.id, item]))
  const toppings = new Map(now.toppings.map((topping) => [topping.id, topping]))
  return {
    ...now,
    categories: draft.categories.map(named),
    crusts: draft.crusts.map(named),
    toppings: draft.toppings.map((topping) => ({ ...named(topping), ...evening(toppings.get(topping.id)) })),
    items: draft.items.map((item) => {
      const before = items.get(item.id)
      return {
        ...named(item),
        description: completeText(item.description),
        sizes: item.sizes.map(named),
        ...evening(before),
        stock: before ? before.stock : item.portions,
      }
    }),
  }
}
