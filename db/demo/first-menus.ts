import { napoli, type DemoPizzeria } from './napoli.ts'

type FirstMenu = Pick<DemoPizzeria, 'kitchen' | 'policies' | 'categories' | 'crusts' | 'items' | 'toppings'>

/** What a new pizzeria may begin with: the demo's menu, or nothing. */
export const firstMenus: Record<'napoli' | 'empty', FirstMenu> = {
  napoli,
  empty: { ...napoli, categories: [], crusts: [], items: [], toppings: [] },
}
