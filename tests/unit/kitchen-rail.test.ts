import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  advance,
  back,
  forward,
  holdMs,
  pagesOf,
  quietMs,
  startRail,
  waitingOf,
  type Hanging,
  type Rail,
  type RailInput,
} from '../../shared/kitchen/rail.ts'
import { seed } from '../support/seed.ts'

const shape = { columns: 3, height: 10, gap: 0.1 }
const dwell = 9_000
const one = (id: number, height = 1.8): Hanging => ({ id: `t${id}`, parts: [height] })
const many = (count: number, height = 1.8) => Array.from({ length: count }, (_, at) => one(at, height))
const input = (tickets: readonly Hanging[], now: number, more: Partial<RailInput> = {}): RailInput => ({
  tickets,
  shape,
  now,
  dwell,
  ...more,
})
const ids = (rail: Rail) => rail.columns.map((column) => column.map(({ id }) => id))
const heightOf = (tickets: readonly Hanging[], column: Rail['columns'][number]) =>
  column.reduce((sum, { id, part }) => sum + tickets.find((ticket) => ticket.id === id)!.parts[part]!, 0) +
  Math.max(0, column.length - 1) * shape.gap

const tickets = fc
  .array(fc.array(fc.double({ min: 0.9, max: 9.9, noNaN: true }), { minLength: 1, maxLength: 2 }), { maxLength: 60 })
  .map((all) => all.map((parts, at) => ({ id: `t${at}`, parts })))
const shapes = fc.record({ columns: fc.integer({ min: 2, max: 6 }), height: fc.constant(10), gap: fc.constant(0.1) })

describe('the rail', () => {
  it('[KIT-31] hangs what is due sooner where the eye starts, and two screens agree on the order', () => {
    fc.assert(
      fc.property(tickets, shapes, (all, some) => {
        const rail = startRail({ ...input(all, 0), shape: some })
        const read = rail.columns.flat().map(({ id }) => id)
        const queue = all.map(({ id }) => id)
        // Read column by column, it is the queue from its beginning: whatever the size of the screen.
        expect([...new Set(read)]).toEqual(queue.slice(0, new Set(read).size))
        expect([...new Set(read), ...waitingOf(rail, all).map(({ id }) => id)]).toEqual(queue)
        // No column is empty while something waits.
        if (waitingOf(rail, all).length > 0) expect(rail.columns.filter((column) => column.length === 0)).toEqual([])
      }),
      { seed },
    )
  })

  it('[KIT-31] after a start with 40 open tickets the due-soonest stay, and only the last column turns', () => {
    const all = many(40)
    let rail = startRail(input(all, 0))
    const fixed = ids(rail).slice(0, 2)
    expect(fixed.flat()).toEqual(all.slice(0, 10).map(({ id }) => id))
    for (let now = 0; now <= 120_000; now += 1000) {
      rail = advance(rail, input(all, now))
      expect(ids(rail).slice(0, 2)).toEqual(fixed)
    }
  })

  it('[KIT-34] lets no column grow taller than it is, and hangs every ticket whole', () => {
    const steps = fc.array(
      fc.record({ skip: fc.nat({ max: 8 }), take: fc.nat({ max: 40 }), wait: fc.nat({ max: 9 }) }),
      {
        maxLength: 20,
      },
    )
    fc.assert(
      fc.property(tickets, steps, (all, some) => {
        let rail = startRail(input(all, 0))
        let now = 0
        for (const { skip, take, wait } of some) {
          now += wait * 1000
          const present = all.slice(skip, skip + take)
          rail = advance(rail, input(present, now, { called: present.slice(-1).map(({ id }) => id) }))
          const pieces = rail.columns.flat()
          expect(new Set(pieces.map(({ id, part }) => `${id}/${part}`)).size).toBe(pieces.length)
          for (const column of rail.columns)
            if (column.length > 1) expect(heightOf(present, column)).toBeLessThanOrEqual(shape.height + 1e-6)
          for (const { id } of rail.columns.slice(0, -1).flat()) {
            const parts = present.find((ticket) => ticket.id === id)!.parts.length
            expect(pieces.filter((piece) => piece.id === id).length).toBeLessThanOrEqual(parts)
          }
        }
      }),
      { seed },
    )
  })

  it('[KIT-30] moves nothing that hangs because something arrives', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40 }),
        fc.array(fc.double({ min: -1, max: 60, noNaN: true }), { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        (count, places, called) => {
          const before = many(count)
          const rail = startRail(input(before, 0))
          // Newcomers of any urgency, also those that are due before everything that hangs.
          const due = new Map(before.map(({ id }, at) => [id, at]))
          const more = places.map((at, index) => ({ id: `new${index}`, parts: [1.8], at }))
          const all = [...before.map((ticket) => ({ ...ticket, at: due.get(ticket.id)! })), ...more].sort(
            (a, b) => a.at - b.at,
          )
          const after = advance(rail, input(all, 1000, { called: called ? more.map(({ id }) => id) : [] }))
          for (const [column, hung] of ids(rail).entries()) {
            const now = ids(after)[column]!
            const stayed = hung.filter((id) => now.includes(id))
            expect(now.slice(0, stayed.length)).toEqual(hung.slice(0, stayed.length))
            // Only the last column of a full rail gives room, from its foot.
            if (!after.turning || column < shape.columns - 1) expect(stayed).toEqual(hung)
          }
        },
      ),
      { seed },
    )
  })

  it('[KIT-30] moves up what hangs below a ticket that leaves, and fills the columns at a quiet moment only', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 15 }), fc.nat(), (count, pick) => {
        const all = many(count)
        const rail = startRail(input(all, 0))
        const gone = all[pick % count]!.id
        const left = all.filter(({ id }) => id !== gone)
        const after = advance(rail, input(left, 1000))
        expect(ids(after)).toEqual(ids(rail).map((column) => column.filter((id) => id !== gone)))
        const waits = advance(after, input(left, 1000 + quietMs - 1))
        expect(ids(waits)).toEqual(ids(after))
        const held = advance(waits, input(left, 1000 + quietMs, { held: true }))
        expect(ids(held)).toEqual(ids(after))
        const quiet = advance(held, input(left, 1000 + quietMs))
        expect(ids(quiet)).toEqual(ids(startRail(input(left, 0))))
      }),
      { seed },
    )
  })

  it('[KIT-30] fills the columns at the turn of the page, where orders never stop coming', () => {
    let all = many(40)
    let rail = startRail(input(all, 0))
    all = all.slice(1)
    for (let now = 1000; now < 30_000; now += 1000) {
      all = [...all, one(100 + now)]
      rail = advance(rail, input(all, now))
    }
    expect(ids(rail).slice(0, 2).flat()).toEqual(all.slice(0, 10).map(({ id }) => id))
  })

  it('[KIT-32] shows every ticket within one round, also while new ones keep coming', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 3, max: 20 }), (count, every) => {
        const old = many(count)
        let rail = startRail(input(old, 0))
        const seen = new Set<string>()
        const rest = Math.max(0, count - 10)
        // A page of five stays 20 s at most while new ones come; each newcomer is a ticket to show, too.
        for (let second = 0; second <= 40 * (rest / 3) + 60; second++) {
          const came = Array.from({ length: Math.min(10, Math.floor(second / every)) }, (_, at) => one(1000 + at))
          const called = second % every === 0 && came.length > 0 && second / every <= 10 ? [came.at(-1)!.id] : []
          rail = advance(rail, input([...old, ...came], second * 1000, { called }))
          for (const { id } of rail.columns.flat()) seen.add(id)
        }
        expect(old.filter(({ id }) => !seen.has(id))).toEqual([])
      }),
      { seed, numRuns: 12 },
    )
  })

  it('[KIT-32] counts the pages that a round has, each with its tickets', () => {
    const whole = fc.array(fc.double({ min: 0.9, max: 9.9, noNaN: true }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(whole, shapes, (heights, some) => {
        const all = heights.map((height, at) => one(at, height))
        const at = (now: number) => ({ ...input(all, now), shape: some })
        let rail = startRail(at(0))
        const { of } = pagesOf(rail, at(0))
        for (let page = 1; page <= of; page++) {
          expect(pagesOf(rail, at(0))).toEqual({ page, of })
          rail = forward(rail, at(page))
        }
        expect(rail.seen).toEqual([])
      }),
      { seed },
    )
  })

  it('[KIT-32] turns all parts of a ticket taller than a column, one after the other', () => {
    const all = [
      ...many(10),
      { id: 'long', parts: [10, 10, 4] },
      ...many(20).map(({ parts }, at) => ({ id: `x${at}`, parts })),
    ]
    let rail = startRail(input(all, 0))
    const seen = new Set<string>()
    for (let now = 0; now <= 120_000; now += 1000) {
      rail = advance(rail, input(all, now))
      for (const { id, part } of rail.columns.flat()) seen.add(`${id}/${part}`)
    }
    expect(['long/0', 'long/1', 'long/2'].filter((piece) => !seen.has(piece))).toEqual([])
  })

  it('[KIT-32] lets the first parts of a ticket taller than a column stay, and turns the others', () => {
    const all = [one(0), { id: 'party', parts: [9.9, 4] }, ...many(12).slice(1)]
    let rail = startRail(input(all, 0))
    const at = (column: Rail['columns'][number]) => column.map(({ id, part }) => `${id}/${part}`)
    expect(rail.columns.map(at)).toEqual([['t0/0'], ['party/0'], ['party/1', 't1/0', 't2/0', 't3/0']])
    const seen = new Set<string>()
    for (let now = 0; now <= 60_000; now += 1000) {
      rail = advance(rail, input(all, now))
      expect(rail.columns.slice(0, 2).map(at)).toEqual([['t0/0'], ['party/0']])
      for (const { id } of rail.columns[2]!) seen.add(id)
    }
    expect(seen.size).toBe(12)
  })

  it('[KIT-32] stays while somebody works on a ticket, and turns by key', () => {
    const all = many(40)
    const rail = startRail(input(all, 0))
    expect(ids(advance(rail, input(all, 100_000, { held: true })))).toEqual(ids(rail))
    const next = forward(rail, input(all, 1000))
    expect(ids(next)[2]).toEqual(all.slice(15, 20).map(({ id }) => id))
    expect(pagesOf(next, input(all, 1000))).toEqual({ page: 2, of: 6 })
    expect(ids(back(next, input(all, 2000)))).toEqual(ids(rail))
    const still = input(all, 600_000, { dwell: Number.POSITIVE_INFINITY })
    expect(ids(advance(startRail({ ...still, now: 0 }), still))).toEqual(ids(rail))
  })

  it('[KIT-33] hangs a new ticket at once: at the foot of the rail, or of its last column where it is full', () => {
    const few = many(4)
    const early = [one(99), ...few]
    expect(ids(advance(startRail(input(few, 0)), input(early, 500, { called: ['t99'] })))[0]).toEqual([
      't0',
      't1',
      't2',
      't3',
      't99',
    ])
    const all = many(40)
    const more = [...all, one(99)]
    const after = advance(startRail(input(all, 0)), input(more, 500, { called: ['t99'] }))
    expect(ids(after)[2]).toEqual(['t10', 't11', 't12', 't13', 't99'])
  })

  it('[KIT-33] holds the page for 8 s when something arrives, but not for ever', () => {
    const all = [...many(40), one(99)]
    const rail = startRail(input(many(40), 0))
    const after = advance(rail, input(all, 8000, { called: ['t99'] }))
    expect(ids(advance(after, input(all, 8000 + holdMs - 1)))).toEqual(ids(after))
    expect(ids(advance(after, input(all, 8000 + holdMs)))[2]).not.toEqual(ids(after)[2])
    let held = rail
    for (let now = 0; now <= 21_000; now += 1000) held = advance(held, input(all, now, { called: ['t99'] }))
    expect(held.turnedAt).toBeGreaterThan(0)
  })

  it('[KIT-33] paints old tickets after a start a page at a time, then stays', () => {
    const all = many(40)
    let rail = startRail(input(all, 0))
    const painted = new Set(rail.columns.flat().map(({ id }) => id))
    for (let now = 300; painted.size < 40 && now < 3000; now += 300) {
      rail = advance(rail, input(all, now, { unpainted: all.map(({ id }) => id).filter((id) => !painted.has(id)) }))
      for (const { id } of rail.columns.flat()) painted.add(id)
    }
    expect(painted.size).toBe(40)
  })

  it('[KIT-30] gives a changed ticket that has grown its room, from the foot of its column', () => {
    const all = many(15)
    const rail = startRail(input(all, 0))
    const grown = all.map((ticket) => (ticket.id === 't1' ? { id: 't1', parts: [5] } : ticket))
    const after = advance(rail, input(grown, 1000, { called: ['t1'] }))
    expect(ids(after)[0]).toEqual(['t0', 't1', 't2'])
    expect(waitingOf(after, grown).length + new Set(after.columns.flat().map(({ id }) => id)).size).toBe(15)
  })
})
