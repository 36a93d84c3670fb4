import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allDay, batchHints, fitRows } from '../../shared/kitchen/all-day.ts'
import { fitScale, lineText, rowsOf } from '../../shared/kitchen/lines.ts'
import { nextUp } from '../../shared/kitchen/oven.ts'
import { slipMaker } from '../../shared/kitchen/slips.ts'
import { split } from '../../shared/kitchen/split.ts'
import { isOnScreen, mentionsAllergy, notesOf, readTicket } from '../../shared/kitchen/ticket.ts'
import { shapeOf, typeSize } from '../../shared/kitchen/type-size.ts'
import { aLine, aTicket, aWish, iso, minute, start, without } from '../support/tickets.ts'
import { seed } from '../support/seed.ts'

const lines = fc.array(
  fc
    .record({
      item: fc.constantFrom('margherita', 'diavola', 'cola'),
      size: fc.constantFrom('small', 'medium', 'large'),
      quantity: fc.integer({ min: 1, max: 9 }),
    })
    .map((one) => aLine({ ...one, kind: one.item === 'cola' ? 'drink' : 'pizza' })),
  { minLength: 1, maxLength: 12 },
)
const tickets = fc
  .array(lines, { maxLength: 40 })
  .map((all) =>
    all.map((some, at) => aTicket({ number: at + 1, lines: some, state: at % 7 === 6 ? 'cancelled' : 'queued' })),
  )

describe('the all-day counts', () => {
  it('[KIT-6] equal the tickets, whatever they are', () => {
    fc.assert(
      fc.property(tickets, (all) => {
        const open = all.filter((ticket) => ticket.state !== 'cancelled').flatMap((ticket) => ticket.lines)
        const counts = allDay(all)
        const sum = (rows: { total: number }[]) => rows.reduce((total, row) => total + row.total, 0)
        expect(sum([...counts.pizzas, ...counts.others])).toBe(open.reduce((total, line) => total + line.quantity, 0))
        expect(counts.dough.reduce((total, size) => total + size.count, 0)).toBe(
          open.filter((line) => line.kind === 'pizza').reduce((total, line) => total + line.quantity, 0),
        )
        for (const row of [...counts.pizzas, ...counts.others]) {
          expect(row.sizes.reduce((total, size) => total + size.count, 0)).toBe(row.total)
          expect(row.total).toBe(
            open.filter((line) => line.item === row.item).reduce((total, line) => total + line.quantity, 0),
          )
        }
      }),
      { seed },
    )
  })

  it('[KIT-6] stay whole when rows do not fit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 20 }).map((total) => ({ total }))),
        fc.integer({ min: 1, max: 12 }),
        (rows, room) => {
          const { shown, more, pieces } = fitRows(rows, room)
          expect(shown.length + more).toBe(rows.length)
          expect(shown.length + (more ? 1 : 0)).toBeLessThanOrEqual(Math.max(room, 1))
          expect(shown.reduce((sum, row) => sum + row.total, 0) + pieces).toBe(
            rows.reduce((sum, row) => sum + row.total, 0),
          )
        },
      ),
      { seed },
    )
  })

  it('[KIT-6] hint at more of what is at hand: the same pizza, plain, and due soon', () => {
    const waiting = [
      aTicket({ number: 2, promiseAt: iso(start + 22 * minute), lines: [aLine({ quantity: 2 })] }),
      aTicket({
        number: 3,
        promiseAt: iso(start + 20 * minute),
        lines: [aLine({ note: 'well done' }), aLine({ size: 'small' }), aLine({ removed: [without('basil')] })],
      }),
      aTicket({ number: 4, promiseAt: iso(start + 60 * minute), lines: [aLine({ quantity: 5 })] }),
    ]
    expect(batchHints([aTicket()], waiting, start)).toMatchObject([
      { item: 'margherita', size: 'large', count: 2, at: start + 22 * minute },
    ])
  })
})

describe('a ticket', () => {
  it('[KIT-7] is split into parts that fit, in order, with nothing lost', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.5, max: 9, noNaN: true }), { minLength: 1, maxLength: 30 }),
        fc.double({ min: 2, max: 8, noNaN: true }),
        (heights, rows) => {
          const parts = split(heights, rows)
          expect(parts.flatMap((part) => part.lines)).toEqual(heights.map((_, at) => at))
          for (const { part, of, lines: some } of parts) {
            expect(of).toBe(parts.length)
            expect(part).toBeLessThanOrEqual(of)
            // A line alone may be taller than a tile: it is not torn.
            if (some.length > 1)
              expect(some.reduce((sum, at) => sum + heights[at]!, 0)).toBeLessThanOrEqual(rows + 1e-9)
          }
        },
      ),
      { seed },
    )
  })

  it('[KIT-7] makes the same slips as long as it is the same', () => {
    const make = slipMaker('en', { characters: 11, wide: 22, textRows: 4.5 })
    const ticket = aTicket({ lines: Array.from({ length: 9 }, () => aLine({ removed: [without('basil')] })) })
    expect(make(ticket)).toBe(make(ticket))
    expect(make(ticket).map((slip) => slip.key)).toEqual(['t1', 't1/2', 't1/3', 't1/4', 't1/5'])
    expect(make(ticket)[0]).toMatchObject({ part: 1, of: 5 })
  })

  it('[KIT-7] is written smaller, and never cut off, where one line with its banner is taller than a tile', () => {
    const make = slipMaker('en', { characters: 11, wide: 22, textRows: 4.5 })
    const [slip] = make(
      aTicket({
        note: 'severe nut allergy at this table',
        lines: [aLine({ removed: ['basil', 'onion', 'olives'].map((one) => without(one)) })],
      }),
    )
    expect(slip!.scale).toBeLessThan(1)
    expect(make(aTicket())[0]!.scale).toBe(1)
  })

  it('[KIT-8] puts what holds for all of it first, then its sides, with words for no, extra and light', () => {
    const text = lineText(
      aLine({
        removed: [without('onion')],
        toppings: [aWish('olives', 'left', 'extra'), aWish('ham', 'right', 'light'), aWish('capers')],
      }),
      'en',
    )
    expect(text.all).toEqual([
      { word: 'no', half: 'whole', text: 'onion' },
      { word: 'with', half: 'whole', text: 'capers' },
    ])
    expect(text.left).toEqual([{ word: 'extra', half: 'left', text: 'olives' }])
    expect(text.right).toEqual([{ word: 'light', half: 'right', text: 'ham' }])
  })

  it('[KIT-9] of an unknown state, or with fields missing, is shown and not refused', () => {
    const ticket = readTicket({ id: 'a', version: 3, number: 7, state: 'resting' })!
    expect(isOnScreen(ticket, start)).toBe(true)
    expect(ticket.lines).toEqual([])
    expect(slipMaker('fr', { characters: 11, wide: 22, textRows: 4.5 })(ticket)).toHaveLength(1)
    expect([null, 4, {}, { id: 'a' }].map(readTicket)).toEqual([null, null, null, null])
  })

  it('[KIT-9] that was cancelled stays for a minute, and what is done leaves at once', () => {
    const cancelled = aTicket({ state: 'cancelled', cancelledAt: iso(start) })
    expect([0, 59_999, 60_000].map((ms) => isOnScreen(cancelled, start + ms))).toEqual([true, true, false])
    expect(
      (['ready', 'collected', 'scheduled', 'pending', 'expired', 'rejected'] as const).map((state) =>
        isOnScreen(aTicket({ state }), start),
      ),
    ).toEqual(Array(6).fill(false))
  })

  it('[KIT-8] has a banner when an allergy is spoken of, in any language', () => {
    const yes = [
      'nut allergy at the table',
      'Allergique aux noix',
      'allergia alle noci',
      'coeliac, please!',
      'cœliaque',
      'celiaca',
      'intolérant au lactose',
      'gluten-free please',
      'senza glutine',
      'sans noix',
    ]
    const no = ['well done', 'bien cuite', 'ben cotta', 'extra nuts', 'cut in 8', '']
    expect(yes.filter((text) => !mentionsAllergy(text))).toEqual([])
    expect(no.filter(mentionsAllergy)).toEqual([])
    expect(notesOf(aTicket({ note: 'cut in 8', lines: [aLine({ note: 'no nuts' })] }))).toEqual({
      allergy: ['no nuts'],
      other: 'cut in 8',
    })
  })
})

describe('type', () => {
  it('[KIT-10] has capitals of 20 arc minutes: 71 px at 3 m on a 32-inch full HD screen', () => {
    const sizes = [
      [1.5, 24, 47],
      [2, 24, 63],
      [3, 24, 94],
      [3, 32, 70],
      [4, 32, 94],
    ].map(([distance, diagonal, px]) => [
      Math.round(typeSize({ distance: distance!, diagonal: diagonal!, width: 1920, height: 1080 })),
      px,
    ])
    for (const [is, should] of sizes) expect(Math.abs(is! - should!)).toBeLessThanOrEqual(1)
  })

  it('[KIT-10] leaves room for four to six large tickets in the usual kitchen, on both screens', () => {
    for (const [width, height] of [
      [1920, 1080],
      [1280, 720],
    ] as const) {
      const shape = shapeOf({ distance: 3, diagonal: 32, width, height })
      expect(shape).toMatchObject({ large: 6, pinned: 4, readable: true })
    }
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 8, noNaN: true }),
        fc.integer({ min: 7, max: 100 }),
        fc.integer({ min: 800, max: 4000 }),
        fc.integer({ min: 480, max: 2200 }),
        (distance, diagonal, width, height) => {
          const shape = shapeOf({ distance, diagonal, width, height })
          expect(shape.large).toBeGreaterThanOrEqual(2)
          expect(shape.large).toBeLessThanOrEqual(8)
          expect(shape.pinned).toBeLessThan(shape.large)
          expect(shape.size).toBeLessThanOrEqual(Math.max(14, typeSize({ distance, diagonal, width, height })) + 1e-9)
        },
      ),
      { seed },
    )
  })

  it('[KIT-10] breaks at words, and shrinks a name that is one long word by a quarter at most', () => {
    expect(rowsOf('Quattro formaggi', 11)).toBe(2)
    expect(rowsOf('Margherita', 11)).toBe(1)
    expect(rowsOf('', 11)).toBe(1)
    expect(fitScale('Margherita', 11)).toBe(1)
    expect(fitScale('Donaudampfschifffahrt', 11)).toBe(0.75)
  })
})

describe('the oven', () => {
  const oven = { slots: 4, bakeSeconds: 240, reloadSeconds: 30 }
  const due = (number: number, minutes: number, pizzas: number, state: 'queued' | 'baking' = 'queued') =>
    aTicket({ number, state, promiseAt: iso(start + minutes * minute), lines: [aLine({ quantity: pizzas })] })

  it('[KIT-11] says what to load next: the due-soonest that fit in the free slots together', () => {
    const next = nextUp([due(1, 3, 2, 'baking'), due(2, 5, 3), due(3, 6, 2), due(4, 40, 1)], oven, start)
    expect(next).toMatchObject({ free: 2, load: [{ number: 3, pizzas: 2 }], freeAt: start + 240_000 })
  })

  it('[KIT-11] loads nothing early, and never more than fits', () => {
    expect(nextUp([due(1, 40, 1)], oven, start).load).toEqual([])
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -10, max: 60 }), fc.integer({ min: 1, max: 9 }), fc.boolean()), {
          maxLength: 30,
        }),
        (some) => {
          const { free, load } = nextUp(
            some.map(([minutes, pizzas, baking], at) => due(at, minutes, pizzas, baking ? 'baking' : 'queued')),
            oven,
            start,
          )
          expect(load.reduce((sum, one) => sum + one.pizzas, 0)).toBeLessThanOrEqual(free)
        },
      ),
      { seed },
    )
  })
})

it('[KIT-9] lines that are none cost those lines, never the board', () => {
  for (const lines of [[null], ['pizza'], 'none', {}, 7, null])
    expect(readTicket({ id: 'a', version: 1, lines })).toMatchObject({ id: 'a', lines: [] })
})
