import { addDays, momentOf, wallClock } from './hours.ts'

/** From one hour to another, `HH:MM` in the pizzeria's time zone; `to` may be after midnight. */
export interface Hours {
  from: string
  to: string
}

/** One opening of the week; `day` 0 is Sunday, and the day on which it begins. */
export interface OpeningHours extends Hours {
  day: number
}

/**
 * Days (`YYYY-MM-DD`, both included) with hours of their own instead of the week's; without openings, closed. An
 * opening belongs to the day on which it begins.
 */
export interface HoursException {
  from: string
  to: string
  openings: Hours[]
  /** Why, for customers; may be empty. */
  note: string
}

/** When a pizzeria is open. MUST NOT be changed once it was asked: what was worked out for it is kept. */
export interface Schedule {
  /** The openings of the week, or null: always open. */
  hours: OpeningHours[] | null
  exceptions?: HoursException[]
  /** Closed from now on until then (ISO 8601), whatever the hours say. */
  closedUntil?: string | null
}

/** An opening as moments (ms): open at `from`, no longer at `to`. */
export interface Span {
  from: number
  to: number
}

const dayMs = 86_400_000
const dayMinutes = 24 * 60
const wholeDay: Hours = { from: '00:00', to: '00:00' }

const toMinutes = (clock: string) => {
  const [hours, minutes] = clock.split(':').map(Number) as [number, number]
  return hours * 60 + minutes
}

const lengthOf = ({ from, to }: Pick<HoursException, 'from' | 'to'>) => Date.parse(to) - Date.parse(from)

/** The exception that holds on a date: of several the one for the fewest days, then the last one. */
export function exceptionOn<Exception extends Pick<HoursException, 'from' | 'to'>>(
  { exceptions = [] }: { exceptions?: readonly Exception[] },
  date: string,
): Exception | null {
  return exceptions
    .filter(({ from, to }) => from <= date && date <= to)
    .reduce<Exception | null>((best, one) => (best && lengthOf(best) < lengthOf(one) ? best : one), null)
}

/** The openings that a date has by the schedule. */
export function hoursOn(schedule: Schedule, date: string): readonly Hours[] {
  const exception = exceptionOn(schedule, date)
  if (exception) return exception.openings
  const weekday = new Date(date).getUTCDay()
  return schedule.hours === null ? [wholeDay] : schedule.hours.filter(({ day }) => day === weekday)
}

function workOut(schedule: Schedule, timezone: string, date: string): readonly Span[] {
  const closedUntil = schedule.closedUntil ? Date.parse(schedule.closedUntil) : -Infinity
  return hoursOn(schedule, date)
    .map(({ from, to }) => {
      const [start, end] = [toMinutes(from), toMinutes(to)]
      return {
        from: Math.max(momentOf(date, start, timezone), closedUntil),
        to: momentOf(date, end > start ? end : end + dayMinutes, timezone),
      }
    })
    .filter(({ from, to }) => to > from)
    .sort((one, other) => one.from - other.from)
}

const maxDaysKept = 200
/** What was worked out, by schedule, time zone and date: each order and each look at the menu asks for it. */
const kept = new WeakMap<Schedule, Map<string, readonly Span[]>>()

function spansOn(schedule: Schedule, timezone: string, date: string): readonly Span[] {
  const key = `${date} ${timezone}`
  const days = kept.get(schedule) ?? new Map<string, readonly Span[]>()
  kept.set(schedule, days)
  const known = days.get(key)
  if (known) return known
  if (days.size >= maxDaysKept) days.clear()
  const spans = workOut(schedule, timezone, date)
  days.set(key, spans)
  return spans
}

/**
 * The openings that are not over at `from` (ms), in order, up to those that begin on the day of `to` (ms). Openings
 * that touch or overlap are one; where a pizzeria never closes, the first begins before `from` and the last ends after
 * `to`.
 */
export function* openings(schedule: Schedule, timezone: string, from: number, to: number): Generator<Span> {
  let open: Span | null = null
  const last = wallClock(to, timezone).date
  // An opening of the evening before may still go on.
  for (let date = addDays(wallClock(from, timezone).date, -1); date <= last; date = addDays(date, 1))
    for (const span of spansOn(schedule, timezone, date)) {
      if (open && span.from <= open.to) {
        if (span.to > open.to) open = { from: open.from, to: span.to }
        continue
      }
      if (open && open.to > from) yield open
      open = span
    }
  if (open && open.to > from) yield open
}

const neverCloses = ({ hours, exceptions, closedUntil }: Schedule) =>
  hours === null && !exceptions?.length && !closedUntil

/** Whether a pizzeria is open at a moment (ms). */
export const isOpenAt = (schedule: Schedule, timezone: string, time: number): boolean =>
  openSince(schedule, timezone, time) !== null

/** When the opening began (ms) that a moment lies in: -Infinity where it never closes, null while it is closed. */
export function openSince(schedule: Schedule, timezone: string, time: number): number | null {
  if (neverCloses(schedule)) return -Infinity
  for (const { from } of openings(schedule, timezone, time, time)) return from <= time ? from : null
  return null
}

/** Whether a pizzeria is open without a break from one moment (ms) to another; it may close with the last one. */
export function staysOpen(schedule: Schedule, timezone: string, from: number, to: number): boolean {
  if (neverCloses(schedule)) return true
  for (const span of openings(schedule, timezone, from, to))
    return span.from <= from && Math.max(to, from + 1) <= span.to
  return false
}

/** Beyond two weeks after the last exception, nothing is there that was not there before. */
const horizon = ({ exceptions = [], closedUntil }: Schedule, time: number) =>
  Math.max(time, Date.parse(closedUntil ?? '') || 0, ...exceptions.map(({ to }) => Date.parse(to))) + 15 * dayMs

/** When a pizzeria opens next after a moment (ms), also while it is open; null where it never does. */
export function nextOpening(schedule: Schedule, timezone: string, time: number): number | null {
  if (neverCloses(schedule)) return null
  for (const { from } of openings(schedule, timezone, time, horizon(schedule, time))) if (from > time) return from
  return null
}

/** When a pizzeria that is open at a moment (ms) closes; null while it is closed, or where it stays open for a week. */
export function nextClosing(schedule: Schedule, timezone: string, time: number): number | null {
  if (neverCloses(schedule)) return null
  for (const { from, to } of openings(schedule, timezone, time, time + 8 * dayMs))
    return from <= time && to < time + 7 * dayMs ? to : null
  return null
}

/** The orders that wait for a time at which nobody is there by this schedule. */
export const outsideHours = <O extends { state: string; promiseAt: string; test: boolean }>(
  schedule: Schedule,
  timezone: string,
  orders: readonly O[],
): O[] =>
  orders
    .filter(({ state, test }) => !test && (state === 'scheduled' || state === 'pending'))
    .filter(({ promiseAt }) => !isOpenAt(schedule, timezone, Date.parse(promiseAt)))
    .sort((one, other) => Date.parse(one.promiseAt) - Date.parse(other.promiseAt))
