import type { DayFigures } from '../../shared/figures/day.ts'
import type { Text } from '../../shared/menu/menu.ts'
import type { Order } from '../../shared/order/order.ts'

/** What was kept of a business day. */
export interface KeptDay {
  day: string
  /** No order of the day has changed since its figures were made. */
  isFresh: boolean
  figures: DayFigures | null
}

/** Which orders of a pizzeria's past; those of rehearsals never. */
export interface HistoryFilter {
  /** A business day. */
  day?: string
  number?: number
  /** Only those that still say who ordered. */
  named?: boolean
  /** Only those before this one, the newest first. */
  before?: { placedAt: number; id: string }
}

/** History and figures. A change of an order (`OrdersTx`) MUST end the freshness of its day, or days. */
export interface FiguresTx {
  /** What was kept of the days from one to another, both included, in order. */
  days(pizzeria: string, from: string, to: string): Promise<KeptDay[]>
  /** Before a day's orders are read to make its figures. Answers with what `keepDay` needs; undefined: it has none. */
  beginDay(pizzeria: string, day: string): Promise<number | undefined>
  /** Keeps a day's figures, unless one of its orders has changed since they were begun. */
  keepDay(pizzeria: string, day: string, begun: number, figures: DayFigures): Promise<void>
  /** Days before one whose figures are no longer right, of all pizzerias. */
  staleDays(before: string, limit: number): Promise<{ pizzeria: string; day: string }[]>
  /** The last day before one that has orders. */
  dayBefore(pizzeria: string, day: string): Promise<string | undefined>
  /** A day's orders after a number, in order; without a rehearsal's. */
  ordersOfDay(pizzeria: string, day: string, after: number, limit: number): Promise<Order[]>
  /** What items are called, also those that are no longer on the menu. */
  itemNames(pizzeria: string, ids: readonly string[]): Promise<Map<string, Text>>
  /** The newest first. */
  history(pizzeria: string, filter: HistoryFilter, limit: number): Promise<Order[]>
}
