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

/** The date (`YYYY-MM-DD`) so many days later. */
export const addDays = (date: string, count: number) =>
  new Date(Date.parse(date) + count * day).toISOString().slice(0, 10)

/** What the wall clock shows, read as if it were UTC (ms). */
function wallTime(time: number, timezone: string): number {
  const { date, minutes } = wallClock(time, timezone)
  return Date.parse(date) + minutes * 60_000
}

/**
 * The first moment (ms) at which the wall clock shows so many minutes after the midnight of a date, or has passed them:
 * an hour that comes twice is the first of the two, and one that is skipped is the moment of the skip.
 */
export function momentOf(date: string, minutes: number, timezone: string): number {
  const wall = Date.parse(date) + minutes * 60_000
  // A zone changes its clocks once within two days at most, so one of these two offsets holds.
  const offsets = [wall - day, wall + day].map((time) => wallTime(time, timezone) - time)
  let [before, after] = [wall - Math.max(...offsets), wall - Math.min(...offsets)]
  if (wallTime(before, timezone) === wall) return before
  if (wallTime(after, timezone) === wall) return after
  while (after - before > 60_000) {
    const middle = before + Math.floor((after - before) / 120_000) * 60_000
    if (wallTime(middle, timezone) < wall) before = middle
    else after = middle
  }
  return after
}
