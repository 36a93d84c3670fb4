import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareTickets, firstTickets, sortTickets } from '../../shared/kitchen/queue.ts'
import { age, dueIn, urgency } from '../../shared/kitchen/urgency.ts'
import type { KitchenState } from '../../shared/order/views.ts'
import { aTicket, iso, minute, start } from '../support/tickets.ts'
import { seed } from '../support/seed.ts'

describe('the order of the tickets', () => {
  it('[KIT-1] is by promise, then by arrival, and total', () => {
    const ticket = fc
      .record({
        number: fc.integer({ min: 1, max: 999 }),
        due: fc.integer({ min: -30, max: 90 }),
        came: fc.integer({ min: -60, max: 0 }),
      })
      .map(({ number, due, came }) =>
        aTicket({
          id: `t${number}`,
          number,
          promiseAt: iso(start + due * minute),
          queuedAt: iso(start + came * minute),
        }),
      )
    fc.assert(
      fc.property(fc.uniqueArray(ticket, { selector: (one) => one.id }), (tickets) => {
        const sorted = sortTickets(tickets)
        expect(sorted).toEqual([...tickets].sort(compareTickets))
        expect(sortTickets([...tickets].reverse())).toEqual(sorted)
      }),
      { seed },
    )
  })
})

describe('what the page carries', () => {
  const state = (count: number) => ({
    pizzeria: {} as KitchenState['pizzeria'],
    menu: { out: ['basil'] },
    tickets: Array.from({ length: count }, (_, index) =>
      aTicket({
        id: `t${index}`,
        number: index,
        promiseAt: iso(start + ((index * 7919) % count) * minute),
        state: index % 2 ? 'queued' : 'ready',
      }),
    ),
  })

  it('[CLI-12] is everything on any evening, and of a thousand tickets the open ones that are due first', () => {
    expect(firstTickets(state(400))).toBe(null)
    const whole = state(1000)
    const first = firstTickets(whole)!
    expect(first).toMatchObject({ menu: { out: ['basil'] } })
    expect(first.tickets).toEqual(sortTickets(whole.tickets.filter((one) => one.state === 'queued')).slice(0, 60))
  })
})

describe('urgency', () => {
  const ticket = aTicket()
  it('[KIT-3] is amber at 60 % of the promised time, red at the promise, and pulses 5 minutes later', () => {
    const at = (minutes: number) => urgency(ticket, start + minutes * minute)
    expect([0, 11.99, 12, 19.99, 20, 24.99, 25].map(at)).toEqual([
      'calm',
      'calm',
      'soon',
      'soon',
      'late',
      'late',
      'overdue',
    ])
  })

  it('[KIT-3] goes by 8 and 15 minutes of age without a promise', () => {
    const at = (minutes: number) => urgency({ ...ticket, promiseAt: '' }, start + minutes * minute)
    expect([7.9, 8, 14.9, 15, 20].map(at)).toEqual(['calm', 'soon', 'soon', 'late', 'overdue'])
  })

  it('[KIT-3] never goes back as time passes', () => {
    const rank = ['calm', 'soon', 'late', 'overdue']
    fc.assert(
      fc.property(fc.integer({ min: -60, max: 60 }), fc.nat({ max: 9000 }), fc.nat({ max: 9000 }), (due, a, b) => {
        const one = { ...ticket, promiseAt: iso(start + due * minute) }
        const [early, late] = [Math.min(a, b), Math.max(a, b)]
        expect(rank.indexOf(urgency(one, start + late * 1000))).toBeGreaterThanOrEqual(
          rank.indexOf(urgency(one, start + early * 1000)),
        )
      }),
      { seed },
    )
  })

  it("[KIT-3] counts minutes from the server's clock: due rounds up, age never goes below zero", () => {
    expect(dueIn(ticket, start + 14.2 * minute)).toBe(6)
    expect(dueIn(ticket, start + 20 * minute)).toBe(0)
    expect(dueIn(ticket, start + 22.5 * minute)).toBe(-2)
    expect(age(ticket, start - 5 * minute)).toBe(0)
    expect(age(ticket, start + 3.9 * minute)).toBe(3)
  })
})
