import { addDays } from './hours.ts'
import type { MenuHours } from './menu.ts'
import { exceptionOn, type Hours } from './openings.ts'

/** The days of the week as schema.org names them, by their numbers. */
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const
type Weekday = (typeof weekdays)[number]

interface Times {
  opens: string
  closes: string
}

/** What schema.org calls `OpeningHoursSpecification`: of the week by its days, of a special day by its dates. */
type OpeningData = { '@type': 'OpeningHoursSpecification' } & Times &
  ({ dayOfWeek: Weekday[] } | { validFrom: string; validThrough: string })

const type = { '@type': 'OpeningHoursSpecification' } as const
/** No length at all: how search engines read a day without openings. */
const closed: Times = { opens: '00:00', closes: '00:00' }

const minuteBefore = (clock: string) =>
  new Date(Date.parse(`1970-01-02T${clock}Z`) - 60_000).toISOString().slice(11, 16)

/**
 * A day's openings. One that ends earlier in the day than it begins ends on the next day there as here; one of 24 hours
 * would have no length, and ends a minute before.
 */
const timesOf = (openings: readonly Hours[]): Times[] =>
  openings.length === 0
    ? [closed]
    : openings.map(({ from, to }) => ({ opens: from, closes: from === to ? minuteBefore(to) : to }))

function week(openings: NonNullable<MenuHours['week']>): OpeningData[] {
  const daysOf = new Map<string, { times: Times; dayOfWeek: Weekday[] }>()
  for (const [day, name] of weekdays.entries())
    for (const times of timesOf(openings.filter((one) => one.day === day))) {
      const key = `${times.opens} ${times.closes}`
      const known = daysOf.get(key) ?? { times, dayOfWeek: [] }
      known.dayOfWeek.push(name)
      daysOf.set(key, known)
    }
  return [...daysOf.values()].map(({ times, dayOfWeek }) => ({ ...type, dayOfWeek, ...times }))
}

/** The exceptions as spans of days that do not overlap: who reads them knows no rule by which one of two holds. */
function specialDays(exceptions: MenuHours['exceptions']): OpeningData[] {
  const turns = [...new Set(exceptions.flatMap(({ from, to }) => [from, addDays(to, 1)]))].sort()
  return turns.flatMap((validFrom, index) => {
    const exception = exceptionOn({ exceptions }, validFrom)
    if (!exception) return []
    // Every exception ends, so a turn follows on which it does.
    const validThrough = addDays(turns[index + 1]!, -1)
    return timesOf(exception.openings).map((times) => ({ ...type, validFrom, validThrough, ...times }))
  })
}

/** When a pizzeria is open, for search engines. Nothing is said of a week whose hours nobody has set. */
export const openingData = ({ week: openings, exceptions }: MenuHours): OpeningData[] => [
  ...(openings ? week(openings) : []),
  ...specialDays(exceptions),
]
