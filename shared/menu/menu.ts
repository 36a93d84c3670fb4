import { z } from 'zod'
import { allergens, diets, languages } from './words.ts'

export type { Language } from './words.ts'

/** A text in each language; the pizzeria writes its menu, so the menu carries its own translations. */
export const text = z.object({ fr: z.string(), en: z.string(), it: z.string() })
export type Text = z.infer<typeof text>

/** A name for machines: lower case, digits and dashes. Never shown, translated or reused. */
export const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,47}$/)

export const allergen = z.enum(allergens)
export type Allergen = z.infer<typeof allergen>

export const diet = z.enum(diets)
export type Diet = z.infer<typeof diet>

/** Money in minor units (cents) of the pizzeria's currency. */
const price = z.int().min(0).max(1_000_000)

/** `until` is when availability comes back by itself (ISO 8601); null: not until somebody sets it. */
const availability = { available: z.boolean(), until: z.iso.datetime().nullable() }

export const menuSize = z.object({ id: slug, name: text, price, available: z.boolean() })
export const menuCategory = z.object({ id: slug, name: text })
export type MenuCategory = z.infer<typeof menuCategory>

/** What the drawn pizza shows besides its toppings. */
export const picture = z.object({ sauce: z.enum(['tomato', 'cream', 'pesto', 'none']) })

/** An uploaded picture: the SHA-256 of its bytes (base64url) and its kind, which are its address too. */
export const photo = z.string().regex(/^[\w-]{43}\.(?:webp|jpg|png)$/)

export const menuItem = z.object({
  id: slug,
  kind: z.enum(['pizza', 'side', 'drink', 'dessert']),
  name: text,
  description: text,
  category: slug,
  ...availability,
  /** Why a whole item is sold out although it is `available`: a topping that it needs is out. */
  sizes: z.array(menuSize).min(1),
  /** Topping ids that are on it by default, and may be removed. */
  toppings: z.array(slug),
  allergens: z.array(allergen),
  diets: z.array(diet),
  /** Portions left, or null when not counted. Reserved in the ordering transaction. */
  stock: z.int().min(0).nullable(),
  /** How many are made each day; missing or null: not counted. `stock` begins anew with each business day. */
  portions: z.int().nullable().optional(),
  /** The class of its value added tax, in the pizzeria's own words, such as `10 %` or `A`. */
  vat: z.string().nullable().optional(),
  picture: picture.nullable(),
  /** An uploaded picture; missing or null: it is drawn. */
  photo: photo.nullable().optional(),
})
export type MenuItem = z.infer<typeof menuItem>

export const menuTopping = z.object({
  id: slug,
  name: text,
  group: z.enum(['cheese', 'meat', 'fish', 'vegetable', 'herb', 'extra']),
  ...availability,
  /** Price of one whole normal portion by size id. */
  prices: z.record(slug, price),
  allergens: z.array(allergen),
  diets: z.array(diet),
})
export type MenuTopping = z.infer<typeof menuTopping>

export const menuCrust = z.object({
  id: slug,
  name: text,
  available: z.boolean(),
  prices: z.record(slug, price),
  allergens: z.array(allergen),
})
export type MenuCrust = z.infer<typeof menuCrust>

/**
 * How a topping on half of a pizza is charged: `full` price; `half`, rounded up to a cent; or `dearer`: the sum of the
 * more expensive side, once.
 */
export const halfTopping = z.enum(['full', 'half', 'dearer'])

/**
 * What a pizzeria calls people on the board and in the kitchen: by the `first` word that is not a title, by that and
 * the `initial` of the last one, or by the `whole` name as they gave it.
 */
export const callStyle = z.enum(['first', 'initial', 'whole'])
export type CallStyle = z.infer<typeof callStyle>

export const policies = z.object({
  halfTopping,
  /**
   * The largest quantity of one line, and the most pieces in one order; above them the counter must place the order.
   */
  maxQuantity: z.int(),
  maxPieces: z.int(),
  phoneRequired: z.boolean(),
  /** Customers change their own order until somebody has started it; only where this is set. */
  customersAmend: z.boolean().optional(),
  /** How much later (minutes) than the customer saw an order may become before they are asked; 10 by default. */
  patienceMinutes: z.int().optional(),
  /** How people are called on the board and in the kitchen; `first` by default. */
  calledAs: callStyle.optional(),
})
export type Policies = z.infer<typeof policies>

/**
 * The policies as customers get them, with what else decides over their orders; missing in what an older build wrote.
 */
export const menuPolicies = policies.extend({
  /** New orders wait until the counter accepts them. */
  acceptByHand: z.boolean().optional(),
  /** How long before closing the last order for now is taken. */
  lastOrderMinutes: z.int().optional(),
  /** For how many days after today customers may order. */
  aheadDays: z.int().optional(),
  /** How orders reach people here (`Mode`); missing: every way. */
  modes: z.array(z.string()).optional(),
  /** An order for a table needs the token of the table's QR code. */
  tableTokens: z.boolean().optional(),
})
export type MenuPolicies = z.infer<typeof menuPolicies>

/** What customers may know of the pizzeria's present state. */
export const pizzeriaView = z.object({
  id: slug,
  name: z.string(),
  currency: z.string().length(3),
  timezone: z.string(),
  open: z.boolean(),
  /** When it opens next, also while it is open; null without hours, and missing in what an older build wrote. */
  opensAt: z.iso.datetime().nullable().optional(),
  /** When it closes; null while it is closed, or where it stays open for a week. */
  closesAt: z.iso.datetime().nullable().optional(),
  /** Why today's hours are not the usual ones; null where nothing is to be said. */
  hoursNote: z.string().nullable().optional(),
  /** Counts the changes of the settings. */
  version: z.int().optional(),
  pausedUntil: z.iso.datetime().nullable(),
  busyMinutes: z.int(),
  /** ISO 3166-1 alpha-2, an E.164 number and one line of text; missing in what an older build wrote. */
  country: z.string().length(2).optional(),
  phone: z.string().nullable().optional(),
  address: z.string().nullable().optional(),
  /** The languages that it uses; missing: all of ours. */
  languages: z.array(z.enum(languages)).optional(),
  /** An uploaded picture; missing or null: none. */
  logo: photo.nullable().optional(),
})
export type PizzeriaView = z.infer<typeof pizzeriaView>

const hours = z.object({ from: z.string(), to: z.string() })

/** When it is open (`Schedule` of openings.ts): `week` is null where nobody has set hours; no exception is over. */
export const menuHours = z.object({
  week: z.array(hours.extend({ day: z.int() })).nullable(),
  exceptions: z.array(hours.extend({ openings: z.array(hours) })),
})
export type MenuHours = z.infer<typeof menuHours>

/** The state of the stream `menu:{pizzeria}`. */
export const menu = z.object({
  pizzeria: pizzeriaView,
  /** Missing in what an older build wrote. */
  hours: menuHours.optional(),
  currency: z.string().length(3),
  categories: z.array(menuCategory),
  items: z.array(menuItem),
  toppings: z.array(menuTopping),
  crusts: z.array(menuCrust),
  policies: menuPolicies,
})
export type Menu = z.infer<typeof menu>

/** The data of a `menu.changed` event: only what changed, each object whole. Applying it twice changes nothing. */
export const menuChange = z.object({
  pizzeria: pizzeriaView.optional(),
  items: z.array(menuItem).optional(),
  toppings: z.array(menuTopping).optional(),
  policies: menuPolicies.optional(),
  hours: menuHours.optional(),
})
export type MenuChange = z.infer<typeof menuChange>
