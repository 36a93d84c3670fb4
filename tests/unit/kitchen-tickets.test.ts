import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allDay, batchHints, fitRows } from '../../shared/kitchen/all-day.ts'
import { lineText } from '../../shared/kitchen/lines.ts'
import { nextUp } from '../../shared/kitchen/oven.ts'
import { slipMaker, type Slip } from '../../shared/kitchen/parts.ts'
import { breakRows, tableWidth, textWidth } from '../../shared/kitchen/measure.ts'
import type { Group } from '../../shared/kitchen/rows.ts'
import { rowWords } from '../../shared/kitchen/row-words.ts'
import { isOnScreen, mentionsAllergy, notesOf, readTicket } from '../../shared/kitchen/ticket.ts'
import { pagesOf, startRail } from '../../shared/kitchen/rail.ts'
import { railMetrics, shapeOf } from '../../shared/kitchen/rail-shape.ts'
import { typeSize } from '../../shared/kitchen/type-size.ts'
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

const measure = { width: 7, letter: tableWidth, words: rowWords.en, language: 'en' as const }

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
  const rowsIn = (slips: readonly Slip[]) =>
    slips.flatMap(({ lines, note }) => [
      ...lines.flatMap(({ title, rest, continued }) => [
        ...(continued ? [] : title),
        ...rest.filter(({ repeated }) => !repeated),
      ]),
      ...(note ? [note] : []),
    ])

  it('[KIT-34] is whole where a column holds it, else torn into parts that each fit, with nothing lost', () => {
    const wishes = fc.array(fc.string({ minLength: 1, maxLength: 30, unit: fc.constantFrom('a', 'W', ' ', '🍕') }), {
      maxLength: 30,
    })
    const notes = fc.string({ maxLength: 280, unit: fc.constantFrom('x', 'M', ' ', '🌶️') })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(wishes, notes), { minLength: 1, maxLength: 8 }),
        notes,
        fc.boolean(),
        fc.double({ min: 7.9, max: 22, noNaN: true }),
        (all, note, allergic, height) => {
          const ticket = aTicket({
            note: allergic ? `allergy ${note}` : note,
            lines: all.map(([names, own]) =>
              aLine({
                removed: names.map((name) => without(name.trim() || 'x')),
                note: `${allergic ? 'no nuts ' : ''}${own}`.slice(0, 140),
              }),
            ),
          })
          const slips = slipMaker(measure, height)(ticket)
          for (const slip of slips) {
            expect(slip.height).toBeLessThanOrEqual(height + 1e-6)
            expect(slip.of).toBe(slips.length)
            if (allergic) expect(slip.banner).not.toBeNull()
          }
          const whole = slipMaker(measure, 10_000)(ticket)
          expect(whole).toHaveLength(1)
          if (whole[0]!.height <= height) expect(slips).toHaveLength(1)
          const texts = (some: readonly Slip[]) => rowsIn(some).flatMap(({ rows }) => rows)
          expect(texts(slips)).toEqual(texts(whole))
        },
      ),
      { seed, numRuns: 60 },
    )
  })

  it('[KIT-8] says an allergy with its pizza in the banner of every part, and on its line wherever that stands', () => {
    const note = 'coeliac, gluten free base please'
    const wishes = Array.from({ length: 24 }, (_, at) => without(`n${at}`))
    const lines = Array.from({ length: 20 }, (_, at) => aLine({ ...(at === 17 && { note, removed: wishes }) }))
    const slips = slipMaker(measure, 15)(aTicket({ lines }))
    expect(slips.length).toBeGreaterThan(3)
    const said = (group: Group | null | undefined) => group?.rows.join('')
    for (const slip of slips) {
      expect(said(slip.banner)).toBe(`Margherita: ${note}`)
      for (const { line, rest } of slip.lines)
        expect(said(rest.find(({ kind }) => kind === 'allergy'))).toBe(line.note === note ? note : undefined)
    }
    expect(slips.filter((slip) => slip.lines.some(({ line }) => line.note === note)).length).toBeGreaterThan(1)
  })

  it('[KIT-34] repeats the name of a line that is taller than a column; unchanged, it stays the same object', () => {
    const make = slipMaker(measure, 10)
    const ticket = aTicket({ lines: [aLine({ removed: Array.from({ length: 30 }, (_, at) => without(`n${at}`)) })] })
    const slips = make(ticket)
    expect(make(ticket)).toBe(slips)
    expect(slips.map(({ key }) => key)).toEqual(['t1', 't1/2', 't1/3', 't1/4'])
    expect(slips.flatMap(({ lines }) => lines.map(({ title }) => title[0]!.rows))).toEqual(
      Array(4).fill(['Margherita']),
    )
  })

  it('[KIT-36] breaks between words, and within a word only where it is wider than its row', () => {
    const text = fc.string({ maxLength: 140, unit: fc.constantFrom('i', 'W', 'é', ' ', '👩‍🍳') })
    fc.assert(
      fc.property(
        text,
        fc.double({ min: 2, max: 20, noNaN: true }),
        fc.double({ min: 1.5, max: 20, noNaN: true }),
        (said, room, first) => {
          const rows = breakRows(said, 500, tableWidth, room, Math.min(room, first))
          expect(rows.join('')).toBe(said.trim().replaceAll(/\s+/g, ' '))
          for (const [at, row] of rows.entries())
            expect(textWidth(row.trimEnd(), 500, tableWidth)).toBeLessThanOrEqual(
              (at === 0 ? Math.min(room, first) : room) + 1e-9,
            )
        },
      ),
      { seed },
    )
    expect(breakRows('Quattro formaggi', 700, tableWidth, 4.5)).toEqual(['Quattro ', 'formaggi'])
    expect(breakRows('', 700, tableWidth, 4.5)).toEqual([''])
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
    expect(slipMaker(measure, 15)(ticket)).toHaveLength(1)
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
  it('[KIT-35] has capitals of 20 arc minutes: 71 px at 3 m on a 32-inch full HD screen', () => {
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

  it('[KIT-35] has room for three columns in the usual kitchen, and forty one-line orders on three pages', () => {
    for (const [width, height] of [
      [1920, 1080],
      [1280, 720],
      [3840, 2160],
    ] as const) {
      const shape = shapeOf({ distance: 3, diagonal: 32, width, height })
      expect(shape).toMatchObject({ columns: 3, readable: true })
      const make = slipMaker({ ...measure, width: shape.width }, shape.height)
      const tickets = Array.from({ length: 40 }, (_, at) => ({
        id: `t${at}`,
        parts: make(aTicket({ number: at + 1 })).map((slip) => slip.height),
      }))
      const input = { tickets, shape: { ...shape, gap: railMetrics.gap }, now: 0, dwell: 9000 }
      const rail = startRail(input)
      expect(pagesOf(rail, input)).toEqual({ page: 1, of: 3 })
      expect(rail.columns.slice(0, 2).flat()).toHaveLength(16)
    }
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 8, noNaN: true }),
        fc.integer({ min: 7, max: 100 }),
        fc.integer({ min: 800, max: 4000 }),
        fc.integer({ min: 480, max: 2200 }),
        (distance, diagonal, width, height) => {
          const shape = shapeOf({ distance, diagonal, width, height })
          expect(shape.columns).toBeGreaterThanOrEqual(2)
          expect(shape.columns).toBeLessThanOrEqual(6)
          expect(shape.height).toBeGreaterThanOrEqual(7.8)
          expect(shape.size).toBeLessThanOrEqual(Math.max(12, typeSize({ distance, diagonal, width, height })) + 1e-9)
        },
      ),
      { seed },
    )
  })

  it('[KIT-35] writes a name smaller by a fifth at most, where a word is wider than its row', () => {
    const width = 7.2
    const titleOf = (name: string) =>
      slipMaker({ ...measure, width }, 15)(aTicket({ lines: [aLine({ name: { en: name, fr: name, it: name } })] }))[0]!
        .lines[0]!.title[0]!
    expect(titleOf('Margherita')).toMatchObject({ scale: 1, rows: ['Margherita'] })
    expect(titleOf('Donaudampfschifffahrt').scale).toBe(0.8)
    expect(titleOf('Donaudampfschifffahrt').rows.length).toBeGreaterThan(1)
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
