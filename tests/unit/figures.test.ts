import { describe, expect, it } from 'vitest'
import { addOrder, emptyDay, type DayFigures } from '../../shared/figures/day.ts'
import { createReport, rankOf } from '../../shared/figures/report.ts'
import { tableOf, tables, toCsv } from '../../shared/figures/tables.ts'
import type { Order } from '../../shared/order/order.ts'
import { buildOrder, later, noon } from '../support/build.ts'

const zone = 'Europe/Paris'
function dayOf(...orders: Partial<Order>[]): DayFigures {
  const day = emptyDay()
  for (const over of orders) addOrder(day, buildOrder(over), zone, { by: 'lia', actor: 'counter' })
  return day
}
function reportOf(...days: DayFigures[]) {
  const report = createReport()
  for (const [index, day] of days.entries()) report.add(`2026-06-1${index}`, day)
  const names = { item: (id: string) => `=${id}`, member: () => 'Lia' }
  return report.finish({ from: '2026-06-10', to: '2026-06-19', currency: 'EUR', missing: 0 }, names)
}

describe('a day', () => {
  it('[BKS-2] leaves out what a rehearsal has made', () => {
    expect(dayOf({ test: true, paid: true, state: 'collected', readyAt: later(5) })).toEqual(emptyDay())
  })

  it('[BKS-2] counts orders and pizzas by the quarter hour of the wall clock', () => {
    const day = dayOf({ placedAt: noon }, { placedAt: later(14) }, { placedAt: later(15) })
    // Noon in Paris is ten by the clock of the world.
    expect(day.quarters).toEqual({ 48: [2, 2], 49: [1, 1] })
  })

  it('[BKS-2] takes an order for later to the quarter that it was wanted for, and out of the waits', () => {
    const day = dayOf({ wantedAt: later(120), promiseAt: later(120), readyAt: later(118) })
    expect(day).toMatchObject({ quarters: { 56: [1, 1] }, waits: [], kept: 1 })
  })

  it.each<[string, Partial<Order>]>([
    ['kitchen', { shownAt: later(0), bakingAt: later(21) }],
    ['oven', { shownAt: later(0), bakingAt: later(19) }],
    ['unseen', { shownAt: later(2) }],
    ['unseen', { shownAt: null }],
    ['amended', { shownAt: null, amended: { at: later(3), struck: [], fresh: [] } }],
  ])('[BKS-2] says why an order was late: %s', (reason, over) => {
    expect(dayOf({ readyAt: later(25), ...over })).toMatchObject({ kept: 0, late: { [reason]: 1 } })
    expect(dayOf({ readyAt: later(20), ...over })).toMatchObject({ kept: 1, late: {} })
  })

  it('[BKS-2] says who called an order off, and takes it out of everything but the money', () => {
    const by = { kind: 'payment', method: 'card', amount: 300, at: noon, id: '1', by: null } as const
    const day = dayOf({ state: 'cancelled', payments: [by] })
    expect(day).toMatchObject({ orders: 0, sold: 0, owed: 300, methods: { card: [300, 0] } })
    expect(day.cancelled).toEqual([{ order: 'order-1', total: expect.any(Number), by: 'lia', actor: 'counter' }])
  })
})

describe('a report', () => {
  it('[BKS-2] has median and 90th percentile by nearest rank', () => {
    expect([rankOf([], 0.5), rankOf([7], 0.9)]).toEqual([null, 7])
    const ten = Array.from({ length: 10 }, (_, index) => index + 1)
    expect([rankOf(ten, 0.5), rankOf(ten, 0.9)]).toEqual([5, 9])
    const waits = ten.map((minutes) => ({ readyAt: later(minutes) }))
    expect(reportOf(dayOf(...waits.slice(0, 4)), dayOf(...waits.slice(4))).waits).toEqual({
      orders: 10,
      median: 300,
      p90: 540,
    })
  })

  it('[BKS-2] adds days up, and begins each with the evening: what is after midnight comes last', () => {
    const { quarters, days } = reportOf(dayOf({ placedAt: later(13 * 60) }), dayOf({ placedAt: noon }))
    expect(quarters.map(({ at }) => at)).toEqual(['12:00', '01:00'])
    expect(days.map(({ orders }) => orders)).toEqual([1, 1])
  })

  it('[BKS-2] names the slowest dish first', () => {
    const slow = buildOrder().lines.map((one) => ({ ...one, item: 'calzone' }))
    const { items } = reportOf(dayOf({ readyAt: later(5) }, { readyAt: later(30), lines: slow }))
    expect(items.map(({ item, wait }) => [item, wait])).toEqual([
      ['calzone', 1800],
      ['margherita', 300],
    ])
  })
})

describe('CSV', () => {
  const report = reportOf(dayOf({ readyAt: later(5), paid: true }, { state: 'cancelled' }))

  it.each(tables)('[BKS-4] %s has a row of names, and as many cells in each row', (name) => {
    const [names, ...rows] = tableOf(report, name, 2)
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.map((row) => row.length)).toEqual(rows.map(() => names!.length))
  })

  it('[BKS-4] writes money with the digits of its currency', () => {
    const total = buildOrder().total
    expect(tableOf(report, 'vat', 2)[1]).toEqual(['', (total / 100).toFixed(2)])
    expect(tableOf(report, 'vat', 0)[1]).toEqual(['', String(total)])
  })

  it('[BKS-4] quotes, and lets no name become a formula', () => {
    expect(
      toCsv([
        ['a', 'b"c', 'd,e', null],
        ['=1+1', '@x', -5, '-5'],
      ]),
    ).toBe('\uFEFFa,"b""c","d,e",\r\n' + "'=1+1,'@x,-5,-5\r\n")
    expect(toCsv(tableOf(report, 'items', 2))).toContain("'=margherita")
  })
})
