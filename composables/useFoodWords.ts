import type { Allergen, Diet } from '#shared/menu/menu'

const allergenKeys = {
  gluten: 'customer.allergen.gluten', crustaceans: 'customer.allergen.crustaceans', eggs: 'customer.allergen.eggs', fish: 'customer.allergen.fish',
  peanuts: 'customer.allergen.peanuts', soy: 'customer.allergen.soy', milk: 'customer.allergen.milk', nuts: 'customer.allergen.nuts',
  celery: 'customer.allergen.celery', mustard: 'customer.allergen.mustard', sesame: 'customer.allergen.sesame', sulphites: 'customer.allergen.sulphites',
  lupin: 'customer.allergen.lupin', molluscs: 'customer.allergen.molluscs',
} as const satisfies Record<Allergen, string>

const dietKeys = { vegetarian: 'customer.diet.vegetarian', vegan: 'customer.diet.vegan', spicy: 'customer.diet.spicy' } as const satisfies Record<Diet, string>

/** Each diet has a shape of its own beside its word: colour alone says nothing to one man in twelve. */
export const dietIcons = { vegetarian: 'i-lucide-leaf', vegan: 'i-lucide-sprout', spicy: 'i-lucide-flame' } as const satisfies Record<Diet, string>

/** The words for allergens and diets. */
export function useFoodWords() {
  const { t } = useI18n()
  const allergen = (one: Allergen) => t(allergenKeys[one])
  const diet = (one: Diet) => t(dietKeys[one])
  const list = (all: Allergen[]) => all.map(allergen).join(', ')
  return { allergen, diet, list }
}
