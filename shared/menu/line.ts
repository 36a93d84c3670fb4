import { z } from 'zod'
import { freeText } from '../text-input.ts'
import { allergen, slug, text } from './menu.ts'

export const half = z.enum(['left', 'right', 'whole'])
export type Half = z.infer<typeof half>
/** `none` takes a default topping off (as `remove` does), also from one half only. */
export const amount = z.enum(['none', 'light', 'normal', 'extra'])
export type Amount = z.infer<typeof amount>

/** One line as the customer asks for it. Unknown keys are refused: a misspelt choice must not be lost. */
export const lineInput = z.strictObject({
  item: slug,
  /** May be left out where the item has only one size. */
  size: slug.optional(),
  crust: slug.optional(),
  /** Half and half: `item` is the left half, this pizza the right one. */
  half: slug.optional(),
  quantity: z.int().min(1).max(10_000),
  toppings: z
    .array(z.strictObject({ topping: slug, half: half.default('whole'), amount: amount.default('normal') }))
    .max(30)
    .default([]),
  remove: z.array(slug).max(30).default([]),
  note: freeText(140).default(''),
})
export type LineInput = z.input<typeof lineInput>
export type Line = z.infer<typeof lineInput>

/** One line as it was sold. Names are copied, so that a ticket never changes with the menu. */
export const orderLine = z.object({
  item: slug,
  kind: z.enum(['pizza', 'side', 'drink', 'dessert']),
  category: slug,
  name: text,
  size: slug,
  sizeName: text,
  crust: slug.nullable(),
  crustName: text.nullable(),
  half: z.object({ item: slug, name: text }).nullable(),
  quantity: z.int(),
  /** Additions and changes of amount, not what is on it by default. */
  toppings: z.array(z.object({ topping: slug, name: text, half, amount, price: z.int() })),
  removed: z.array(z.object({ topping: slug, name: text, half })),
  note: z.string(),
  allergens: z.array(allergen),
  /** Everything that finally lies on the pizza, for the drawing. */
  picture: z.object({ sauce: z.string(), toppings: z.array(z.object({ topping: slug, half, amount })) }).nullable(),
  /** The class of its value added tax, as the menu had it; missing: none. */
  vat: z.string().optional(),
  /** Minor units: of one piece, and of the line. */
  unitPrice: z.int(),
  total: z.int(),
})
export type OrderLine = z.infer<typeof orderLine>
