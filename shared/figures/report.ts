import { z } from 'zod'
import { paymentMethods } from '../order/money.ts'
import { actors } from '../order/order.ts'
import { lateReasons, type DayFigures } from './day.ts'

/** Minor units. */
const money = z.int()
const seconds = z.int()

/** What the orders of some business days come to: the answer of `GET /api/pizzerias/{id}/figures`. */
export const report = z.object({
  /** Business days, both included. */
  from: z.iso.date(),
  to: z.iso.date(),
  currency: z.string(),
  /** Days whose orders are still being added up: they count nowhere yet. 0: everything is in. */
  missing: z.int(),
  orders: z.int(),
  pizzas: z.int(),
  days: z.array(z.object({ day: z.iso.date(), orders: z.int(), pizzas: z.int(), sold: money })),
  /** By quarter hour of the wall clock, `HH:MM`, of all these days together. */
  quarters: z.array(z.object({ at: z.string(), orders: z.int(), pizzas: z.int() })),
  /** From placed to ready, of orders that were wanted as soon as possible; null: there were none. */
  waits: z.object({ orders: z.int(), median: seconds.nullable(), p90: seconds.nullable() }),
  promises: z.object({
    kept: z.int(),
    late: z.int(),
    reasons: z.array(z.object({ reason: z.enum(lateReasons), orders: z.int() })),
  }),
  /** The slowest first; `wait`: from placed to ready on average of the orders with it. */
  items: z.array(
    z.object({ item: z.string(), name: z.string(), orders: z.int(), pieces: z.int(), wait: seconds.nullable() }),
  ),
  cancelled: z.object({
    orders: z.int(),
    total: money,
    by: z.array(
      z.object({
        by: z.string().nullable(),
        name: z.string(),
        actor: z.enum(actors).nullable(),
        orders: z.int(),
        total: money,
      }),
    ),
  }),
  /** `sold` = `received` + `due` - `owed`; `received` = the methods' `paid` - `returned`. */
  money: z.object({
    sold: money,
    received: money,
    due: money,
    owed: money,
    methods: z.array(z.object({ method: z.enum(paymentMethods), paid: money, returned: money })),
    /** Empty `vat`: lines of a menu without VAT classes. */
    vat: z.array(z.object({ vat: z.string(), sold: money })),
  }),
})
export type Report = z.infer<typeof report>

/** Names of ids, for people. */
export interface Names {
  item(id: string): string
  member(id: string): string
}

/** The value at a share (0 to 1) of sorted values, by nearest rank; null: there are none. */
export const rankOf = (sorted: ArrayLike<number>, share: number) =>
  sorted.length === 0 ? null : sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!

/** Adds up days, one after the other, in any order, so that whoever gives them may rest in between. */
export function createReport() {
  const days: Report['days'] = []
  const quarters = new Map<number, [number, number]>()
  const waits: number[] = []
  const items = new Map<string, [number, number, number, number]>()
  const late = new Map<string, number>()
  const cancelled = new Map<string, Report['cancelled']['by'][number]>()
  const methods = new Map<string, [number, number]>()
  const vat = new Map<string, number>()
  const sums = { orders: 0, pizzas: 0, kept: 0, sold: 0, due: 0, owed: 0 }

  function add(day: string, figures: DayFigures) {
    const { orders, pizzas, sold } = figures
    days.push({ day, orders, pizzas, sold })
    for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += figures[name]
    for (const [quarter, counts] of Object.entries(figures.quarters)) addTo(quarters, Number(quarter), counts)
    for (const [id, counts] of Object.entries(figures.items)) addTo(items, id, counts)
    for (const [method, counts] of Object.entries(figures.methods)) addTo(methods, method, counts)
    for (const [name, total] of Object.entries(figures.vat)) vat.set(name, (vat.get(name) ?? 0) + total)
    for (const [reason, count] of Object.entries(figures.late)) late.set(reason, (late.get(reason) ?? 0) + count)
    for (const wait of figures.waits) waits.push(wait)
    for (const { by, actor, total } of figures.cancelled) {
      const key = by ?? actor ?? ''
      const known = cancelled.get(key) ?? { by, name: '', actor, orders: 0, total: 0 }
      cancelled.set(key, { ...known, orders: known.orders + 1, total: known.total + total })
    }
  }

  function finish(head: Pick<Report, 'from' | 'to' | 'currency' | 'missing'>, names: Names): Report {
    const sorted = Int32Array.from(waits).sort()
    const { orders, pizzas, kept, sold, due, owed } = sums
    const all = [...methods.values()]
    const calledOff = [...cancelled.values()]
    return {
      ...head,
      orders,
      pizzas,
      days: days.sort((one, other) => (one.day < other.day ? -1 : 1)),
      quarters: inOrder(quarters).map(([quarter, [orders, pizzas]]) => ({ at: clockOf(quarter), orders, pizzas })),
      waits: { orders: sorted.length, median: rankOf(sorted, 0.5), p90: rankOf(sorted, 0.9) },
      promises: {
        kept,
        late: sumOf([...late.values()]),
        reasons: lateReasons.flatMap((reason) => (late.has(reason) ? [{ reason, orders: late.get(reason)! }] : [])),
      },
      items: [...items]
        .map(([item, [orders, pieces, timed, seconds]]) => ({
          item,
          name: names.item(item),
          orders,
          pieces,
          wait: timed === 0 ? null : Math.round(seconds / timed),
        }))
        .sort((a, b) => (b.wait ?? -1) - (a.wait ?? -1) || b.pieces - a.pieces),
      cancelled: {
        orders: sumOf(calledOff.map((one) => one.orders)),
        total: sumOf(calledOff.map((one) => one.total)),
        by: calledOff
          .map((one) => ({ ...one, name: one.by === null ? '' : names.member(one.by) }))
          .sort((a, b) => b.orders - a.orders),
      },
      money: {
        sold,
        received: sumOf(all.map(([paid, returned]) => paid - returned)),
        due,
        owed,
        methods: paymentMethods.flatMap((method) => {
          const found = methods.get(method)
          return found ? [{ method, paid: found[0], returned: found[1] }] : []
        }),
        vat: [...vat].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, sold]) => ({ vat: name, sold })),
      },
    }
  }

  return { add, finish }
}

/** Adds numbers to those that are kept under a key. */
function addTo<Key, Counts extends number[]>(sums: Map<Key, Counts>, key: Key, more: Counts) {
  const known = sums.get(key)
  if (!known) sums.set(key, [...more] as Counts)
  else for (const [index, count] of more.entries()) known[index]! += count
}

const sumOf = (numbers: number[]) => numbers.reduce((sum, one) => sum + one, 0)
/** A business day begins at five: what is after midnight comes last. */
const inOrder = <Value>(quarters: Map<number, Value>) =>
  [...quarters].sort(([a], [b]) => ((a + 76) % 96) - ((b + 76) % 96))
const two = (number: number) => String(number).padStart(2, '0')
const clockOf = (quarter: number) => `${two(Math.floor(quarter / 4))}:${two((quarter % 4) * 15)}`
