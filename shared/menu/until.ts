import { addDays, businessDay, dayEndsAt, momentOf } from './hours.ts'

/**
 * When the business day that runs at `now` (ms) ends, `days` later: an instant in ms. It uses the wall clock of the
 * pizzeria's time zone, so that a night with a clock change still ends at five.
 */
export const endOfDay = (now: number, timezone: string, days = 0): number =>
  momentOf(addDays(businessDay(now, timezone), days + 1), dayEndsAt * 60, timezone)
