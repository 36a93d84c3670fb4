import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, momentOf, wallClock } from '../../shared/menu/hours.ts'
import {
  exceptionOn,
  hoursOn,
  isOpenAt,
  nextClosing,
  nextOpening,
  openings,
  outsideHours,
  staysOpen,
  type HoursException,
  type OpeningHours,
  type Schedule,
} from '../../shared/menu/openings.ts'
import { buildOrder } from '../support/build.ts'
import { seed } from '../support/seed.ts'

const paris = 'Europe/Paris'
const at = (iso: string) => Date.parse(iso)
/** Friday 18:00 to 01:00, Saturday 11:30 to 23:00. */
const weekend: OpeningHours[] = [
  { day: 5, from: '18:00', to: '01:00' },
  { day: 6, from: '11:30', to: '23:00' },
]
const open = (iso: string, hours = weekend, timezone = paris) => isOpenAt({ hours }, timezone, at(iso))

describe('the next opening', () => {
  const next = (iso: string, hours: OpeningHours[] | null = weekend, timezone = paris) => {
    const opensAt = nextOpening({ hours }, timezone, at(iso))
    return opensAt === null ? null : new Date(opensAt).toISOString()
  }

  it('[ORD-25] is the first of the week to come, also while it is open', () => {
    expect(next('2026-06-10T12:00:00+02:00')).toBe('2026-06-12T16:00:00.000Z')
    expect(next('2026-06-12T17:59:30+02:00')).toBe('2026-06-12T16:00:00.000Z')
    expect(next('2026-06-12T18:00:00+02:00')).toBe('2026-06-13T09:30:00.000Z')
    expect(next('2026-06-13T12:00:00+02:00')).toBe('2026-06-19T16:00:00.000Z')
    expect(next('2026-06-13T12:00:00+02:00', null)).toBeNull()
    expect(next('2026-06-13T12:00:00+02:00', [])).toBeNull()
  })

  it('[ORD-25] is the hour on the wall, over the nights when the clocks change', () => {
    const sunday = [{ day: 0, from: '12:00', to: '22:00' }]
    expect(next('2026-03-28T20:00:00+01:00', sunday)).toBe('2026-03-29T10:00:00.000Z')
    expect(next('2026-10-24T20:00:00+02:00', sunday)).toBe('2026-10-25T11:00:00.000Z')
  })

  it('[ORD-25] is open, and closed the minute before, at any moment in three time zones', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-12-31T00:00:00Z') }),
        fc.constantFrom(paris, 'America/New_York', 'Asia/Kolkata'),
        (now, timezone) => {
          const opensAt = nextOpening({ hours: weekend }, timezone, now)!
          expect(opensAt).toBeGreaterThan(now - 60_000)
          expect(isOpenAt({ hours: weekend }, timezone, opensAt)).toBe(true)
          expect(isOpenAt({ hours: weekend }, timezone, opensAt - 60_000)).toBe(false)
        },
      ),
      { seed, numRuns: 300 },
    )
  })
})

describe('opening hours', () => {
  it('[ORD-10] null means always open, an empty list never', () => {
    expect(isOpenAt({ hours: null }, paris, 0)).toBe(true)
    expect(isOpenAt({ hours: [] }, paris, 0)).toBe(false)
  })

  it("[ORD-10] opens with the first minute and closes with the last, by the pizzeria's clock", () => {
    expect(open('2026-06-13T11:29:59+02:00')).toBe(false)
    expect(open('2026-06-13T11:30:00+02:00')).toBe(true)
    expect(open('2026-06-13T22:59:59+02:00')).toBe(true)
    expect(open('2026-06-13T23:00:00+02:00')).toBe(false)
  })

  it('[ORD-10] stays open over midnight into the next day, and only then', () => {
    expect(open('2026-06-12T17:59:00+02:00')).toBe(false)
    expect(open('2026-06-12T23:59:59+02:00')).toBe(true)
    expect(open('2026-06-13T00:59:59+02:00')).toBe(true)
    expect(open('2026-06-13T01:00:00+02:00')).toBe(false)
    expect(open('2026-06-12T00:30:00+02:00')).toBe(false)
  })

  it("[ORD-10] an evening of the week's last day ends on its first", () => {
    const saturday: OpeningHours[] = [{ day: 6, from: '20:00', to: '02:00' }]
    expect(open('2026-06-14T01:30:00+02:00', saturday)).toBe(true)
    expect(open('2026-06-14T20:30:00+02:00', saturday)).toBe(false)
  })

  it('[ORD-10] the same hour on both ends is a whole day', () => {
    expect(
      ['00:00', '11:59', '12:00', '23:59'].map((time) =>
        open(`2026-06-13T${time}:00+02:00`, [{ day: 6, from: '12:00', to: '12:00' }]),
      ),
    ).toEqual([false, false, true, true])
    expect(open('2026-06-14T11:59:00+02:00', [{ day: 6, from: '12:00', to: '12:00' }])).toBe(true)
  })

  it('[ORD-10] keeps the wall clock when summer time begins and ends', () => {
    const night: OpeningHours[] = [{ day: 0, from: '01:00', to: '04:00' }]
    // 29 March 2026: 02:00 becomes 03:00; so this night is an hour shorter.
    expect(
      [
        '2026-03-29T00:00:00Z',
        '2026-03-29T00:59:59Z',
        '2026-03-29T01:00:00Z',
        '2026-03-29T01:59:59Z',
        '2026-03-29T02:00:00Z',
      ].map((time) => open(time, night)),
    ).toEqual([true, true, true, true, false])
    // 25 October 2026: 03:00 becomes 02:00; this one is an hour longer.
    expect(
      [
        '2026-10-24T22:59:59Z',
        '2026-10-24T23:00:00Z',
        '2026-10-25T00:30:00Z',
        '2026-10-25T01:30:00Z',
        '2026-10-25T02:59:59Z',
        '2026-10-25T03:00:00Z',
      ].map((time) => open(time, night)),
    ).toEqual([false, true, true, true, true, false])
  })

  it("[ORD-10] uses the pizzeria's time zone, not ours", () => {
    const noon: OpeningHours[] = [{ day: 1, from: '12:00', to: '13:00' }]
    expect(open('2026-06-15T03:30:00Z', noon, 'Asia/Tokyo')).toBe(true)
    expect(open('2026-06-15T10:30:00Z', noon, 'Asia/Tokyo')).toBe(false)
    expect(open('2026-06-15T16:30:00Z', noon, 'America/New_York')).toBe(true)
  })
})

const closed = (from: string, to = from, note = ''): HoursException => ({ from, to, openings: [], note })
const other = (from: string, openings: HoursException['openings'], to = from): HoursException => ({
  from,
  to,
  openings,
  note: '',
})
const everyDay: OpeningHours[] = [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, from: '18:00', to: '23:00' }))
const iso = (time: number | null) => (time === null ? null : new Date(time).toISOString())

describe('exceptions', () => {
  const schedule: Schedule = {
    hours: weekend,
    exceptions: [
      closed('2026-06-01', '2026-06-30', 'Holidays'),
      other('2026-06-13', [{ from: '12:00', to: '14:00' }]),
      other('2026-06-17', [{ from: '22:00', to: '02:00' }]),
    ],
  }
  const is = (time: string) => isOpenAt(schedule, paris, at(time))

  it('[SET-4] the one for the fewest days holds, whatever their order', () => {
    expect(exceptionOn(schedule, '2026-06-12')?.note).toBe('Holidays')
    expect(exceptionOn(schedule, '2026-06-13')?.openings).toHaveLength(1)
    expect(exceptionOn(schedule, '2026-07-01')).toBeNull()
    const turned = { ...schedule, exceptions: schedule.exceptions!.toReversed() }
    expect(exceptionOn(turned, '2026-06-13')?.openings).toHaveLength(1)
    const twice = { hours: null, exceptions: [closed('2026-06-13'), other('2026-06-13', weekend)] }
    expect(exceptionOn(twice, '2026-06-13')?.openings).toHaveLength(2)
  })

  it('[SET-4] a day has the hours of its exception alone', () => {
    expect(is('2026-06-12T19:00:00+02:00')).toBe(false)
    expect(is('2026-06-13T12:30:00+02:00')).toBe(true)
    expect(is('2026-06-13T15:00:00+02:00')).toBe(false)
    expect(is('2026-07-03T19:00:00+02:00')).toBe(true)
  })

  it('[SET-4] an opening belongs to the day on which it begins, also past midnight', () => {
    expect(is('2026-06-18T01:59:00+02:00')).toBe(true)
    expect(is('2026-06-18T02:00:00+02:00')).toBe(false)
    const saturdayOff = { hours: weekend, exceptions: [closed('2026-06-13')] }
    expect(isOpenAt(saturdayOff, paris, at('2026-06-13T00:30:00+02:00'))).toBe(true)
    expect(isOpenAt(saturdayOff, paris, at('2026-06-13T12:00:00+02:00'))).toBe(false)
  })

  it('[SET-4] [ORD-25] the next opening is the one after them, also after months', () => {
    expect(iso(nextOpening(schedule, paris, at('2026-06-05T12:00:00+02:00')))).toBe('2026-06-13T10:00:00.000Z')
    expect(iso(nextOpening(schedule, paris, at('2026-06-18T12:00:00+02:00')))).toBe('2026-07-03T16:00:00.000Z')
    const long = { hours: everyDay, exceptions: [closed('2026-06-01', '2027-04-30')] }
    expect(iso(nextOpening(long, paris, at('2026-06-02T12:00:00+02:00')))).toBe('2027-05-01T16:00:00.000Z')
    const never = { hours: [], exceptions: [closed('2026-06-01')] }
    expect(nextOpening(never, paris, at('2026-06-02T12:00:00+02:00'))).toBeNull()
  })

  it('[SET-4] a pizzeria that is always open closes for them alone', () => {
    const always: Schedule = { hours: null, exceptions: [closed('2026-06-13', '2026-06-14')] }
    const noon = at('2026-06-12T12:00:00+02:00')
    expect(isOpenAt(always, paris, noon)).toBe(true)
    expect(iso(nextClosing(always, paris, noon))).toBe('2026-06-12T22:00:00.000Z')
    expect(iso(nextOpening(always, paris, noon))).toBe('2026-06-14T22:00:00.000Z')
    expect(staysOpen(always, paris, noon, at('2026-06-13T00:00:00+02:00'))).toBe(true)
    expect(staysOpen(always, paris, noon, at('2026-06-13T00:01:00+02:00'))).toBe(false)
    expect(staysOpen(always, paris, at('2026-06-15T00:00:00+02:00'), at('2026-06-30T00:00:00+02:00'))).toBe(true)
    expect(nextClosing(always, paris, at('2026-06-16T00:00:00+02:00'))).toBeNull()
  })
})

describe('closed from now on', () => {
  const evening = at('2026-06-12T19:00:00+02:00')
  const until = '2026-06-13T03:00:00.000Z'

  it('[SET-5] nothing is open until then, and what comes after is as always', () => {
    const shut: Schedule = { hours: weekend, closedUntil: until }
    expect(isOpenAt(shut, paris, evening)).toBe(false)
    expect(nextClosing(shut, paris, evening)).toBeNull()
    expect(iso(nextOpening(shut, paris, evening))).toBe('2026-06-13T09:30:00.000Z')
    expect(isOpenAt({ hours: weekend, closedUntil: null }, paris, evening)).toBe(true)
    const hour = { hours: weekend, closedUntil: '2026-06-12T18:00:00.000Z' }
    expect(iso(nextOpening(hour, paris, evening))).toBe('2026-06-12T18:00:00.000Z')
    expect(iso(nextOpening({ hours: null, closedUntil: until }, paris, evening))).toBe(until)
  })

  it('[SET-5] names the orders that wait for such a time, the next one first', () => {
    const order = (id: string, promiseAt: string, state = 'scheduled', test = false) =>
      buildOrder({ id, promiseAt, state: state as 'scheduled', test })
    const orders = [
      order('later', '2026-06-12T20:00:00.000Z'),
      order('sooner', '2026-06-12T18:00:00.000Z', 'pending'),
      order('tomorrow', '2026-06-13T10:00:00.000Z'),
      order('in the oven', '2026-06-12T18:00:00.000Z', 'baking'),
      order('a rehearsal', '2026-06-12T18:00:00.000Z', 'scheduled', true),
    ]
    const touched = outsideHours({ hours: weekend, closedUntil: until }, paris, orders)
    expect(touched.map(({ id }) => id)).toEqual(['sooner', 'later'])
    expect(outsideHours({ hours: weekend }, paris, orders)).toEqual([])
  })
})

describe('openings that touch', () => {
  it('[ORD-20] [SET-4] are one: nobody closes at midnight to open at midnight', () => {
    const night: Schedule = {
      hours: [
        { day: 5, from: '18:00', to: '00:00' },
        { day: 6, from: '00:00', to: '02:00' },
        { day: 6, from: '01:00', to: '03:00' },
      ],
    }
    const evening = at('2026-06-12T20:00:00+02:00')
    expect(iso(nextClosing(night, paris, evening))).toBe('2026-06-13T01:00:00.000Z')
    expect(staysOpen(night, paris, evening, at('2026-06-13T02:30:00+02:00'))).toBe(true)
    expect(iso(nextOpening(night, paris, evening))).toBe('2026-06-19T16:00:00.000Z')
  })

  it('[SET-4] a week without a gap never closes', () => {
    const always = { hours: [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, from: '05:00', to: '05:00' })) }
    expect(nextClosing(always, paris, at('2026-06-12T20:00:00+02:00'))).toBeNull()
    expect(nextOpening(always, paris, at('2026-06-12T20:00:00+02:00'))).toBeNull()
    expect(staysOpen(always, paris, at('2026-03-28T00:00:00Z'), at('2026-03-30T00:00:00Z'))).toBe(true)
  })
})

const hour = fc
  .integer({ min: 0, max: 47 })
  .map((half) => `${String(half >> 1).padStart(2, '0')}:${half % 2 ? '30' : '00'}`)
const hours = fc.record({ from: hour, to: hour })
const weekOf = fc.array(
  hours.chain((one) => fc.integer({ min: 0, max: 6 }).map((day) => ({ ...one, day }))),
  { maxLength: 9 },
)
/** Around the night on which the clocks of Europe change. */
const start = '2026-10-15'
const anyException = fc
  .record({
    from: fc.integer({ min: 0, max: 20 }),
    days: fc.integer({ min: 0, max: 5 }),
    openings: fc.array(hours, { maxLength: 2 }),
  })
  .map(({ from, days, openings }) => ({
    from: addDays(start, from),
    to: addDays(start, from + days),
    openings,
    note: '',
  }))
const anySchedule: fc.Arbitrary<Schedule> = fc.record({
  hours: fc.option(weekOf),
  exceptions: fc.array(anyException, { maxLength: 4 }),
  closedUntil: fc.option(fc.constantFrom('2026-10-20T03:00:00.000Z', '2026-10-25T00:30:00.000Z')),
})
const anyTime = fc.integer({ min: 0, max: 20 * 1440 }).map((minute) => at(`${start}T00:00:00Z`) + minute * 60_000)
const zones = fc.constantFrom(paris, 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata')

describe(`whatever the schedule (COMANDA_SEED=${seed})`, () => {
  /** The same said in other words: some opening of today or yesterday holds, and nobody has closed. */
  const openInOtherWords = (schedule: Schedule, timezone: string, time: number) => {
    if (schedule.closedUntil && time < at(schedule.closedUntil)) return false
    const today = wallClock(time, timezone).date
    return [addDays(today, -1), today].some((date) =>
      hoursOn(schedule, date).some(({ from, to }) => {
        const [begin, end] = [from, to].map((clock) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)))
        const last = end! > begin! ? end! : end! + 1440
        return momentOf(date, begin!, timezone) <= time && time < momentOf(date, last, timezone)
      }),
    )
  }

  it('[SET-4] it is open within its openings and at no other moment', () => {
    fc.assert(
      fc.property(anySchedule, zones, anyTime, (schedule, timezone, time) => {
        expect(isOpenAt(schedule, timezone, time)).toBe(openInOtherWords(schedule, timezone, time))
      }),
      { seed, numRuns: 500 },
    )
  })

  it('[SET-4] [ORD-25] the next opening and closing are real, and nothing changes before', () => {
    fc.assert(
      fc.property(anySchedule, zones, anyTime, (schedule, timezone, time) => {
        const is = (moment: number) => isOpenAt(schedule, timezone, moment)
        const [opens, closes] = [nextOpening(schedule, timezone, time), nextClosing(schedule, timezone, time)]
        if (opens !== null) expect([opens > time, is(opens), is(opens - 60_000)]).toEqual([true, true, false])
        if (closes !== null) expect([is(time), is(closes), is(closes - 60_000)]).toEqual([true, false, true])
        const first = Math.min(opens ?? Infinity, closes ?? Infinity, time + 86_400_000)
        for (let moment = time; moment < first; moment += 7 * 60_000) expect(is(moment)).toBe(is(time))
        if (closes !== null) {
          expect(staysOpen(schedule, timezone, time, closes)).toBe(true)
          expect(staysOpen(schedule, timezone, time, closes + 1)).toBe(false)
        }
      }),
      { seed, numRuns: 300 },
    )
  })

  it('[SET-4] openings come in order and never touch', () => {
    fc.assert(
      fc.property(anySchedule, zones, anyTime, (schedule, timezone, time) => {
        const found = [...openings(schedule, timezone, time, time + 10 * 86_400_000)]
        found.forEach(({ from, to }, index) => {
          expect(to).toBeGreaterThan(from)
          if (index > 0) expect(from).toBeGreaterThan(found[index - 1]!.to)
        })
      }),
      { seed, numRuns: 200 },
    )
  })
})
