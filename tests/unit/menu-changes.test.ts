import { describe, expect, it } from 'vitest'
import { menu, slug } from '../../shared/menu/menu.ts'
import { applyMenuChange, soldOut } from '../../shared/menu/sold-out.ts'
import { lineInput } from '../../shared/menu/line.ts'
import { placeInput } from '../../shared/order/order.ts'
import { buildMenu } from '../support/build.ts'

const plain = buildMenu()
const margherita = plain.items.find((item) => item.id === 'margherita')!
const tiramisu = plain.items.find((item) => item.id === 'tiramisu')!
const out = (id: string) => ({
  toppings: plain.toppings.map((topping) => (topping.id === id ? { ...topping, available: false } : topping)),
})

describe('an item is sold out', () => {
  it('[ORD-6] by itself, by stock, by all of its sizes, or by a topping that it needs', () => {
    expect(soldOut(plain, margherita)).toBe(null)
    expect(soldOut(plain, { ...margherita, available: false })).toEqual({ reason: 'item' })
    expect(
      soldOut(plain, { ...margherita, sizes: margherita.sizes.map((size) => ({ ...size, available: false })) }),
    ).toEqual({ reason: 'item' })
    expect(
      soldOut(plain, {
        ...margherita,
        sizes: margherita.sizes.map((size, index) => ({ ...size, available: index > 0 })),
      }),
    ).toBe(null)
    expect(soldOut(plain, { ...tiramisu, stock: 0 })).toEqual({ reason: 'stock' })
    expect(soldOut(plain, { ...tiramisu, stock: 1 })).toBe(null)
    expect(soldOut(out('basil'), margherita)).toMatchObject({ reason: 'topping', topping: { id: 'basil' } })
    expect(soldOut(out('mushrooms'), margherita)).toBe(null)
  })
})

describe('a menu that changes', () => {
  const change = {
    items: [{ ...margherita, available: false }],
    toppings: [{ ...plain.toppings[0]!, available: false }],
  }

  it('[STR-1] becomes what the change says, and stays the same when it comes twice', () => {
    const once = applyMenuChange(plain, change)
    expect(once.items.find((item) => item.id === 'margherita')!.available).toBe(false)
    expect(once.items.map((item) => item.id)).toEqual(plain.items.map((item) => item.id))
    expect(applyMenuChange(once, change)).toEqual(once)
    expect(plain.items.find((item) => item.id === 'margherita')!.available).toBe(true)
  })

  it("[STR-1] takes over the pizzeria's state, and ignores items that it never had", () => {
    const pizzeria = { ...plain.pizzeria, busyMinutes: 20 }
    expect(applyMenuChange(plain, { pizzeria }).pizzeria).toBe(pizzeria)
    expect(applyMenuChange(plain, { items: [{ ...margherita, id: 'new' }] }).items).toHaveLength(plain.items.length)
    expect(menu.safeParse(applyMenuChange(plain, change)).success).toBe(true)
  })
})

describe('customer input', () => {
  const body = { mode: 'pickup', customer: { name: 'Ada' }, lines: [{ item: 'margherita', quantity: 1 }], total: 1 }
  const paths = (value: unknown) => placeInput.safeParse(value).error?.issues.map(({ path }) => path.join('.')) ?? []

  it('[ORD-13] is accepted, with the defaults filled in', () => {
    expect(placeInput.parse(body)).toMatchObject({ note: '', lines: [{ toppings: [], remove: [], note: '' }] })
    expect(lineInput.parse({ item: 'margherita', quantity: 1, toppings: [{ topping: 'olives' }] }).toppings).toEqual([
      { topping: 'olives', half: 'whole', amount: 'normal' },
    ])
  })

  it.each([
    ['no line', { ...body, lines: [] }, 'lines'],
    ['a quantity of nothing', { ...body, lines: [{ item: 'margherita', quantity: 0 }] }, 'lines.0.quantity'],
    ['half a pizza', { ...body, lines: [{ item: 'margherita', quantity: 0.5 }] }, 'lines.0.quantity'],
    ['a quantity in words', { ...body, lines: [{ item: 'margherita', quantity: 'two' }] }, 'lines.0.quantity'],
    ['a negative total', { ...body, total: -1 }, 'total'],
    ['a total with cents after a point', { ...body, total: 9.5 }, 'total'],
    ['a name of blanks', { ...body, customer: { name: '   ' } }, 'customer.name'],
    ['a phone number of words', { ...body, customer: { name: 'Ada', phone: 'call me' } }, 'customer.phone'],
    ['a note without end', { ...body, note: 'x'.repeat(281) }, 'note'],
    ['a time that is none', { ...body, for: 'tomorrow' }, 'for'],
    ['a mode that is none', { ...body, mode: 'teleport' }, 'mode'],
    [
      'a half that is none',
      { ...body, lines: [{ item: 'margherita', quantity: 1, toppings: [{ topping: 'olives', half: 'top' }] }] },
      'lines.0.toppings.0.half',
    ],
  ])('[ORD-13] refuses %s and says where', (_, value, path) => {
    expect(paths(value)).toContain(path)
  })

  it('[ORD-13] refuses a misspelt choice, so that it is not lost', () => {
    expect(
      placeInput.safeParse({ ...body, lines: [{ item: 'margherita', quantity: 1, removed: ['basil'] }] }).success,
    ).toBe(false)
    expect(placeInput.safeParse({ ...body, alergies: 'nuts' }).success).toBe(false)
  })

  it('[ORD-13] limits names for machines to small letters, digits and dashes', () => {
    expect(['margherita', '4-formaggi', 'a'].every((name) => slug.safeParse(name).success)).toBe(true)
    expect(
      ['', '-a', 'Margherita', 'a b', '../x', 'a'.repeat(49), 'piñata', 'a\n'].filter(
        (name) => slug.safeParse(name).success,
      ),
    ).toEqual([])
  })
})
