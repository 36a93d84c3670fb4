import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { napoli } from '../../db/demo/napoli'
import { artOf, toppingsWithArt } from '../../shared/drawing/toppings'
import { dishesWithArt, iconOf } from '../../shared/drawing/icons'
import { pizzaAddress } from '../../shared/drawing/address'
import { crustOf, drawnDishes, drawnToppings } from '../../shared/drawing/names'
import { boxOf, drawPizza, pizzaStrokes } from '../../shared/drawing/pizza'
import type { Lying } from '../../shared/drawing/placement'
import { place, sauceRadius } from '../../shared/drawing/placement'
import { lay } from '../../shared/drawing/shapes'
import { pizzaUrl } from '../../shared/drawing/svg'
import { pizzaPicture } from '../../server/answers/pictures.ts'
import { seed } from '../support/seed.ts'

const lying: fc.Arbitrary<Lying> = fc.record({
  topping: fc.constantFrom(...drawnToppings, 'never-drawn'),
  half: fc.constantFrom('left', 'right', 'whole'),
  amount: fc.constantFrom('light', 'normal', 'extra'),
})
const on = (topping: string, half: Lying['half'] = 'whole', amount: Lying['amount'] = 'normal'): Lying => ({
  topping,
  half,
  amount,
})
const pieces = (toppings: Lying[]) => place(toppings)[0]!.spots.length

describe('where toppings lie', () => {
  it('is inside the sauce', () => {
    fc.assert(
      fc.property(fc.array(lying, { maxLength: 8 }), (toppings) => {
        for (const { art, spots } of place(toppings))
          for (const { x, y, scale } of spots)
            expect(Math.hypot(x, y) + art.radius * scale).toBeLessThanOrEqual(sauceRadius + 0.01)
      }),
      { seed },
    )
  })

  it('is on their own half', () => {
    fc.assert(
      fc.property(lying, (one) => {
        for (const { x } of place([one])[0]!.spots) {
          if (one.half === 'left') expect(x).toBeLessThan(0)
          if (one.half === 'right') expect(x).toBeGreaterThan(0)
        }
      }),
      { seed },
    )
  })

  it('does not lean over the cut', () => {
    fc.assert(
      fc.property(lying, (one) => {
        if (one.half === 'whole') return
        const [placed] = place([one])
        for (const { x, scale } of placed!.spots) expect(Math.abs(x)).toBeGreaterThanOrEqual(placed!.art.radius * scale)
      }),
      { seed },
    )
  })

  it('is the same every time', () => {
    fc.assert(
      fc.property(fc.array(lying, { maxLength: 8 }), (toppings) => {
        expect(place(toppings)).toEqual(place(toppings.map((one) => ({ ...one }))))
      }),
      { seed },
    )
  })

  it('shows light, normal and extra as less and more', () => {
    expect(pieces([on('mushrooms', 'whole', 'light')])).toBeLessThan(pieces([on('mushrooms')]))
    expect(pieces([on('mushrooms')])).toBeLessThan(pieces([on('mushrooms', 'whole', 'extra')]))
    expect(pieces([on('mushrooms', 'left')])).toBeLessThan(pieces([on('mushrooms')]))
  })

  it('leaves off what is not wanted', () => {
    expect(place([on('basil', 'whole', 'none')])).toEqual([])
  })
})

describe('the drawing', () => {
  it('has an art of its own for each topping and dish of the demo', () => {
    expect(napoli.toppings.map((topping) => topping.id).filter((id) => !drawnToppings.includes(id))).toEqual([])
    for (const item of napoli.items)
      if (item.kind !== 'pizza') expect(iconOf(item.id, item.kind).length).toBeGreaterThan(3)
  })

  it('[WEB-4] is named in full for the pages that do not draw', () => {
    expect([...drawnToppings].sort()).toEqual([...toppingsWithArt].sort())
    expect([...drawnDishes].sort()).toEqual([...dishesWithArt].sort())
  })

  it('[WEB-4] has an address that says all of it, or none where it cannot be said', () => {
    const seed = 'diavola'
    expect(pizzaAddress({ sauce: 'tomato', toppings: [], seed })).toBe(`pizza/tomato/classic/${crustOf(seed)}/_.svg`)
    expect(
      pizzaAddress({
        sauce: 'cream',
        crust: 'filled',
        toppings: [
          on('ham'),
          on('basil', 'left', 'extra'),
          on('olives', 'right', 'light'),
          on('tuna', 'whole', 'none'),
        ],
      }),
    ).toBe(`pizza/cream/filled/${crustOf('')}/ham,basil.l.extra,olives.r.light.svg`)
    expect(pizzaAddress({ sauce: 'tomato', toppings: [on('never-drawn')] })).toBeNull()
    expect(pizzaAddress({ sauce: 'tomato', toppings: Array.from({ length: 41 }, () => on('ham')) })).toBeNull()
  })

  it('[WEB-4] is the one that its address is read as', () => {
    fc.assert(
      fc.property(fc.uniqueArray(lying, { selector: ({ topping, half }) => topping + half }), (toppings) => {
        const address = pizzaAddress({ sauce: 'pesto', toppings, seed: 'x' })
        if (address === null) return
        const [, sauce, crust, seed, file] = address.split('/')
        const read = pizzaPicture.parse({ version: '00000000', sauce, crust, seed, toppings: file })
        expect(drawPizza(read)).toEqual(drawPizza({ sauce: 'pesto', crust: null, toppings, seed: 'x' }))
      }),
      { seed, numRuns: 50 },
    )
  })

  it('draws what it does not know as a dot, and names of objects are nothing special', () => {
    expect(artOf('constructor').looks).toHaveLength(1)
    expect(artOf('truffle-oil-42')).toEqual(artOf('truffle-oil-42'))
    expect(iconOf('toString', 'drink')).toEqual(iconOf('limonata', 'drink'))
  })

  it('stays light: under 60 nodes, and plain ones weigh less', () => {
    for (const item of napoli.items) {
      if (!item.picture) continue
      const pizza = { sauce: item.picture.sauce, crust: null, toppings: item.toppings.map((topping) => on(topping)) }
      const weight = (plain: boolean) =>
        drawPizza({ ...pizza, plain }).reduce((sum, stroke) => sum + stroke.d.length, 0)
      expect(drawPizza(pizza).length).toBeLessThan(60)
      expect(weight(true)).toBeLessThan(weight(false))
    }
  })

  it('divides a pizza only when its halves differ', () => {
    const lines = (toppings: Lying[]) =>
      drawPizza({ sauce: 'tomato', crust: null, toppings }).filter((stroke) => stroke.d.startsWith('M0 -38.4')).length
    expect(lines([on('olives')])).toBe(0)
    expect(lines([on('olives', 'left')])).toBe(1)
  })

  it('remembers what it drew', () => {
    const pizza = { sauce: 'tomato', crust: null, toppings: [on('olives')] }
    expect(pizzaStrokes(pizza)).toBe(pizzaStrokes({ ...pizza, toppings: [on('olives')] }))
    expect(pizzaStrokes({ ...pizza, crust: 'filled' })).not.toEqual(pizzaStrokes(pizza))
  })

  it('is an image in one address, drawn smaller in a larger box, and the same address each time', () => {
    const pizza = { sauce: 'tomato', crust: null, toppings: [on('olives')], plain: true }
    const url = pizzaUrl(pizza, boxOf('small'))
    const drawn = decodeURIComponent(url.slice('data:image/svg+xml,'.length))
    expect(drawn).toContain('viewBox="-62.5 -62.5 125 125"')
    expect(drawn.match(/<path /g)).toHaveLength(drawPizza(pizza).length)
    // Nothing ends the address or the attribute that it stands in.
    expect(url).not.toMatch(/[#"'<>\s]/)
    expect(pizzaUrl({ ...pizza }, boxOf('small'))).toBe(url)
    expect(pizzaUrl(pizza, boxOf('large'))).not.toBe(url)
  })

  it('writes outlines in the fewest characters, turned and moved', () => {
    const spot = { x: 10, y: 0, turn: 90, scale: 2 }
    expect(lay('M1 0L2 0', [spot])).toBe('M10 2l0 2')
    expect(lay('M0 0L0 0', [spot, spot])).toBe('M10 0h0M10 0h0')
    expect(lay('M0.25 0Q0 -0.25 0 0Z', [{ ...spot, turn: 0 }])).toBe('M10.5 0q-.5-.5-.5 0z')
  })
})
