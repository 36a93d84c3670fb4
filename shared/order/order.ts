import { z } from 'zod'
import { allergen, slug, text } from '../menu/menu.ts'
import { mode } from './modes.ts'

export const orderStates = [
  'scheduled',
  'pending',
  'queued',
  'making',
  'baking',
  'ready',
  'collected',
  'rejected',
  'cancelled',
  'expired',
] as const
export const orderState = z.enum(orderStates)
export type OrderState = z.infer<typeof orderState>

/** Who asks. A `kitchen` is the pizzaiolo at a paired screen; the `system` is a timer of ours. */
export const actors = ['customer', 'kitchen', 'counter', 'manager', 'system'] as const
export type Actor = (typeof actors)[number]

export const half = z.enum(['left', 'right', 'whole'])
export type Half = z.infer<typeof half>
/** `none` takes a default topping off (as `remove` does), also from one half only. */
export const amount = z.enum(['none', 'light', 'normal', 'extra'])
export type Amount = z.infer<typeof amount>

/** One line as the customer asks for it. Unknown keys are refused: a misspelt wish must not be lost. */
export const lineInput = z.strictObject({
  item: slug,
  /** May be left out where the item has one size only. */
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
  note: z.string().trim().max(140).default(''),
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
  /** Everything that lies on the pizza in the end, for the drawing. */
  picture: z.object({ sauce: z.string(), toppings: z.array(z.object({ topping: slug, half, amount })) }).nullable(),
  /** Minor units: of one piece, and of the line. */
  unitPrice: z.int(),
  total: z.int(),
})
export type OrderLine = z.infer<typeof orderLine>

const time = z.iso.datetime()

/** An order, whole: what the database holds and the counter sees. Times are ISO 8601 UTC. */
export const order = z.object({
  id: z.string(),
  pizzeria: slug,
  /** Unguessable; the customer's only key to the order. */
  tracking: z.string(),
  /** For people; counts up per pizzeria and business day. */
  number: z.int(),
  /** The business day, `YYYY-MM-DD` in the pizzeria's time zone. */
  day: z.string(),
  state: orderState,
  /** 1, 2, 3 … with each change. */
  version: z.int(),
  mode,
  table: z.string().nullable(),
  customer: z.object({ name: z.string(), phone: z.string().nullable() }),
  lines: z.array(orderLine),
  note: z.string(),
  total: z.int(),
  currency: z.string(),
  paid: z.boolean(),
  promiseAt: time,
  placedAt: time,
  updatedAt: time,
  /** When the kitchen may start: placed, or released from `scheduled` or `pending`. */
  queuedAt: time.nullable(),
  /** When it was said to be in the oven: its timer counts from here. */
  bakingAt: time.nullable(),
  readyAt: time.nullable(),
  collectedAt: time.nullable(),
  cancelledAt: time.nullable(),
  cancelReason: z.string().nullable(),
  /** Brought back from ready; the ticket shows BACK and keeps its age. */
  recalledAt: time.nullable(),
  /** First painted on a visible kitchen screen: proof of display. */
  shownAt: time.nullable(),
  /** Made up by a rehearsal; shown as TEST and kept out of the figures. */
  test: z.boolean(),
})
export type Order = z.infer<typeof order>

export const customerInput = z.strictObject({
  name: z.string().trim().min(1).max(60),
  phone: z
    .string()
    .trim()
    .regex(/^\+?[0-9 ().-]{6,24}$/)
    .optional(),
})

/** The body of a quote. */
export const quoteInput = z.strictObject({
  mode: mode.default('pickup'),
  lines: z.array(lineInput).min(1).max(50),
  for: time.optional(),
})
/** The body of an order. `total` (minor units) is what the customer saw; `for` asks for a later time. */
export const placeInput = z.strictObject({
  mode,
  table: z.string().trim().min(1).max(10).optional(),
  customer: customerInput,
  lines: z.array(lineInput).min(1).max(50),
  note: z.string().trim().max(280).default(''),
  total: z.int().min(0),
  for: time.optional(),
})
export type PlaceInput = z.infer<typeof placeInput>

/** The body of a move. */
export const moveInput = z.strictObject({
  to: orderState,
  ifVersion: z.int().min(1),
  reason: z.string().trim().min(1).max(140).optional(),
  /** Said after the question "not paid yet, hand over all the same?". */
  confirmUnpaid: z.boolean().default(false),
})
export type MoveInput = z.infer<typeof moveInput>
