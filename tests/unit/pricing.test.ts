import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Menu } from '../../shared/menu/menu.ts'
import { piecesByItem, pizzasIn, priceLine, priceLines } from '../../shared/menu/pricing.ts'
import { workedSum } from '../../shared/menu/sum.ts'
import type { Line, LineInput, OrderLine } from '../../shared/menu/line.ts'
import { buildLine, buildMenu } from '../support/build.ts'
import { seed } from '../support/seed.ts'

const plain = buildMenu()
const priced = (over: Partial<LineInput>, menu: Menu = plain): OrderLine => {
  const line = priceLine(menu, buildLine(over))
  if ('code' in line) throw new Error(`${line.code} ${JSON.stringify(line.details)}`)
  return line
}
const price = (over: Partial<LineInput>, menu?: Menu) => priced(over, menu).unitPrice
const refusal = (over: Partial<LineInput>, menu: Menu = plain) => priceLine(menu, buildLine(over))
const policy = (halfTopping: Menu['policies']['halfTopping'], menu = plain) => ({
  ...menu,
  policies: { ...menu.policies, halfTopping },
})

/** With prices that do not halve evenly: mushrooms 151, olives 99 on a medium pizza; margherita 950. */
const odd = buildMenu({
  toppings: plain.toppings.map((topping) => ({
    ...topping,
    prices: {
      small: 51,
      large: 201,
      medium: ({ mushrooms: 151, olives: 99 } as Record<string, number>)[topping.id] ?? 100,
    },
  })),
})
const without = (topping: string) =>
  buildMenu({ toppings: plain.toppings.map((one) => (one.id === topping ? { ...one, available: false } : one)) })
const withItem = (id: string, over: Partial<Menu['items'][number]>) =>
  buildMenu({ items: plain.items.map((item) => (item.id === id ? { ...item, ...over } : item)) })

describe('the price of one piece', () => {
  it('[ORD-4] is that of its size and crust', () => {
    expect(['small', 'medium', 'large'].map((size) => price({ size }))).toEqual([700, 950, 1250])
    expect(price({ crust: 'filled' })).toBe(950 + 250)
    expect(priced({ crust: 'filled', quantity: 3 })).toMatchObject({ unitPrice: 1200, total: 3600, crust: 'filled' })
  })

  it('[ORD-4] of an item with one size needs no size named', () => {
    expect(price({ item: 'tiramisu', size: undefined })).toBe(600)
  })

  it('[ORD-4] counts an added topping once, also light, and extra twice', () => {
    const mushrooms = (amount: 'light' | 'normal' | 'extra') =>
      price({ toppings: [{ topping: 'mushrooms', amount }] }) - 950
    expect([mushrooms('light'), mushrooms('normal'), mushrooms('extra')]).toEqual([150, 150, 300])
  })

  it('[ORD-4] charges an included topping only when there is extra of it', () => {
    const mozzarella = (amount: 'light' | 'normal' | 'extra') =>
      price({ toppings: [{ topping: 'mozzarella', amount }] }) - 950
    expect([mozzarella('light'), mozzarella('normal'), mozzarella('extra')]).toEqual([0, 0, 150])
  })

  it('[ORD-4] is the same without a topping: what is taken off is not refunded', () => {
    expect(price({ remove: ['basil', 'mozzarella'] })).toBe(950)
    expect(price({ toppings: [{ topping: 'basil', amount: 'none', half: 'left' }] })).toBe(950)
  })

  it('[ORD-4] of half and half is that of the more expensive pizza', () => {
    expect(price({ half: 'diavola' })).toBe(1150)
    expect(price({ item: 'diavola', half: 'margherita' })).toBe(1150)
  })

  it('[ORD-4] of half and half includes nothing from the other half', () => {
    const salami = (half: 'left' | 'right' | 'whole', amount: 'normal' | 'extra' = 'normal') =>
      priced({ half: 'diavola', toppings: [{ topping: 'spicy-salami', half, amount }] }).toppings[0]!.price
    // Margherita is left and has none; diavola is right and has it.
    expect([salami('left'), salami('right'), salami('whole')]).toEqual([200, 0, 100])
    expect([salami('left', 'extra'), salami('right', 'extra'), salami('whole', 'extra')]).toEqual([400, 200, 300])
  })
})

describe('a topping on half of a pizza', () => {
  const sides = (menu: Menu, ...wishes: [topping: string, half: 'left' | 'right' | 'whole'][]) =>
    price({ toppings: wishes.map(([topping, half]) => ({ topping, half })) }, menu) - 950

  it('[ORD-5] costs its full price under "full"', () => {
    expect(sides(policy('full', odd), ['mushrooms', 'left'])).toBe(151)
    expect(sides(policy('full', odd), ['mushrooms', 'left'], ['olives', 'right'])).toBe(250)
  })

  it('[ORD-5] costs half, each rounded up to a cent, under "half"', () => {
    expect(sides(policy('half', odd), ['mushrooms', 'left'])).toBe(76)
    expect(sides(policy('half', odd), ['mushrooms', 'left'], ['olives', 'right'])).toBe(76 + 50)
    expect(sides(policy('half', odd), ['mushrooms', 'whole'], ['olives', 'right'])).toBe(151 + 50)
  })

  it('[ORD-5] costs the more expensive side once under "dearer"', () => {
    expect(sides(policy('dearer', odd), ['mushrooms', 'left'], ['olives', 'right'])).toBe(151)
    expect(sides(policy('dearer', odd), ['mushrooms', 'left'], ['olives', 'right'], ['capers', 'right'])).toBe(199)
    expect(sides(policy('dearer', odd), ['mushrooms', 'whole'], ['olives', 'left'])).toBe(151 + 99)
  })

  it('[ORD-5] is charged by the amount that is chosen', () => {
    expect(price({ toppings: [{ topping: 'mushrooms', half: 'left', amount: 'extra' }] }, policy('half', odd))).toBe(
      950 + 151,
    )
  })
})

describe('a priced line', () => {
  it('[ORD-13] names what the menu does not have', () => {
    expect(refusal({ item: 'hawaii-five-o' })).toEqual({
      code: 'menu.item_unknown',
      details: { item: 'hawaii-five-o' },
    })
    expect(refusal({ size: 'gigantic' })).toMatchObject({ code: 'menu.size_unknown' })
    expect(refusal({ size: undefined })).toMatchObject({ code: 'menu.size_unknown', details: { size: null } })
    expect(refusal({ crust: 'puff' })).toMatchObject({ code: 'menu.crust_unknown' })
    expect(refusal({ item: 'tiramisu', size: undefined, crust: 'filled' })).toMatchObject({
      code: 'menu.crust_unknown',
    })
    expect(refusal({ toppings: [{ topping: 'gravel' }] })).toMatchObject({ code: 'menu.topping_unknown' })
    expect(refusal({ item: 'tiramisu', size: undefined, toppings: [{ topping: 'olives' }] })).toMatchObject({
      code: 'menu.topping_unknown',
    })
    expect(refusal({ remove: ['olives'] })).toMatchObject({
      code: 'menu.topping_unknown',
      details: { topping: 'olives' },
    })
    expect(refusal({ half: 'tiramisu' })).toMatchObject({ code: 'menu.half_invalid' })
    expect(refusal({ item: 'tiramisu', size: undefined, half: 'margherita' })).toMatchObject({
      code: 'menu.half_invalid',
    })
    expect(refusal({ half: 'nobody' })).toMatchObject({ code: 'menu.half_invalid' })
  })

  it('[ORD-6] refuses what is sold out, and names it', () => {
    expect(refusal({}, withItem('margherita', { available: false }))).toMatchObject({
      code: 'menu.sold_out',
      details: { item: 'margherita' },
    })
    expect(refusal({ half: 'diavola' }, withItem('diavola', { available: false }))).toMatchObject({
      code: 'menu.sold_out',
      details: { out: 'diavola' },
    })
    expect(
      refusal(
        {},
        withItem('margherita', {
          sizes: plain.items
            .find((item) => item.id === 'margherita')!
            .sizes.map((size) => ({ ...size, available: size.id !== 'medium' })),
        }),
      ),
    ).toMatchObject({ code: 'menu.sold_out', details: { size: 'medium' } })
    expect(
      refusal(
        { crust: 'filled' },
        buildMenu({ crusts: plain.crusts.map((crust) => ({ ...crust, available: false })) }),
      ),
    ).toMatchObject({ code: 'menu.sold_out', details: { crust: 'filled' } })
    expect(refusal({ toppings: [{ topping: 'mushrooms' }] }, without('mushrooms'))).toMatchObject({
      code: 'menu.sold_out',
      details: { topping: 'mushrooms' },
    })
  })

  it('[ORD-6] allows a pizza whose topping is out without it, not with half of it off', () => {
    expect(refusal({}, without('basil'))).toMatchObject({ code: 'menu.sold_out', details: { topping: 'basil' } })
    expect(price({ remove: ['basil'] }, without('basil'))).toBe(950)
    expect(refusal({ toppings: [{ topping: 'basil', amount: 'none', half: 'left' }] }, without('basil'))).toMatchObject(
      { code: 'menu.sold_out' },
    )
    expect(price({}, without('mushrooms'))).toBe(950)
  })

  it('[ORD-4] copies the names, and lists every allergen, also of removed toppings, because traces may remain', () => {
    expect(priced({ remove: ['mozzarella'], note: 'well done' })).toMatchObject({
      name: { it: 'Margherita' },
      allergens: ['gluten', 'milk'],
      note: 'well done',
      removed: [{ topping: 'mozzarella', half: 'whole' }],
    })
    expect(priced({ toppings: [{ topping: 'anchovies' }] }).allergens).toContain('fish')
    expect(priced({ item: 'marinara', crust: 'filled' }).allergens).toEqual(['gluten', 'milk'])
    expect(priced({ item: 'marinara', half: 'napoletana' }).allergens).toEqual(['fish', 'gluten', 'milk'])
  })

  it('[ORD-4] draws what finally lies on it', () => {
    const lying = (over: Partial<LineInput>) =>
      priced(over)
        .picture!.toppings.map(({ topping, half, amount }) => `${topping} ${half} ${amount}`)
        .sort()
    expect(lying({})).toEqual(['basil whole normal', 'mozzarella whole normal'])
    expect(lying({ remove: ['basil'], toppings: [{ topping: 'olives', half: 'right', amount: 'extra' }] })).toEqual([
      'mozzarella whole normal',
      'olives right extra',
    ])
    expect(lying({ toppings: [{ topping: 'basil', half: 'left', amount: 'none' }] })).toEqual([
      'basil right normal',
      'mozzarella whole normal',
    ])
    expect(lying({ half: 'marinara' }).filter((one) => one.includes('left'))).toEqual([
      'basil left normal',
      'mozzarella left normal',
    ])
  })
})

describe('a basket', () => {
  const basket = (lines: Partial<LineInput>[], menu = plain, options = {}) =>
    priceLines(menu, lines.map(buildLine), options)
  const code = (result: ReturnType<typeof basket>) => (result.ok ? 'ok' : result.rejection)

  it('[ORD-7] has limits per line and per order, which the counter may exceed', () => {
    expect(code(basket([{ quantity: 20 }, { quantity: 20 }]))).toBe('ok')
    expect(code(basket([{ quantity: 1 }, { quantity: 21 }]))).toEqual({
      code: 'order.quantity',
      details: { line: 1, most: 20 },
    })
    expect(code(basket([{ quantity: 20 }, { quantity: 20 }, {}]))).toEqual({
      code: 'order.quantity',
      details: { most: 40 },
    })
    expect(code(basket([{ quantity: 500 }], plain, { unlimited: true }))).toBe('ok')
  })

  it('[ORD-13] names the line that is wrong, and is refused as a whole', () => {
    expect(code(basket([{}, { item: 'nothing' }]))).toEqual({
      code: 'menu.item_unknown',
      details: { line: 1, item: 'nothing' },
    })
  })

  it('[ORD-6] counts stock over all lines together', () => {
    const menu = withItem('tiramisu', { stock: 3 })
    const tiramisu = (quantity: number) => ({ item: 'tiramisu', size: undefined, quantity })
    expect(code(basket([tiramisu(1), tiramisu(2)], menu))).toBe('ok')
    expect(code(basket([tiramisu(2), tiramisu(2)], menu))).toEqual({
      code: 'menu.sold_out',
      details: { item: 'tiramisu', left: 3 },
    })
    expect(code(basket([tiramisu(1)], withItem('tiramisu', { stock: 0 })))).toMatchObject({ code: 'menu.sold_out' })
  })

  it('[ORD-6] takes a portion of each pizza for half and half', () => {
    expect([...piecesByItem([buildLine({ half: 'diavola', quantity: 2 }), buildLine({ item: 'diavola' })])]).toEqual([
      ['margherita', 2],
      ['diavola', 3],
    ])
    expect(code(basket([{ half: 'diavola' }, { item: 'diavola' }], withItem('diavola', { stock: 1 })))).toMatchObject({
      code: 'menu.sold_out',
    })
  })

  it('[ORD-8] counts as pizzas what goes through the oven', () => {
    const result = basket([{ quantity: 3 }, { item: 'tiramisu', size: undefined, quantity: 5 }])
    expect(result.ok && pizzasIn(result)).toBe(3)
  })
})

const half = fc.constantFrom('left' as const, 'right' as const, 'whole' as const)
const pizza = fc.constantFrom(...plain.items.filter((item) => item.kind === 'pizza').map((item) => item.id))
const wish = fc.record({
  topping: fc.constantFrom(...plain.toppings.map((topping) => topping.id)),
  half,
  amount: fc.constantFrom('light' as const, 'normal' as const, 'extra' as const),
})
const anyLine: fc.Arbitrary<Line> = fc
  .record({
    item: pizza,
    size: fc.constantFrom('small', 'medium', 'large'),
    quantity: fc.integer({ min: 1, max: 4 }),
    half: fc.option(pizza, { nil: undefined }),
    crust: fc.option(fc.constantFrom(...plain.crusts.map((crust) => crust.id)), { nil: undefined }),
    toppings: fc.array(wish, { maxLength: 6 }),
  })
  .map(buildLine)
  // A line that contradicts itself is refused (ORD-21).
  .filter(({ item, half, remove, toppings }) => {
    const wished = [...remove, ...toppings.map((one) => one.topping)]
    return item !== half && new Set(wished).size === wished.length
  })
const anyPolicy = fc.constantFrom('full' as const, 'half' as const, 'dearer' as const)

describe(`any basket (COMANDA_SEED=${seed})`, () => {
  it('[ORD-4] costs the sum of its lines, whatever their order, and never less than its pizzas alone', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 10 }), anyPolicy, (lines, halfTopping) => {
        const menu = buildMenu({ toppings: odd.toppings, policies: { halfTopping } })
        const result = priceLines(menu, lines)
        if (!result.ok) throw new Error(result.rejection.code)
        expect(result.total).toBe(result.lines.reduce((sum, line) => sum + line.unitPrice * line.quantity, 0))
        expect(Number.isSafeInteger(result.total)).toBe(true)
        for (const [index, line] of lines.entries())
          expect(result.lines[index]!.unitPrice).toBeGreaterThanOrEqual(
            menu.items.find((item) => item.id === line.item)!.sizes.find((size) => size.id === line.size)!.price,
          )
        expect(priceLines(menu, lines.toReversed())).toMatchObject({ ok: true, total: result.total })
      }),
      { seed, numRuns: 300 },
    )
  })

  it('[ORD-5] "half" is between nothing and "full"; "dearer" is at most "full"; the worked sum adds up', () => {
    fc.assert(
      fc.property(anyLine, (line) => {
        const [full, halved, dearer] = (['full', 'half', 'dearer'] as const).map((halfTopping) => {
          const menu = policy(halfTopping, odd)
          const one = priceLine(menu, line)
          if ('code' in one) throw new Error(one.code)
          expect(workedSum(menu, one).reduce((sum, row) => sum + row.charged, 0)).toBe(one.unitPrice)
          return one.unitPrice
        }) as [number, number, number]
        expect(halved).toBeLessThanOrEqual(full)
        expect(dearer).toBeLessThanOrEqual(full)
      }),
      { seed, numRuns: 300 },
    )
  })
})
