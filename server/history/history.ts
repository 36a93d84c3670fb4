import { setImmediate } from 'node:timers/promises'
import type { HistoryFilter } from '../../db/store/figures.ts'
import { standingOf, toPastOrder, type OrderLife, type PastOrders } from '../../shared/order/history.ts'
import { matches } from '../../shared/order/lanes.ts'
import type { Order } from '../../shared/order/order.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import { namesOf } from '../staff/book.ts'
import type { Context } from '../context.ts'

type Ground = Pick<Context, 'store'>

/** Orders that are looked at in one turn, some ms of work; and for one answer, after which the client asks on. */
const pageOrders = 150
const maxLooked = 15_000

export interface HistoryRequest {
  pizzeria: string
  /** A number, a name or a part of it, or a phone number; empty: all. */
  query: string
  day?: string | undefined
  /** `before` of the answer that this one goes on from. */
  before?: { placedAt: number; id: string } | undefined
  limit: number
}

/** Past orders, the newest first. Names and phone numbers are found for as long as orders keep them. */
export async function readHistory({ store }: Ground, asked: HistoryRequest): Promise<PastOrders> {
  const { pizzeria, day, limit } = asked
  const { number, named, fits } = readQuery(asked.query)
  const filter: HistoryFilter = { day, number, named }
  const orders: Order[] = []
  let before = asked.before
  for (let looked = 0; ; await setImmediate()) {
    const page = await store.read((tx) => tx.history(pizzeria, { ...filter, before }, pageOrders))
    for (const order of page) {
      if (orders.length === limit) return answer(orders, before)
      before = { placedAt: Date.parse(order.placedAt), id: order.id }
      if (fits(order)) orders.push(order)
    }
    looked += page.length
    if (page.length < pageOrders) return answer(orders, undefined)
    if (looked >= maxLooked) return answer(orders, before)
  }
}

const answer = (orders: Order[], before: HistoryRequest['before']): PastOrders => ({
  orders: orders.map(toPastOrder),
  before: before ? `${before.placedAt}.${before.id}` : null,
})

/** The numbers of a day have up to four digits; more of them are a phone number's. */
function readQuery(query: string): { number?: number; named: boolean; fits: (order: Order) => boolean } {
  const text = query.trim().replace(/^#/, '')
  if (text === '') return { named: false, fits: () => true }
  if (/^\d{1,4}$/.test(text)) return { number: Number(text), named: false, fits: () => true }
  const isPhone = /^[\d\s+().-]+$/.test(text)
  // The way in which it is dialled within the country has a zero that E.164 has not.
  const digits = text.replace(/\D/g, '').replace(/^0+/, '')
  if (isPhone) return { named: true, fits: ({ customer }) => (customer.phone ?? '').includes(digits) }
  return { named: true, fits: (order) => matches(order, text) }
}

/** More than an order has, as a rule. */
const maxSteps = 500

/** An order, and what was done to it as far as the log still has it; `order.unknown` where it is another pizzeria's. */
export async function readLife({ store }: Ground, pizzeria: string, id: string): Promise<OrderLife> {
  return await store.read(async (tx) => {
    const order = await tx.order(id)
    if (order?.pizzeria !== pizzeria) throw new Rejected('order.unknown')
    const events = await tx.subjectEventsAfter(pizzeria, `order:${order.tracking}`, 0, maxSteps)
    const names = await namesOf(tx, pizzeria)
    return {
      order,
      isWhole: events[0]?.version === 1,
      steps: events.map(({ version, at, type, actor, by, data }) => ({
        version,
        at: new Date(at).toISOString(),
        type,
        actor,
        by: by ? { id: by, name: names.get(by) ?? '' } : null,
        ...standingOf(data as Order),
      })),
    }
  })
}
