/**
 * One opening of the week: `day` 0 is Sunday; `from` and `to` are `HH:MM` in the pizzeria's time zone; `to` may be
 * after midnight.
 */
export interface OpeningHours {
  day: number
  from: string
  to: string
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const formats = new Map<string, Intl.DateTimeFormat>()

/** Making a formatter is expensive (about 50 µs), so there is one per time zone. */
function format(timezone: string) {
  const known = formats.get(timezone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  formats.set(timezone, made)
  return made
}

export interface WallClock {
  /** `YYYY-MM-DD` */ date: string
  /** 0 is Sunday. */ weekday: number
  /** Since midnight. */ minutes: number
}

const maxMinutesKept = 100
/** The minutes that were asked for lately: all orders of a minute share one. */
const kept = new Map<string, WallClock>()

/** A moment (ms) on the wall clock of a time zone. */
export function wallClock(time: number, timezone: string): WallClock {
  const key = `${Math.floor(time / 60_000)} ${timezone}`
  const known = kept.get(key)
  if (known) return known
  const part = Object.fromEntries(
    format(timezone)
      .formatToParts(time)
      .map(({ type, value }) => [type, value]),
  ) as Record<string, string>
  const read = {
    date: `${part.year}-${part.month}-${part.day}`,
    weekday: days.indexOf(part.weekday!),
    minutes: Number(part.hour) * 60 + Number(part.minute),
  }
  if (kept.size >= maxMinutesKept) kept.clear()
  kept.set(key, read)
  return read
}

/** The hour on the wall clock at which a pizzeria's day ends: an order after midnight belongs to the evening before. */
export const dayEndsAt = 5
const day = 86_400_000

/**
 * The business day (`YYYY-MM-DD`) that a moment (ms) belongs to; order numbers count within it. It is read from the
 * wall clock: five elapsed hours earlier would be a different hour on the two nights when the clocks change.
 */
export function businessDay(time: number, timezone: string): string {
  const { date, minutes } = wallClock(time, timezone)
  return minutes < dayEndsAt * 60 ? new Date(Date.parse(date) - day).toISOString().slice(0, 10) : date
}

/**
 * The business days that a number must be new on: that of a moment (ms) by the machine's clock, and, while this is off
 * by so much (ms), the day that it is believed to be. A wrong clock then gives no number that the day has had.
 */
export const businessDays = (time: number, off: number, timezone: string) => [
  ...new Set([businessDay(time, timezone), businessDay(time - off, timezone)]),
]

const toMinutes = (clock: string) => {
  const [hours, minutes] = clock.split(':').map(Number) as [number, number]
  return hours * 60 + minutes
}

const stepMs = 5 * 60_000

/** Whether a pizzeria is open without a break from one moment (ms) to another; it may close with the last one. */
export function staysOpen(hours: OpeningHours[] | null, timezone: string, from: number, to: number): boolean {
  if (!hours) return true
  // Nobody is open for a whole day, so a promise that far ahead falls into another opening.
  if (to - from > 86_400_000) return false
  for (let time = from; time < to; time += stepMs) if (!isOpenAt(hours, timezone, time)) return false
  return isOpenAt(hours, timezone, Math.max(from, to - 1))
}

const weekMinutes = 7 * 24 * 60
const dayMinutes = 24 * 60

/** When a pizzeria opens next after a moment (ms), also while it is open; null where it has no hours. */
export function nextOpening(hours: OpeningHours[] | null, timezone: string, time: number): number | null {
  if (!hours || hours.length === 0) return null
  const { weekday, minutes } = wallClock(time, timezone)
  const minute = Math.floor(time / 60_000) * 60_000
  const openings = hours.map(({ day, from }) => {
    const start = toMinutes(from)
    const wait = ((day - weekday) * dayMinutes + start - minutes + weekMinutes) % weekMinutes || weekMinutes
    const at = minute + wait * 60_000
    // The clocks may change before then: so far is the wall's clock from the hour that is meant.
    const off = ((wallClock(at, timezone).minutes - start + 1.5 * dayMinutes) % dayMinutes) - dayMinutes / 2
    return at - off * 60_000
  })
  return Math.min(...openings)
}

/** Whether a pizzeria is open at a moment (ms); without hours it always is. */
export function isOpenAt(hours: OpeningHours[] | null, timezone: string, time: number): boolean {
  if (!hours) return true
  const { weekday, minutes } = wallClock(time, timezone)
  return hours.some(({ day, from, to }) => {
    const [start, end] = [toMinutes(from), toMinutes(to)]
    if (end > start) return day === weekday && minutes >= start && minutes < end
    return (day === weekday && minutes >= start) || ((day + 1) % 7 === weekday && minutes < end)
  })
}
