import { napoli, type DemoPizzeria } from './napoli.ts'

type FirstMenu = Pick<DemoPizzeria, 'kitchen' | 'policies' | 'categories' | 'crusts' | 'items' | 'toppings'>

/** The menus that a new pizzeria may start with: the demo's, or an empty one. */
export const firstMenus: Record<'napoli' | 'empty', FirstMenu> = {
  napoli,
  empty: { ...napoli, categories: [], crusts: [], items: [], toppings: [] },
}
