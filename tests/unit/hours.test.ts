import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { businessDay, isOpenAt, nextOpening, wallClock, type OpeningHours } from '../../shared/menu/hours.ts'
import { seed } from '../support/seed.ts'

const paris = 'Europe/Paris'
const at = (iso: string) => Date.parse(iso)
/** Friday 18:00 to 01:00, Saturday 11:30 to 23:00. */
const weekend: OpeningHours[] = [
  { day: 5, from: '18:00', to: '01:00' },
  { day: 6, from: '11:30', to: '23:00' },
]
const open = (iso: string, hours = weekend, timezone = paris) => isOpenAt(hours, timezone, at(iso))

describe('the next opening', () => {
  const next = (iso: string, hours: OpeningHours[] | null = weekend, timezone = paris) => {
    const opensAt = nextOpening(hours, timezone, at(iso))
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
          const opensAt = nextOpening(weekend, timezone, now)!
          expect(opensAt).toBeGreaterThan(now - 60_000)
          expect(isOpenAt(weekend, timezone, opensAt)).toBe(true)
          expect(isOpenAt(weekend, timezone, opensAt - 60_000)).toBe(false)
        },
      ),
      { seed, numRuns: 300 },
    )
  })
})

describe('opening hours', () => {
  it('[ORD-10] null means always open, an empty list never', () => {
    expect(isOpenAt(null, paris, 0)).toBe(true)
    expect(isOpenAt([], paris, 0)).toBe(false)
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

describe('the business day', () => {
  it('[ORD-9] ends at five in the morning', () => {
    expect(businessDay(at('2026-06-13T00:30:00+02:00'), paris)).toBe('2026-06-12')
    expect(businessDay(at('2026-06-13T04:59:59+02:00'), paris)).toBe('2026-06-12')
    expect(businessDay(at('2026-06-13T05:00:00+02:00'), paris)).toBe('2026-06-13')
    expect(businessDay(at('2026-01-01T01:00:00+01:00'), paris)).toBe('2025-12-31')
  })

  it('[ORD-9] is one day also when the clocks change', () => {
    for (const [evening, night] of [
      ['2026-03-28T21:00:00Z', '2026-03-29T01:30:00Z'],
      ['2026-10-24T20:00:00Z', '2026-10-25T02:30:00Z'],
    ] as const)
      expect(businessDay(at(night), paris)).toBe(businessDay(at(evening), paris))
  })

  it.each(['Europe/Rome', 'America/New_York', 'Australia/Lord_Howe'])(
    '[ORD-9] ends when the wall clock of %s shows five, also on the nights of a clock change',
    (timezone) => {
      fc.assert(
        fc.property(
          fc.integer({ min: Date.parse('1970-01-02T00:00Z'), max: Date.parse('2099-12-31T00:00Z') }),
          (time) => {
            const { date, minutes } = wallClock(time, timezone)
            const day = businessDay(time, timezone)
            if (minutes >= 5 * 60) expect(day).toBe(date)
            else expect(Date.parse(date) - Date.parse(day)).toBe(86_400_000)
          },
        ),
        { seed, numRuns: 500 },
      )
      // Both nights of each year, minute by minute around five.
      for (const day of ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01'])
        for (let time = Date.parse(day) - 86_400_000; time < Date.parse(day) + 86_400_000; time += 60_000) {
          const { date, minutes } = wallClock(time, timezone)
          if (minutes === 299) expect(businessDay(time, timezone) < date, new Date(time).toISOString()).toBe(true)
          if (minutes === 300) expect(businessDay(time, timezone)).toBe(date)
        }
    },
  )

  it('[ORD-9] never goes back as time passes', () => {
    for (const start of ['2026-03-28T12:00:00Z', '2026-10-24T12:00:00Z']) {
      const days = Array.from({ length: 48 * 4 }, (_, quarter) => businessDay(at(start) + quarter * 900_000, paris))
      expect(days).toEqual(days.toSorted())
    }
  })

  it('[ORD-9] midnight is hour zero', () => {
    expect(wallClock(at('2026-06-13T00:00:00+02:00'), paris)).toEqual({ date: '2026-06-13', weekday: 6, minutes: 0 })
  })
})
