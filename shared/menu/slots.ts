import { addDays, businessDay, momentOf } from './hours.ts'
import { openings, staysOpen, type Schedule, type Span } from './openings.ts'
import { grainMs, hasRoom, slotAround, soonest, takenIn, type KitchenSettings, type Load } from './quote.ts'

/** A time that may be chosen. An order for `at` is promised `at`, as long as nobody is faster. */
export interface Slot {
  /** ms */ at: number
  /** How many pizzas its slot still takes. */
  left: number
}

/** The slots of one business day (`YYYY-MM-DD`), so that half past midnight belongs to the evening before. */
export interface SlotDay {
  day: string
  slots: Slot[]
}

export interface SlotRules {
  schedule: Schedule
  timezone: string
  kitchen: KitchenSettings
  load: Omit<Load, 'notBefore'>
  /** How long before closing the rest of an opening can no longer be ordered for. */
  lastOrderMinutes: number
  /** For how many days after today. */
  aheadDays: number
  /** When the pause of now is over, ms; null: there is none. */
  pausedUntil?: number | null
  /** This day alone. */
  day?: string
}

const ceil = (time: number) => Math.ceil(time / grainMs) * grainMs

/**
 * The times that customers may ask for, by day: one for each slot of an opening, where there is room for these pizzas
 * and the kitchen can have them ready. Each is one that the promise keeps (`promise`), and days without any are there
 * too.
 */
export function slots(rules: SlotRules): SlotDay[] {
  const { schedule, timezone, load, aheadDays, lastOrderMinutes } = rules
  const today = businessDay(load.now, timezone)
  const days = Array.from({ length: aheadDays + 1 }, (_, ahead) => addDays(today, ahead))
  const wanted = days.filter((day) => rules.day === undefined || day === rules.day)
  if (wanted.length === 0) return []
  const byDay = new Map<string, Slot[]>(wanted.map((day) => [day, []]))
  // A business day ends in the morning of the day after.
  const begin = Math.max(load.now, momentOf(wanted[0]!, 0, timezone))
  const end = momentOf(addDays(wanted.at(-1)!, 2), 0, timezone)
  const tooLate = !staysOpen(schedule, timezone, load.now, load.now + lastOrderMinutes * 60_000)
  for (const span of openings(schedule, timezone, begin, end)) {
    if (span.from <= load.now && tooLate) continue
    for (const slot of slotsIn(span, begin, end, rules)) byDay.get(businessDay(slot.at, timezone))?.push(slot)
  }
  return wanted.map((day) => ({ day, slots: byDay.get(day)! }))
}

function* slotsIn(span: Span, begin: number, end: number, { kitchen, load, pausedUntil }: SlotRules): Generator<Slot> {
  const { promised, pizzas } = load
  // Before the first order of an opening, or after a pause, can be ready, nothing can.
  const begins = Math.max(span.from, pausedUntil ?? -Infinity)
  const earliest = ceil(Math.max(soonest(kitchen, load), begins + kitchen.baseMinutes * 60_000))
  const first = slotAround(kitchen, Math.max(earliest, begin))
  for (let start = first.start; start < Math.min(span.to, end); start += first.length) {
    const at = Math.max(start, earliest)
    if (at >= start + first.length || at >= span.to) continue
    if (!hasRoom(kitchen, promised, at, pizzas)) continue
    yield { at, left: Math.max(0, kitchen.pizzasPerSlot - takenIn(kitchen, promised, at)) }
  }
}
