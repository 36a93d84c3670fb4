import { momentOf, wallClock } from './hours.ts'

/** What the wall clock of a time zone shows at a moment (ms), as a field for times has it: `2026-11-27T19:30`. */
export function toWall(time: number, timezone: string): string {
  const { date, minutes } = wallClock(time, timezone)
  return `${date}T${new Date(minutes * 60_000).toISOString().slice(11, 16)}`
}

/** The moment (ms) at which the wall clock shows that (`momentOf`), or null when it is no time. */
export function fromWall(wall: string, timezone: string): number | null {
  const found = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})$/.exec(wall)
  if (!found || Number.isNaN(Date.parse(`${wall}Z`))) return null
  const [, date, hours, minutes] = found
  return momentOf(date!, Number(hours) * 60 + Number(minutes), timezone)
}
