import { z } from 'zod'
import { customerOrder } from './views.ts'
import { actors, order, type Order } from './order.ts'
import { dueOf, owedOf, paidOf } from './payments.ts'
import { pizzasIn } from '../menu/pricing.ts'

/** An order in the list of past ones. */
export const pastOrder = order
  .pick({
    id: true,
    number: true,
    day: true,
    state: true,
    mode: true,
    table: true,
    customer: true,
    total: true,
    currency: true,
    paid: true,
    placedAt: true,
    promiseAt: true,
    readyAt: true,
  })
  .extend({
    pizzas: z.int(),
    /** Still to be paid, and to be returned; minor units. */
    due: z.int(),
    owed: z.int(),
  })
export type PastOrder = z.infer<typeof pastOrder>

export const toPastOrder = (from: Order): PastOrder =>
  pastOrder.parse({ ...from, pizzas: pizzasIn(from), due: dueOf(from), owed: owedOf(from) })

/** The answer of the history: `before` asks for the next page; null: nothing older fits. */
export const pastOrders = z.object({ orders: z.array(pastOrder), before: z.string().nullable() })
export type PastOrders = z.infer<typeof pastOrders>

/** What was done to an order, and how it stood then. */
export const orderStep = z.object({
  version: z.int(),
  at: z.iso.datetime(),
  type: z.string(),
  actor: z.enum(actors),
  /** Null: nobody of the house, or an older build. */
  by: z.object({ id: z.string(), name: z.string() }).nullable(),
  state: customerOrder.shape.state,
  total: z.int(),
  received: z.int(),
})
export type OrderStep = z.infer<typeof orderStep>

/** An order as it is, with its life as far as the log still has it. */
export const orderLife = z.object({
  order,
  steps: z.array(orderStep),
  /** The log has all of it. */
  isWhole: z.boolean(),
})
export type OrderLife = z.infer<typeof orderLife>

/** How an order stood, for a step of its life. */
export const standingOf = (from: Order) => ({ state: from.state, total: from.total, received: paidOf(from) })
