import { describe, expect, it } from 'vitest'
import type { MenuHours } from '#shared/menu/menu'
import { openingData } from '#shared/menu/opening-data'

type Week = NonNullable<MenuHours['week']>
const everyDay = [0, 1, 2, 3, 4, 5, 6]
const type = { '@type': 'OpeningHoursSpecification' }
const inWeek = (week: Week) => openingData({ week, exceptions: [] })
const onDays = (exceptions: MenuHours['exceptions']) => openingData({ week: null, exceptions })

describe('[WEB-6] opening hours as JSON-LD', () => {
  it('[WEB-6] the days that have an opening in common share an entry; a day without one is closed', () => {
    const week: Week = [
      { day: 2, from: '12:00', to: '14:30' },
      { day: 2, from: '18:00', to: '22:30' },
      { day: 3, from: '18:00', to: '22:30' },
      { day: 0, from: '18:00', to: '22:30' },
    ]
    expect(inWeek(week)).toEqual([
      { ...type, dayOfWeek: ['Sunday', 'Tuesday', 'Wednesday'], opens: '18:00', closes: '22:30' },
      { ...type, dayOfWeek: ['Monday', 'Thursday', 'Friday', 'Saturday'], opens: '00:00', closes: '00:00' },
      { ...type, dayOfWeek: ['Tuesday'], opens: '12:00', closes: '14:30' },
    ])
  })

  it('[WEB-6] an opening over midnight belongs to the day on which it begins', () => {
    const [, friday] = inWeek([{ day: 5, from: '18:00', to: '01:00' }])
    expect(friday).toEqual({ ...type, dayOfWeek: ['Friday'], opens: '18:00', closes: '01:00' })
    const [, toMidnight] = inWeek([{ day: 5, from: '18:00', to: '00:00' }])
    expect(toMidnight).toEqual({ ...type, dayOfWeek: ['Friday'], opens: '18:00', closes: '00:00' })
  })

  it('[WEB-6] an opening of 24 hours is not mistaken for none', () => {
    const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
    expect(inWeek(everyDay.map((day) => ({ day, from: '00:00', to: '00:00' })))).toEqual([
      { ...type, dayOfWeek: days, opens: '00:00', closes: '23:59' },
    ])
    expect(inWeek(everyDay.map((day) => ({ day, from: '18:00', to: '18:00' })))).toEqual([
      { ...type, dayOfWeek: days, opens: '18:00', closes: '17:59' },
    ])
  })

  it('[WEB-6] special days have their own hours, or are closed', () => {
    const openings = [
      { from: '11:00', to: '14:00' },
      { from: '19:00', to: '02:00' },
    ]
    expect(
      onDays([
        { from: '2026-12-31', to: '2026-12-31', openings },
        { from: '2026-12-24', to: '2026-12-26', openings: [] },
      ]),
    ).toEqual([
      { ...type, validFrom: '2026-12-24', validThrough: '2026-12-26', opens: '00:00', closes: '00:00' },
      { ...type, validFrom: '2026-12-31', validThrough: '2026-12-31', opens: '11:00', closes: '14:00' },
      { ...type, validFrom: '2026-12-31', validThrough: '2026-12-31', opens: '19:00', closes: '02:00' },
    ])
  })

  it('[WEB-6] [SET-4] of two that hold for a day, the one for the fewest days is said, and the other around it', () => {
    expect(
      onDays([
        { from: '2026-08-01', to: '2026-08-31', openings: [] },
        { from: '2026-08-15', to: '2026-08-15', openings: [{ from: '18:00', to: '23:00' }] },
      ]),
    ).toEqual([
      { ...type, validFrom: '2026-08-01', validThrough: '2026-08-14', opens: '00:00', closes: '00:00' },
      { ...type, validFrom: '2026-08-15', validThrough: '2026-08-15', opens: '18:00', closes: '23:00' },
      { ...type, validFrom: '2026-08-16', validThrough: '2026-08-31', opens: '00:00', closes: '00:00' },
    ])
  })
})
