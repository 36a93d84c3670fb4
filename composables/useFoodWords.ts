import type { Allergen, Diet } from '#shared/menu/menu'

const allergenKeys = {
  gluten: 'allergen.gluten',
  crustaceans: 'allergen.crustaceans',
  eggs: 'allergen.eggs',
  fish: 'allergen.fish',
  peanuts: 'allergen.peanuts',
  soy: 'allergen.soy',
  milk: 'allergen.milk',
  nuts: 'allergen.nuts',
  celery: 'allergen.celery',
  mustard: 'allergen.mustard',
  sesame: 'allergen.sesame',
  sulphites: 'allergen.sulphites',
  lupin: 'allergen.lupin',
  molluscs: 'allergen.molluscs',
} as const satisfies Record<Allergen, string>

const dietKeys = { vegetarian: 'diet.vegetarian', vegan: 'diet.vegan', spicy: 'diet.spicy' } as const satisfies Record<
  Diet,
  string
>

/** Each diet has its own shape beside its word, because colour alone tells nothing to one man in twelve. */
export const dietIcons = {
  vegetarian: 'icon-[lucide--leaf]',
  vegan: 'icon-[lucide--sprout]',
  spicy: 'icon-[lucide--flame]',
} as const satisfies Record<Diet, string>

/** The words for allergens and diets. */
export function useFoodWords() {
  const { t } = useI18n()
  const allergen = (one: Allergen) => t(allergenKeys[one])
  const diet = (one: Diet) => t(dietKeys[one])
  const list = (all: Allergen[]) => all.map(allergen).join(', ')
  return { allergen, diet, list }
}
