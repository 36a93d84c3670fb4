import { addDays, wallClock } from '../../shared/menu/hours.ts'
import type { Language } from '../../shared/menu/menu.ts'

export interface Holidays {
  /** Parts of the country that have holidays of their own, by code; the first choice is the whole country. */
  regions: { code: string; name: string }[]
  /** By date (`YYYY-MM-DD`), each once. */
  holidays: { date: string; name: string }[]
}

export interface WhichHolidays {
  /** ISO 3166-1 alpha-2 */ country: string
  region?: string
  language: Language
  timezone: string
  /** ms */ now: number
}

/** The public holidays of the 365 days from today. None where the library does not know the country. */
export async function readHolidays({ country, region, language, timezone, now }: WhichHolidays): Promise<Holidays> {
  // A megabyte of rules, for whoever asks.
  const { default: Calendar } = await import('date-holidays')
  const calendar = region ? new Calendar(country, region) : new Calendar(country)
  const today = wallClock(now, timezone).date
  const year = Number(today.slice(0, 4))
  const found = [year, year + 1]
    .flatMap((one) => calendar.getHolidays(one, language) ?? [])
    .filter(({ type }) => type === 'public')
    .map(({ date, name }) => ({ date: date.slice(0, 10), name }))
    .filter(({ date }) => date >= today && date < addDays(today, 365))
  const regions = Object.entries(new Calendar().getStates(country, language) ?? {})
  return {
    regions: regions.map(([code, name]) => ({ code, name })),
    holidays: [...new Map(found.map((one) => [one.date, one])).values()].sort((a, b) => (a.date < b.date ? -1 : 1)),
  }
}
