import { dayEndsAt } from './hours.ts'

const hour = 3_600_000

/**
 * When the business day that runs at `now` (ms) ends, `days` later: an instant in ms. It uses the wall clock of the
 * pizzeria's time zone, so that a night with a clock change still ends at five.
 */
export function endOfDay(now: number, timezone: string, days = 0): number {
  const wall = wallClock(now, timezone)
  const date = new Date(wall)
  const today = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), dayEndsAt)
  const end = (wall < today ? today : today + 24 * hour) + days * 24 * hour
  const guess = end - (wall - now)
  // The offset may differ at that time: correct the guess by what the wall clock shows then.
  return guess - (wallClock(guess, timezone) - end)
}

/** The wall clock, read as if it were UTC (ms). */
function wallClock(at: number, timezone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at)
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value)
  return (
    Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) + (at % 1000)
  )
}
