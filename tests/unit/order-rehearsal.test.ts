import fc from 'fast-check'
import { expect, test } from 'vitest'
import { napoli } from '../../db/demo/napoli.ts'
import { priceLines } from '../../shared/menu/pricing.ts'
import { placeInput } from '../../shared/order/order.ts'
import { arrivalCurve, rehearse } from '../../shared/order/rehearsal.ts'
import { seed } from '../support/seed.ts'

const menu = {
  ...napoli,
  pizzeria: {
    id: 'napoli',
    name: '',
    currency: 'EUR',
    timezone: 'Europe/Paris',
    open: true,
    pausedUntil: null,
    busyMinutes: 0,
  },
}
const evening = (seed: string, minutes = 60) => rehearse({ menu, seed, minutes, peak: 239 })

test('[ORD-14] a rehearsed evening consists of orders that the pizzeria would accept', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (seed) => {
      for (const { name, lines, note } of evening(seed, 10)) {
        const parsed = placeInput.parse({ mode: 'pickup', customer: { name }, lines, note, total: 0 })
        expect(priceLines(menu, parsed.lines)).toMatchObject({ ok: true })
      }
    }),
    { seed, numRuns: 30 },
  )
})

test('[ORD-14] the same seed makes the same evening, in order of arrival', () => {
  expect(evening('friday')).toEqual(evening('friday'))
  expect(evening('friday')).not.toEqual(evening('saturday'))
  const times = evening('friday').map(({ at }) => at)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
})

test('[ORD-14] its peak comes near the requested rate', () => {
  const minutes = 240
  const from = (minutes / 2 - 15) * 60_000
  const peaks = Array.from(
    { length: 20 },
    (_, index) =>
      evening(`night ${index}`, minutes)
        .filter(({ at }) => at >= from && at < from + 30 * 60_000)
        .reduce(
          (sum, { lines }) =>
            sum + lines.filter(({ item }) => menu.items.find((one) => one.id === item)?.kind === 'pizza').length,
          0,
        ) * 2,
  )
  const mean = peaks.reduce((sum, pizzas) => sum + pizzas, 0) / peaks.length
  expect(mean).toBeGreaterThan(239 * 0.85)
  expect(mean).toBeLessThan(239 * 1.15)
  expect(arrivalCurve(0)).toBeLessThan(0.2)
  expect(arrivalCurve(0.5)).toBe(1)
})
