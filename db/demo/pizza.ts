import type { Allergen, Diet, MenuItem, Text } from '../../shared/menu/menu.ts'
import { allergens, diets } from '../../shared/menu/words.ts'
import type { Prices } from './sizes.ts'
import { pizzaSizes } from './sizes.ts'
import { toppings as larder } from './toppings.ts'

type Sauce = NonNullable<MenuItem['picture']>['sauce']

/** Pesto is of basil, cashews and pecorino. */
const sauces: Record<Sauce, { allergens: Allergen[]; diets: Diet[] }> = {
  tomato: { allergens: [], diets: ['vegetarian', 'vegan'] },
  cream: { allergens: ['milk'], diets: ['vegetarian'] },
  pesto: { allergens: ['milk', 'nuts'], diets: ['vegetarian'] },
  none: { allergens: [], diets: ['vegetarian', 'vegan'] },
}

interface Pizza {
  id: string
  name: Text
  description: Text
  prices: Prices
  sauce: Sauce
  toppings: string[]
}

/**
 * A pizza of the demo menu. Allergens and diets follow from dough, sauce and toppings, so that no recipe can change
 * without them.
 */
export function pizza(category: string, { id, name, description, prices, sauce, toppings }: Pizza): MenuItem {
  const parts = toppings.map((wanted) => {
    const found = larder.find((topping) => topping.id === wanted)
    if (!found) throw new Error(`The demo's pizza "${id}" wants "${wanted}", which is not among the toppings.`)
    return found
  })
  const inside: Allergen[] = ['gluten', ...sauces[sauce].allergens, ...parts.flatMap((part) => part.allergens)]
  const every = (diet: Diet) => sauces[sauce].diets.includes(diet) && parts.every((part) => part.diets.includes(diet))
  return {
    id,
    kind: 'pizza',
    name,
    description,
    category,
    available: true,
    until: null,
    stock: null,
    sizes: pizzaSizes(prices),
    toppings,
    allergens: allergens.filter((allergen) => inside.includes(allergen)),
    diets: diets.filter((diet) =>
      diet === 'spicy' ? parts.some((part) => part.diets.includes('spicy')) : every(diet),
    ),
    picture: { sauce },
  }
}
