import type { Tx } from '../../db/store.ts'
import { businessDay, businessDays } from '../../shared/menu/hours.ts'
import type { Pizzeria } from '../../shared/menu/pizzeria.ts'
import type { Order } from '../../shared/order/order.ts'

/**
 * An order's business day and number once it is promised for another time (ms): on the same day it keeps its number, on
 * another it gets one that is new there, whatever the clock believed (ORD-9).
 */
export async function renumber(
  tx: Tx,
  { id, timezone }: Pizzeria,
  { day, number, test }: Pick<Order, 'day' | 'number' | 'test'>,
  promiseAt: number,
): Promise<Pick<Order, 'day' | 'number'>> {
  const next = businessDay(promiseAt, timezone)
  if (next === day) return { day, number }
  const off = (await tx.keptClock())?.off ?? 0
  return { day: next, number: await tx.nextNumber(id, businessDays(promiseAt, off, timezone), test) }
}
