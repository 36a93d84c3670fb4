import type { OrderLine } from '../menu/line.ts'
import type { CustomerOrder } from './views.ts'

/** What has become different from what the customer ordered, and why as far as anybody knows. */
export type News =
  | { what: 'lines'; /** ISO 8601 */ at: string; struck: OrderLine[]; fresh: OrderLine[] }
  | { what: 'time'; before: string; now: string; because: 'lines' | 'busy' | null }

/** A promise that moves by less (ms) is none. */
const notedMs = 5 * 60_000

/** `promised`: the promise that this device was given, ISO 8601; null: it does not know. */
export function newsOf(
  order: Pick<CustomerOrder, 'amended' | 'lines' | 'promiseAt'>,
  { promised, busyMinutes }: { promised: string | null; busyMinutes: number },
): News[] {
  const news: News[] = []
  const { amended, lines, promiseAt } = order
  if (amended)
    news.push({
      what: 'lines',
      at: amended.at,
      struck: amended.struck,
      fresh: amended.fresh.flatMap((one) => lines[one] ?? []),
    })
  const moved = promised === null ? 0 : Date.parse(promiseAt) - Date.parse(promised)
  if (Math.abs(moved) >= notedMs)
    news.push({
      what: 'time',
      before: promised!,
      now: promiseAt,
      because: amended ? 'lines' : moved > 0 && busyMinutes > 0 ? 'busy' : null,
    })
  return news
}
