import { z } from 'zod'
import { orderLine } from '../menu/line.ts'
import { calledAs } from './called.ts'
import { order, type Order } from './order.ts'

/** An order as somebody sees it with whom its customer has shared it: what, when, and how far it is. */
export const sharedOrder = order
  .pick({ number: true, state: true, mode: true, promiseAt: true, recalledAt: true, updatedAt: true, test: true })
  .extend({
    /** The first name alone. */
    name: z.string(),
    lines: z.array(orderLine.pick({ kind: true, item: true, name: true, half: true, quantity: true, picture: true })),
  })
export type SharedOrder = z.infer<typeof sharedOrder>

/** What a shared link shows. */
export interface SharedView {
  /** ISO 8601 */ now: string
  pizzeria: { id: string; name: string; timezone: string }
  order: SharedOrder
}

export const toSharedOrder = (from: Order): SharedOrder =>
  sharedOrder.parse({ ...from, name: calledAs(from.customer.name) })

/** An order of a table, as everybody sees it who sits there: nobody's name is in it. */
export const tableOrder = sharedOrder.omit({ name: true })
export type TableOrder = z.infer<typeof tableOrder>

/** What the code on a table shows to whoever has scanned it. */
export interface TableView {
  /** ISO 8601 */ now: string
  table: { name: string }
  /** Its orders that are not over, the oldest first. */
  orders: TableOrder[]
}

export const toTableOrder = (from: Order): TableOrder => tableOrder.parse(from)
