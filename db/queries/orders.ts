import { eq, sql } from 'drizzle-orm'
import { pizzasIn } from '../../shared/menu/pricing.ts'
import type { Order } from '../../shared/order/order.ts'
import { owedOf } from '../../shared/order/payments.ts'
import { placeholders, type Database } from '../database.ts'
import type { OrdersTx } from '../store/orders.ts'
import type { CountIn } from './kitchen-load.ts'
import type { NoteChange } from './stale-days.ts'

const ms = (iso: string | null) => (iso === null ? null : Date.parse(iso))

const laterOf = (one: string, other = '') => (other > one ? other : one)

/** All columns except those of facts beside the order's own history: `unseen`, `painted`, `people`. */
const rowOf = (order: Order, position: number) => ({
  id: order.id,
  pizzeria: order.pizzeria,
  tracking: order.tracking,
  day: order.day,
  number: order.number,
  test: order.test,
  state: order.state,
  pizzas: pizzasIn(order),
  promiseAt: Date.parse(order.promiseAt),
  placedAt: Date.parse(order.placedAt),
  updatedAt: Date.parse(order.updatedAt),
  // When the kitchen got it as it is now: from then on somebody must have shown it.
  queuedAt: order.queuedAt === null ? null : Date.parse(laterOf(order.queuedAt, order.amended?.at)),
  shownAt: ms(order.shownAt),
  owed: owedOf(order),
  phone: order.customer.phone,
  position,
  body: order,
})

type Column = keyof ReturnType<typeof rowOf>

/** `settled`: most changes of an order leave all of these as they are. */
const columns: Record<Column, 'settled' | 'changing'> = {
  id: 'settled',
  pizzeria: 'settled',
  tracking: 'settled',
  day: 'settled',
  number: 'settled',
  test: 'settled',
  state: 'changing',
  pizzas: 'changing',
  promiseAt: 'changing',
  placedAt: 'settled',
  updatedAt: 'changing',
  queuedAt: 'changing',
  shownAt: 'changing',
  owed: 'changing',
  phone: 'settled',
  position: 'changing',
  body: 'changing',
}
const allColumns = Object.keys(columns) as Column[]

const isSettled = (before: Order, after: Order) =>
  before.day === after.day && before.number === after.number && before.customer.phone === after.customer.phone

/** What must follow each change of an order in the same transaction. */
interface Followers {
  countIn: CountIn
  noteChange: NoteChange
}

/** An order's own row. The kitchen's load and the figures of its day follow each change of it. */
export function orderQueries({ db, schema: { orders } }: Database, { countIn, noteChange }: Followers): OrdersTx {
  // The queries of every order are built once: building a query costs more than running it.
  const find = db
    .select({ body: orders.body })
    .from(orders)
    .where(eq(orders.id, sql.placeholder('id')))
    .prepare()
  const findTracked = db
    .select({ body: orders.body })
    .from(orders)
    .where(eq(orders.tracking, sql.placeholder('tracking')))
    .prepare()
  const insert = db.insert(orders).values(placeholders(orders, allColumns)).prepare()
  const updateOf = (some: Column[]) =>
    db
      .update(orders)
      .set(placeholders(orders, some))
      .where(eq(orders.id, sql.placeholder('id')))
      .prepare()
  // SQLite writes each index anew that has a column which is set, also to what it was.
  const update = updateOf(allColumns.filter((column) => columns[column] === 'changing'))
  const updateAll = updateOf(allColumns)

  return {
    order: async (id) => (await find.execute({ id }))[0]?.body,
    orderByTracking: async (tracking) => (await findTracked.execute({ tracking }))[0]?.body,

    async insertOrder(order, position) {
      await insert.execute(rowOf(order, position))
      if (!order.test) await noteChange(order.pizzeria, order.day)
      countIn(position, order)
    },
    async updateOrder(before, after, position) {
      await (isSettled(before, after) ? update : updateAll).execute(rowOf(after, position))
      if (!after.test) for (const day of new Set([before.day, after.day])) await noteChange(after.pizzeria, day)
      countIn(position, after, before)
    },
  }
}
