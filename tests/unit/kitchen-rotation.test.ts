import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  advance,
  arrivalPlaces,
  back,
  forward,
  holdMs,
  pageOf,
  startRotation,
  type Rotation,
  type Zone,
} from '../../shared/kitchen/rotation.ts'
import { seed } from '../support/seed.ts'

const zone: Zone = { large: 2, compact: 6, dwell: 9_000 }
const many = (count: number) => Array.from({ length: count }, (_, at) => `t${at}`)
const zones = fc.record({
  large: fc.integer({ min: 0, max: 4 }),
  compact: fc.integer({ min: 2, max: 8 }),
  dwell: fc.constant(9_000),
})
const shownIn = (rotation: Rotation) => rotation.places.filter((id) => id !== null)

/** Runs the rotation by seconds and tells when each ticket was first seen. */
function run(
  rest: (second: number) => string[],
  seconds: number,
  with_: Zone,
  arrivals: (second: number) => string[] = () => [],
) {
  let rotation = startRotation(0)
  const seen = new Map<string, number>()
  for (let second = 0; second <= seconds; second++) {
    rotation = advance(rotation, { rest: rest(second), arrived: arrivals(second), zone: with_, now: second * 1000 })
    for (const id of shownIn(rotation)) if (!seen.has(id)) seen.set(id, second)
  }
  return { rotation, seen }
}

describe('the rotation', () => {
  it('[KIT-4] shows every ticket within one rotation', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), zones, (count, some) => {
        const rest = many(count)
        const pages = Math.ceil(count / (some.large + some.compact))
        expect(run(() => rest, pages * 9 + 1, some).seen.size).toBe(count)
      }),
      { seed, numRuns: 40 },
    )
  })

  it('[KIT-4] shows every ticket although new ones keep coming', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 60 }), zones, fc.integer({ min: 1, max: 5 }), (count, some, every) => {
        const old = many(count)
        const came = (second: number) => Array.from({ length: Math.floor(second / every) }, (_, at) => `new${at}`)
        const rest = (second: number) => [...old, ...came(second)]
        // Half of the places go on turning, and a page is held for 20 s at most; each new ticket is a ticket to show,
        // too.
        const seconds = 20 * Math.ceil((count + 20) / Math.ceil((some.large + some.compact) / 2)) + 60
        const { seen } = run(rest, seconds, some, (second) =>
          second % every === 0 && second > 0 ? [`new${second / every - 1}`] : [],
        )
        expect(old.filter((id) => !seen.has(id))).toEqual([])
      }),
      { seed, numRuns: 40 },
    )
  })

  it('[KIT-4] never shows a ticket twice, nor one that is gone', () => {
    fc.assert(
      fc.property(
        zones,
        fc.array(
          fc.record({
            keep: fc.integer({ min: 0, max: 40 }),
            skip: fc.nat({ max: 12 }),
            key: fc.constantFrom('tick', 'forward', 'back'),
          }),
          { maxLength: 40 },
        ),
        (some, steps) => {
          let rotation = startRotation(0)
          let now = 0
          for (const { keep, skip, key } of steps) {
            now += skip * 1000
            const rest = many(keep).slice(skip)
            rotation = advance(rotation, { rest, arrived: rest.slice(-1), zone: some, now })
            if (key === 'forward') rotation = forward(rotation, { rest, zone: some, now })
            if (key === 'back') rotation = back(rotation, { rest, zone: some, now })
            const shown = shownIn(rotation)
            expect(new Set(shown).size).toBe(shown.length)
            expect(shown.filter((id) => !rest.includes(id))).toEqual([])
            expect(shown.length).toBe(Math.min(rest.length, some.large + some.compact))
          }
        },
      ),
      { seed },
    )
  })

  it('[KIT-5] paints a new ticket at once, in a place kept for that, and moves nothing else', () => {
    const before = run(() => many(30), 3, zone).rotation
    const rest = [...many(30), 'new']
    const after = advance(before, { rest, arrived: ['new'], zone, now: 4_000 })
    expect(after.places[1]).toBe('new')
    expect(after.places.filter((id, at) => at !== 1 && id !== before.places[at])).toEqual([])
  })

  it('[KIT-5] holds still for 8 s when something arrives, but not for ever', () => {
    const before = run(() => many(30), 8, zone).rotation
    const rest = [...many(30), 'new']
    const after = advance(before, { rest, arrived: ['new'], zone, now: 8_000 })
    expect(advance(after, { rest, arrived: [], zone, now: 8_000 + holdMs - 1 }).places).toEqual(after.places)
    const later = advance(after, { rest, arrived: [], zone, now: 8_000 + holdMs })
    expect(later.places).not.toEqual(after.places)
    const { rotation } = run(
      () => many(30),
      25,
      zone,
      () => ['t29'],
    )
    expect(rotation.turnedAt).toBeGreaterThan(0)
  })

  it('[KIT-5] gives arrivals half of the places at most', () => {
    fc.assert(
      fc.property(zones, (some) => {
        const places = arrivalPlaces(some)
        expect(places.length).toBe(Math.max(1, Math.floor((some.large + some.compact) / 2)))
        expect(new Set(places).size).toBe(places.length)
      }),
      { seed },
    )
  })

  it('[KIT-4] stays while somebody works on a ticket of the page, and turns by key', () => {
    const rest = many(30)
    const before = run(() => rest, 3, zone).rotation
    expect(advance(before, { rest, arrived: [], zone, now: 100_000, held: true }).places).toEqual(before.places)
    const next = forward(before, { rest, zone, now: 4_000 })
    expect(shownIn(next)).toEqual(many(16).slice(8))
    expect(pageOf(next, rest, zone)).toEqual({ page: 2, of: 4 })
    expect(back(next, { rest, zone, now: 5_000 }).places).toEqual(before.places)
  })

  it('[KIT-4] pins when the rotation is switched off', () => {
    const rest = many(30)
    expect(run(() => rest, 600, { ...zone, dwell: Number.POSITIVE_INFINITY }).seen.size).toBe(8)
  })
})
