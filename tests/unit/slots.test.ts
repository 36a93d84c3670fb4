import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { napoli } from '../../db/demo/napoli.ts'
import { promiseIn } from '../../server/orders/quote.ts'
import { addDays, businessDay } from '../../shared/menu/hours.ts'
import type { OpeningHours } from '../../shared/menu/openings.ts'
import type { Pizzeria, PizzeriaSettings } from '../../shared/menu/pizzeria.ts'
import { grainMs, grainOf, hasRoom, pizzasPerQuarter, slotAround, takenIn } from '../../shared/menu/quote.ts'
import { slots } from '../../shared/menu/slots.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import { seed } from '../support/seed.ts'

const minute = 60_000
const paris = 'Europe/Paris'
const evening: OpeningHours[] = [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, from: '18:00', to: '00:30' }))
/** A Friday. */
const friday = '2026-06-12'
const at = (clock: string, date = friday) => Date.parse(`${date}T${clock}:00+02:00`)

function build(over: Partial<PizzeriaSettings> = {}, kitchen: Partial<PizzeriaSettings['kitchen']> = {}): Pizzeria {
  const settings: PizzeriaSettings = {
    kitchen: { ...napoli.kitchen, baseMinutes: 15, pizzasPerSlot: 14, ...kitchen },
    policies: napoli.policies,
    acceptByHand: false,
    hours: evening,
    categories: [],
    crusts: [],
    ...over,
  }
  const head = { position: 0, oldest: 1, menuVersion: 0, peopleKeptDays: null, pausedUntil: null, busyMinutes: 0 }
  const shop = { id: 'napoli', name: 'Napoli', currency: 'EUR', timezone: paris, country: 'FR', phone: null }
  return { ...shop, ...head, address: null, settings }
}
interface Asked {
  now: number
  pizzas?: number
  promised?: Map<number, number>
  pizzasAhead?: number
  day?: string
}
const ask = (pizzeria: Pizzeria, { now, pizzas = 1, promised = new Map(), pizzasAhead = 0, day }: Asked) =>
  slots({
    schedule: pizzeria.settings,
    timezone: pizzeria.timezone,
    kitchen: pizzeria.settings.kitchen,
    load: { now, promised, pizzasAhead, pizzas, busyMinutes: pizzeria.busyMinutes },
    lastOrderMinutes: pizzeria.settings.lastOrderMinutes ?? 0,
    aheadDays: pizzeria.settings.aheadDays ?? 7,
    pausedUntil: pizzeria.pausedUntil,
    day,
  })
const clocks = (times: { at: number }[]) =>
  times.map((one) => new Date(one.at + 2 * 3_600_000).toISOString().slice(11, 16))

describe('the times that may be chosen', () => {
  it('[ORD-43] [ORD-40] begin after a pause when the first order after it can be ready, and are promised', () => {
    const paused: Pizzeria = { ...build(), pausedUntil: at('19:10') }
    const now = at('18:40')
    const [today] = ask(paused, { now })
    expect(clocks(today!.slots).slice(0, 2)).toEqual(['19:25', '19:30'])
    for (const slot of today!.slots) {
      const later = new Date(slot.at).toISOString()
      const load = { promised: new Map<number, number>(), pizzasAhead: 0 }
      expect(promiseIn(paused, load, { now, later, pizzas: 1 }).at).toBe(slot.at)
    }
    const soon = new Date(at('19:10')).toISOString()
    expect(promiseIn(paused, { promised: new Map(), pizzasAhead: 0 }, { now, later: soon, pizzas: 1 }).at).toBe(
      at('19:25'),
    )
  })

  it('[ORD-40] begin when the first order after opening can be ready, and end before closing', () => {
    const [today] = ask(build(), { now: at('12:00') })
    expect(today!.day).toBe(friday)
    expect(clocks(today!.slots).slice(0, 2)).toEqual(['18:15', '18:30'])
    expect(clocks(today!.slots).at(-1)).toBe('00:15')
    expect(today!.slots).toHaveLength(25)
    const slow = ask(build({}, { baseMinutes: 20 }), { now: at('12:00') })
    expect(clocks(slow[0]!.slots).slice(0, 2)).toEqual(['18:20', '18:30'])
  })

  it('[ORD-40] begin so late also where it closed for less than that, and no time before is promised', () => {
    const hours = [
      { day: 5, from: '12:00', to: '17:55' },
      { day: 5, from: '18:00', to: '23:00' },
    ]
    const [pizzeria, now] = [build({ hours }), at('11:00')]
    const [today] = ask(pizzeria, { now })
    expect(clocks(today!.slots.filter((slot) => slot.at >= at('17:30'))).slice(0, 3)).toEqual([
      '17:30',
      '17:45',
      '18:15',
    ])
    const promised = (clock: string) => {
      const later = new Date(at(clock)).toISOString()
      return promiseIn(pizzeria, { promised: new Map(), pizzasAhead: 0 }, { now, later, pizzas: 1 }).at
    }
    expect([promised('18:05'), promised('18:20')]).toEqual([at('18:15'), at('18:20')])
  })

  it('[ORD-40] of today begin after what the kitchen has, and half past midnight belongs to the evening', () => {
    const [today] = ask(build(), { now: at('19:02') })
    expect(clocks(today!.slots)[0]).toBe('19:20')
    expect(clocks(ask(build(), { now: at('19:02'), pizzasAhead: 56 })[0]!.slots)[0]).toBe('20:05')
    const night = ask(build(), { now: at('00:01', '2026-06-13') })
    expect(night[0]!.day).toBe(friday)
    expect(clocks(night[0]!.slots)).toEqual(['00:20'])
    expect(night[1]!.day).toBe('2026-06-13')
  })

  it('[ORD-40] have room for these pizzas, and say for how many more', () => {
    const promised = new Map([
      [at('18:15'), 10],
      [at('18:25'), 2],
      [at('18:30'), 14],
    ])
    const of = (pizzas: number) => ask(build(), { now: at('12:00'), pizzas, promised })[0]!.slots
    expect(of(1).slice(0, 2)).toEqual([
      { at: at('18:15'), left: 2 },
      { at: at('18:45'), left: 14 },
    ])
    expect(clocks(of(3)).slice(0, 2)).toEqual(['18:45', '19:00'])
    expect(clocks(of(20)).slice(0, 2)).toEqual(['18:45', '19:00'])
    expect(clocks(of(0)).slice(0, 3)).toEqual(['18:15', '18:30', '18:45'])
  })

  it('[ORD-40] [SET-4] [SET-5] obey exceptions and what is closed from now on', () => {
    const exceptions = [{ from: '2026-06-13', to: '2026-06-13', openings: [{ from: '12:00', to: '13:00' }], note: '' }]
    const shut = build({ exceptions, closedUntil: '2026-06-13T03:00:00.000Z' })
    const days = ask(shut, { now: at('19:00') })
    expect(days[0]).toEqual({ day: friday, slots: [] })
    expect(clocks(days[1]!.slots)).toEqual(['12:15', '12:30', '12:45'])
  })

  it('[ORD-40] [SET-7] are as long, as many and as far ahead as the pizzeria says', () => {
    const half = build({ aheadDays: 2 }, { slotMinutes: 30, pizzasPerSlot: 3 })
    const days = ask(half, { now: at('12:00'), promised: new Map([[at('18:45'), 3]]) })
    expect(days.map(({ day }) => day)).toEqual([friday, '2026-06-13', '2026-06-14'])
    expect(clocks(days[0]!.slots).slice(0, 2)).toEqual(['18:15', '19:00'])
    expect(ask(half, { now: at('12:00'), day: '2026-06-14' }).map(({ day }) => day)).toEqual(['2026-06-14'])
    expect(ask(half, { now: at('12:00'), day: '2026-06-15' })).toEqual([])
    expect(ask(build({ aheadDays: 0 }), { now: at('12:00') })).toHaveLength(1)
    expect(pizzasPerQuarter(half.settings.kitchen)).toBe(2)
    expect(pizzasPerQuarter(napoli.kitchen)).toBe(napoli.kitchen.pizzasPerSlot)
  })

  it('[SET-7] past the last order nothing of this opening is left, neither now nor by its time', () => {
    const last = build({ lastOrderMinutes: 60 })
    const load = { promised: new Map<number, number>(), pizzasAhead: 0 }
    const code = (now: number, later?: number) => {
      try {
        const wish = later === undefined ? undefined : new Date(later).toISOString()
        return promiseIn(last, load, { now, later: wish, pizzas: 1 }).at
      } catch (error) {
        return (error as Rejected).code
      }
    }
    const tomorrow = at('19:00', '2026-06-13')
    expect(ask(last, { now: at('23:20') })[0]!.slots).not.toEqual([])
    expect(code(at('23:20'), at('00:15', '2026-06-13'))).toBe(at('00:15', '2026-06-13'))
    const late = at('23:40')
    expect(ask(last, { now: late })[0]!.slots).toEqual([])
    expect(code(late)).toBe('pizzeria.last_orders')
    expect(code(late, at('00:15', '2026-06-13'))).toBe('pizzeria.last_orders')
    expect(code(late, tomorrow)).toBe(tomorrow)
  })

  it('[SET-7] [ORD-20] a promise is not for a day that is too far ahead', () => {
    const near = build({ aheadDays: 1 })
    const load = { promised: new Map<number, number>(), pizzasAhead: 0 }
    const on = (date: string, unlimited = false) =>
      promiseIn(near, load, {
        now: at('12:00'),
        later: new Date(at('20:00', date)).toISOString(),
        pizzas: 1,
        unlimited,
      })
    expect(on('2026-06-13').at).toBe(at('20:00', '2026-06-13'))
    expect(() => on('2026-06-14')).toThrow(Rejected)
    expect(on('2026-06-20', true).at).toBe(at('20:00', '2026-06-20'))
    expect(() => on('2026-08-20', true)).toThrow(Rejected)
  })
})

describe(`whatever the evening (COMANDA_SEED=${seed})`, () => {
  const clock = fc
    .integer({ min: 0, max: 95 })
    .map((quarter) => new Date(quarter * 15 * minute).toISOString().slice(11, 16))
  const week = fc.option(
    fc.array(fc.record({ day: fc.integer({ min: 0, max: 6 }), from: clock, to: clock }), { maxLength: 8 }),
  )
  const start = Date.parse('2026-10-23T00:00:00Z')
  const asked = fc.record({
    hours: week,
    lastOrderMinutes: fc.constantFrom(0, 20, 60),
    slotMinutes: fc.constantFrom(5, 10, 15, 20, 30, 60),
    pizzasPerSlot: fc.integer({ min: 1, max: 15 }),
    baseMinutes: fc.constantFrom(0, 7, 15, 20),
    now: fc.integer({ min: 0, max: 3 * 1440 }).map((minutes) => start + minutes * minute),
    pizzas: fc.integer({ min: 0, max: 20 }),
    pizzasAhead: fc.integer({ min: 0, max: 60 }),
    promised: fc
      .array(fc.tuple(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 1, max: 15 })))
      .map((list) => new Map(list.map(([grain, pizzas]) => [grainOf(start) + grain * grainMs, pizzas]))),
    timezone: fc.constantFrom(paris, 'Australia/Lord_Howe', 'Asia/Kolkata'),
  })

  it('[ORD-40] each is kept by the promise, and none that the promise would keep is missing', () => {
    fc.assert(
      fc.property(asked, ({ hours, lastOrderMinutes, timezone, now, pizzas, pizzasAhead, promised, ...kitchen }) => {
        const pizzeria = { ...build({ hours, lastOrderMinutes, aheadDays: 2 }, kitchen), timezone }
        const days = ask(pizzeria, { now, pizzas, promised, pizzasAhead })
        const today = businessDay(now, timezone)
        expect(days.map(({ day }) => day)).toEqual([today, addDays(today, 1), addDays(today, 2)])
        const promiseFor = (time: number) => {
          try {
            const later = new Date(time).toISOString()
            return promiseIn(pizzeria, { promised, pizzasAhead }, { now, later, pizzas }).at
          } catch {
            return null
          }
        }
        const offered = new Set(days.flatMap((one) => one.slots.map((slot) => slot.at)))
        const rules = pizzeria.settings.kitchen
        for (const { day, slots } of days)
          for (const slot of slots) {
            expect(promiseFor(slot.at)).toBe(slot.at)
            expect(businessDay(slot.at, timezone)).toBe(day)
            expect(hasRoom(rules, promised, slot.at, pizzas)).toBe(true)
            expect(slot.left).toBe(Math.max(0, rules.pizzasPerSlot - takenIn(rules, promised, slot.at)))
          }
        // Whatever else is promised falls into a slot of which a time is offered.
        const inSlot = (time: number) => slotAround(rules, time).start
        const offeredSlots = new Set([...offered].map(inSlot))
        for (let time = inSlot(now); time < now + 2 * 86_400_000; time += 5 * grainMs)
          if (promiseFor(time) === time) expect(offeredSlots.has(inSlot(time)), new Date(time).toISOString()).toBe(true)
      }),
      { seed, numRuns: 150 },
    )
  })
})
