import { z } from 'zod'
import { freeText, someText } from '../text-input.ts'
import { lineInput, orderLine } from '../menu/line.ts'
import { callStyle, slug } from '../menu/menu.ts'
import { parts } from './duty.ts'
import { mode } from './modes.ts'
import { payment } from './money.ts'

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

/** Who acts. A `kitchen` is the pizzaiolo at a paired screen; the `system` is a timer of ours. */
export const actors = ['customer', 'kitchen', 'counter', 'manager', 'system'] as const
export type Actor = (typeof actors)[number]

const time = z.iso.datetime()

/** A whole order: what the database holds and the counter sees. Times are ISO 8601 UTC. */
export const order = z.object({
  id: z.string(),
  pizzeria: slug,
  /** Unguessable; the customer's only key to the order. */
  tracking: z.string(),
  /** For people (`numberOf`); counts up per pizzeria and business day. */
  number: z.int(),
  /** The business day of the promise, `YYYY-MM-DD` in the pizzeria's time zone, as it was when the order was placed. */
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
  /** Nothing is left to pay. */
  paid: z.boolean(),
  /** What was paid and given back; missing where an earlier build wrote it, and while there is nothing. */
  payments: z.array(payment).optional(),
  promiseAt: time,
  /** The later time that the customer asked for; null: as soon as possible. */
  wantedAt: time.nullable().optional(),
  /** It waits for the counter because this source (a hash) has brought more than its budget. */
  heldFor: z.string().optional(),
  /** How its pizzeria called people when it was placed; missing: by their first name. */
  calledAs: callStyle.optional(),
  placedAt: time,
  updatedAt: time,
  /** When the kitchen may start: placed, or released from `scheduled` or `pending`. */
  queuedAt: time.nullable(),
  /** When it was reported to be in the oven: its timer counts from here. */
  bakingAt: time.nullable(),
  readyAt: time.nullable(),
  collectedAt: time.nullable(),
  cancelledAt: time.nullable(),
  cancelReason: z.string().nullable(),
  /** Brought back from ready; the ticket shows BACK and keeps its age. */
  recalledAt: time.nullable(),
  /** Parts that stations have finished; missing in what an older build wrote. */
  done: z.array(z.enum(parts)).optional(),
  /** The last change of what was ordered: the lines that went, and the places of those that are new. */
  amended: z.object({ at: time, struck: z.array(orderLine), fresh: z.array(z.int()) }).optional(),
  /** First painted on a visible kitchen screen: proof of display. */
  shownAt: time.nullable(),
  /** Made up by a rehearsal; shown as TEST and left out of the figures. */
  test: z.boolean(),
})
export type Order = z.infer<typeof order>

export const customerInput = z.strictObject({
  name: someText(60),
  /** Any notation, but no words; the server reads it with the pizzeria's country and keeps it in E.164. */
  phone: someText(40)
    .refine((phone) => /\d/.test(phone) || !/\p{L}/u.test(phone))
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
  table: someText(10).optional(),
  /** The word of the table's QR code, which names the table. */
  tableToken: z.string().min(1).max(64).optional(),
  customer: customerInput,
  lines: z.array(lineInput).min(1).max(50),
  note: freeText(280).default(''),
  total: z.int().min(0),
  for: time.optional(),
  /** The promise that the customer saw: when the new one is much later, nothing is placed. */
  promise: time.optional(),
})
export type PlaceInput = z.infer<typeof placeInput>

/** The body of a move. */
export const moveInput = z.strictObject({
  to: orderState,
  ifVersion: z.int().min(1),
  /** With `ready`: a station has finished its part alone (KIT-21). */
  part: z.enum(parts).optional(),
  reason: someText(140).optional(),
  /** Confirms the question "not paid yet, hand over all the same?". */
  confirmUnpaid: z.boolean().default(false),
})
export type MoveInput = z.infer<typeof moveInput>

/** The body of an undo: `ifVersion` is the version that the step made. */
export const undoInput = z.strictObject({ undo: z.literal(true), ifVersion: z.int().min(1) })
