import { slots, type SlotDay } from '../../shared/menu/slots.ts'
import { exceptionOn } from '../../shared/menu/openings.ts'
import type { Mode } from '../../shared/order/modes.ts'
import { aheadDaysOf, pauseEnd, requireMode, requirePizzeria } from '../menu/pizzeria.ts'
import type { Context } from '../context.ts'

export interface SlotsView {
  now: string
  timezone: string
  slotMinutes: number
  /** Nothing can be ordered for before then; null: there is no pause. */
  pausedUntil: string | null
  days: { day: string; note: string | null; slots: { at: string; left: number }[] }[]
}

/** The times that a customer may choose (`for` of an order), today and on the days ahead. */
export async function readSlots(
  { store, clock }: Pick<Context, 'store' | 'clock'>,
  id: string,
  { mode, pizzas, day }: { mode: Mode; pizzas: number; day?: string },
): Promise<SlotsView> {
  return await store.read(async (tx) => {
    const pizzeria = await requirePizzeria(tx, id)
    requireMode(pizzeria, mode)
    const { settings, timezone, busyMinutes } = pizzeria
    const now = clock()
    const pausedUntil = pauseEnd(pizzeria, now)
    const { promised, pizzasAhead } = await tx.load(pizzeria)
    const found: SlotDay[] = slots({
      schedule: settings,
      timezone,
      kitchen: settings.kitchen,
      load: { now, promised, pizzasAhead, pizzas, busyMinutes },
      lastOrderMinutes: settings.lastOrderMinutes ?? 0,
      aheadDays: aheadDaysOf(settings),
      pausedUntil,
      day,
    })
    return {
      now: new Date(now).toISOString(),
      timezone,
      slotMinutes: settings.kitchen.slotMinutes ?? 15,
      pausedUntil: pausedUntil === null ? null : new Date(pausedUntil).toISOString(),
      days: found.map((one) => ({
        day: one.day,
        note: exceptionOn(settings, one.day)?.note || null,
        slots: one.slots.map(({ at, left }) => ({ at: new Date(at).toISOString(), left })),
      })),
    }
  })
}
