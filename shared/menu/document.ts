import { z } from 'zod'
import { freeText } from '../text-input.ts'
import { allergen, diet, menuItem, menuTopping, photo, picture, slug, type Text } from './menu.ts'
import { languages } from './words.ts'

/** What a menu may hold at most. */
export const menuLimits = {
  categories: 60,
  items: 1_000,
  toppings: 300,
  crusts: 20,
  sizes: 12,
  /** On one item. */ toppingsOn: 30,
  /** Minor units. */ price: 1_000_000,
  portions: 10_000,
  name: 80,
  description: 400,
  vat: 12,
}

/** A text that may be missing in any language; a page shows another language there (`completeText`). */
const prose = (max: number) => {
  const written = freeText(max).default('')
  return z.strictObject({ fr: written, en: written, it: written })
}
const label = prose(menuLimits.name).refine((text) => languages.some((language) => text[language] !== ''), {
  message: 'Invalid input: a name is needed in one language at least',
})
const blank: Text = { fr: '', en: '', it: '' }

const price = z.int().min(0).max(menuLimits.price)
const prices = z.record(slug, price)
const distinct = <T extends z.ZodType>(one: T, max: number) =>
  z
    .array(one)
    .max(max)
    .transform((all) => [...new Set(all)])

const documentSize = z.strictObject({ id: slug, name: label, price, available: z.boolean().default(true) })

/** How it starts on the menu; what is on it already keeps what the counter has set since. */
const live = {
  available: z.boolean().optional(),
  until: z.iso.datetime().nullable().optional(),
}

const documentItem = z.strictObject({
  id: slug,
  kind: menuItem.shape.kind,
  name: label,
  description: prose(menuLimits.description).default(blank),
  category: slug,
  sizes: z.array(documentSize).min(1).max(menuLimits.sizes),
  toppings: distinct(slug, menuLimits.toppingsOn).default([]),
  allergens: distinct(allergen, 14).default([]),
  diets: distinct(diet, 3).default([]),
  picture: picture.nullable().default(null),
  /** An uploaded picture, shown in place of the drawn one; missing or null: none. */
  photo: photo.nullable().optional(),
  /** How many are made each day, or null: not counted. The count begins anew with each business day. */
  portions: z.int().min(1).max(menuLimits.portions).nullable().default(null),
  /** The class of its value added tax, in the pizzeria's own words, such as `10 %`; orders keep it. */
  vat: freeText(menuLimits.vat)
    .transform((text) => text || null)
    .nullable()
    .default(null),
  ...live,
  stock: z.int().min(0).max(menuLimits.portions).nullable().optional(),
})

const documentTopping = z.strictObject({
  id: slug,
  name: label,
  group: menuTopping.shape.group,
  prices,
  allergens: distinct(allergen, 14).default([]),
  diets: distinct(diet, 3).default([]),
  ...live,
})

const documentCrust = z.strictObject({
  id: slug,
  name: label,
  available: z.boolean().default(true),
  prices,
  allergens: distinct(allergen, 14).default([]),
})

const documentCategory = z.strictObject({ id: slug, name: label })

/** The parts of a menu, each a list of things with an id. */
export const menuParts = ['categories', 'items', 'toppings', 'crusts'] as const
export type MenuPart = (typeof menuParts)[number]

export const menuFields = {
  categories: z.array(documentCategory).max(menuLimits.categories),
  items: z.array(documentItem).max(menuLimits.items),
  toppings: z.array(documentTopping).max(menuLimits.toppings),
  crusts: z.array(documentCrust).max(menuLimits.crusts),
}

/** Every id stands once, and what is named is there; for a schema with `menuFields`. */
export function checkMenu(menu: z.infer<z.ZodObject<typeof menuFields>>, context: z.RefinementCtx) {
  const complain = (path: (string | number)[], message: string) =>
    context.addIssue({ code: 'custom', path, message: `Invalid input: ${message}` })
  for (const part of menuParts)
    for (const index of repeated(menu[part])) complain([part, index, 'id'], 'this id stands here twice')
  const categories = new Set(menu.categories.map(({ id }) => id))
  const toppings = new Set(menu.toppings.map(({ id }) => id))
  menu.items.forEach((item, index) => {
    if (!categories.has(item.category)) complain(['items', index, 'category'], 'there is no such category')
    item.toppings.forEach((topping, at) => {
      if (!toppings.has(topping)) complain(['items', index, 'toppings', at], 'there is no such topping')
    })
    for (const at of repeated(item.sizes)) complain(['items', index, 'sizes', at, 'id'], 'this size stands here twice')
  })
}

/** The indices of what has the id of something before it. */
function repeated(all: readonly { id: string }[]): number[] {
  const seen = new Set<string>()
  return all.flatMap(({ id }, index) => {
    if (seen.has(id)) return [index]
    seen.add(id)
    return []
  })
}

/**
 * The whole menu as its owner writes it, in the order in which people read it. It differs from what customers get
 * (`menu.ts`): texts may be missing in a language, and nothing in it is of the evening, such as what is sold out.
 */
export const menuDocument = z.strictObject(menuFields).superRefine(checkMenu)

export type MenuDocument = z.infer<typeof menuDocument>
export type DocumentItem = MenuDocument['items'][number]
export type DocumentTopping = MenuDocument['toppings'][number]
export type DocumentCrust = MenuDocument['crusts'][number]
export type DocumentCategory = MenuDocument['categories'][number]
