import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, businessDay, momentOf, wallClock } from '../../shared/menu/hours.ts'
import { seed } from '../support/seed.ts'

const paris = 'Europe/Paris'
const at = (iso: string) => Date.parse(iso)

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

describe('a moment by the wall clock', () => {
  const iso = (date: string, minutes: number, timezone = paris) =>
    new Date(momentOf(date, minutes, timezone)).toISOString()

  it('[SET-4] is the first of two where an hour comes twice, and the skip where it never comes', () => {
    expect(iso('2026-06-13', 18 * 60)).toBe('2026-06-13T16:00:00.000Z')
    expect(iso('2026-06-13', 26 * 60)).toBe('2026-06-14T00:00:00.000Z')
    expect(iso('2026-10-25', 150)).toBe('2026-10-25T00:30:00.000Z')
    expect(iso('2026-10-25', 180)).toBe('2026-10-25T02:00:00.000Z')
    expect(iso('2026-03-29', 150)).toBe('2026-03-29T01:00:00.000Z')
    expect(iso('2026-03-29', 180)).toBe('2026-03-29T01:00:00.000Z')
    expect(iso('2026-10-04', 135, 'Australia/Lord_Howe')).toBe('2026-10-03T15:30:00.000Z')
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01')
  })

  it.each(['Europe/Rome', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Africa/Cairo'])(
    '[SET-4] is the first at which the clock of %s shows it, or has passed it',
    (timezone) => {
      fc.assert(
        fc.property(
          fc.integer({ min: 0, max: 40 * 365 }),
          fc.integer({ min: 0, max: 2 * 1440 }),
          fc.boolean(),
          (days, anyMinutes, atNight) => {
            const date = addDays('2010-01-01', days)
            // Clocks change at night: most of what is tried is there.
            const minutes = atNight ? anyMinutes % 300 : anyMinutes
            const shown = (time: number) => {
              const wall = wallClock(time, timezone)
              return Date.parse(wall.date) + wall.minutes * 60_000
            }
            const [at, wall] = [momentOf(date, minutes, timezone), Date.parse(date) + minutes * 60_000]
            expect(shown(at)).toBeGreaterThanOrEqual(wall)
            expect(shown(at - 60_000)).toBeLessThan(wall)
          },
        ),
        { seed, numRuns: 500 },
      )
    },
  )
})
