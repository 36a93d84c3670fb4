import fc from 'fast-check'
import { expect, it } from 'vitest'
import { backoff, maxWaitMs } from '../../shared/live/client/backoff.ts'
import { seed } from '../support/seed.ts'

it('[CLI-4] the longest wait doubles from 1 s to 8 s, and stays there', () => {
  expect([1, 2, 3, 4, 5, 6, 100, 1e9].map((attempt) => backoff(attempt, 1))).toEqual([
    1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000, 8_000,
  ])
})

it('[CLI-4] full jitter: every wait from nothing to the longest is equally likely', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e6 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (attempt, random) => {
        const wait = backoff(attempt, random)
        expect(wait).toBeGreaterThanOrEqual(0)
        expect(wait).toBeLessThanOrEqual(maxWaitMs)
        expect(wait).toBeCloseTo(random * backoff(attempt, 1), 6)
      },
    ),
    { seed },
  )
})
