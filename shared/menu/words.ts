/* Apart from the schemas (`menu.ts`): the first screen needs these words, and no zod. */

/** The languages of every label. `en` is the reference that the others are checked against. */
export const languages = ['fr', 'en', 'it'] as const
export type Language = (typeof languages)[number]

/** The fourteen allergens of EU regulation 1169/2011, annex II. */
export const allergens = [
  'gluten',
  'crustaceans',
  'eggs',
  'fish',
  'peanuts',
  'soy',
  'milk',
  'nuts',
  'celery',
  'mustard',
  'sesame',
  'sulphites',
  'lupin',
  'molluscs',
] as const

export const diets = ['vegetarian', 'vegan', 'spicy'] as const
