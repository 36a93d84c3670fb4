import { hash } from '../random.ts'

/*
 * What there is art for, by name, without the art: pages name their pictures, and only the server draws them. A test
 * holds these lists to the art.
 */

/** Toppings with a shape of their own. */
export const drawnToppings = [
  ...['mozzarella', 'buffalo-mozzarella', 'burrata', 'smoked-provola', 'gorgonzola', 'goat-cheese', 'ricotta'],
  ...['parmesan', 'ham', 'prosciutto', 'spicy-salami', 'nduja', 'sausage', 'speck', 'mortadella', 'guanciale'],
  ...['anchovies', 'tuna', 'prawns', 'smoked-salmon', 'mushrooms', 'porcini', 'olives', 'artichokes', 'onions'],
  ...['peppers', 'aubergine', 'courgette', 'cherry-tomatoes', 'spinach', 'friarielli', 'potatoes', 'pineapple'],
  ...['capers', 'chillies', 'garlic', 'basil', 'oregano', 'rocket', 'egg', 'truffle', 'pistachio', 'walnuts', 'honey'],
]

/** Dishes that are no pizza and have a drawing of their own. */
export const drawnDishes = [
  ...['focaccia', 'bruschetta', 'insalata', 'caprese', 'arancini', 'olive-ascolane', 'tiramisu', 'panna-cotta'],
  ...['cannolo', 'gelato', 'still-water', 'sparkling-water', 'cola', 'aranciata', 'limonata', 'birra', 'vino-rosso'],
  ...['prosecco', 'espresso'],
]

const ofKind = { side: 'focaccia', dessert: 'gelato', drink: 'limonata' } as const

/** The drawing of a dish that is no pizza: its own, or one of its kind. */
export const dishOf = (id: string, kind: keyof typeof ofKind): string => (drawnDishes.includes(id) ? id : ofKind[kind])

/** How many crusts there are, each with its own blisters: no two pizzas side by side look as if from one mould. */
export const crusts = 16

/** Which of them a pizza has; `seed` is its item's id. */
export const crustOf = (seed: string): number => hash(`crust/${seed}`) % crusts
