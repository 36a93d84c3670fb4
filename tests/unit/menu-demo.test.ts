import { describe, expect, it } from 'vitest'
import { napoli } from '../../db/demo/napoli'
import type { Menu } from '../../shared/menu/menu'
import { menu, menuItem } from '../../shared/menu/menu'
import { priceLine, priceLines } from '../../shared/menu/pricing'
import { lineInput } from '../../shared/menu/line'

const demo: Menu = {
  ...napoli,
  pizzeria: {
    id: napoli.id,
    name: napoli.name,
    currency: napoli.currency,
    timezone: napoli.timezone,
    open: true,
    pausedUntil: null,
    busyMinutes: 0,
  },
}
const pizzas = napoli.items.filter((item) => item.kind === 'pizza')

describe('the demo menu', () => {
  it('has the shape that every client expects', () => {
    expect(demo).toMatchObject(menu.parse(demo))
  })

  it('names each thing once', () => {
    for (const all of [napoli.items, napoli.toppings, napoli.crusts, napoli.categories])
      expect(new Set(all.map((one) => one.id)).size).toBe(all.length)
  })

  it('refers only to what exists, with prices for every size', () => {
    const sizes = ['small', 'medium', 'large']
    for (const item of napoli.items) {
      expect(napoli.categories.map((category) => category.id)).toContain(item.category)
      expect(menuItem.parse(item)).toEqual(item)
    }
    for (const pizza of pizzas) {
      expect(pizza.sizes.map((size) => size.id)).toEqual(sizes)
      expect(pizza.toppings.filter((id) => !napoli.toppings.some((topping) => topping.id === id))).toEqual([])
    }
    for (const priced of [...napoli.toppings, ...napoli.crusts]) expect(Object.keys(priced.prices)).toEqual(sizes)
  })

  it('is a complete menu', () => {
    expect(pizzas.length).toBeGreaterThanOrEqual(24)
    expect(new Set(pizzas.map((pizza) => pizza.category)).size).toBeGreaterThanOrEqual(3)
    expect(napoli.toppings.length).toBeGreaterThanOrEqual(25)
  })

  it('counts neither pizzas nor drinks', () => {
    expect(
      napoli.items.filter((item) => item.stock !== null && (item.kind === 'pizza' || item.kind === 'drink')),
    ).toEqual([])
  })

  it('has every language, and descriptions of a line or two', () => {
    for (const item of napoli.items) {
      for (const label of [...Object.values(item.name), ...Object.values(item.description)])
        expect(label.trim()).not.toBe('')
      for (const description of Object.values(item.description)) expect(description.length).toBeLessThanOrEqual(90)
    }
  })

  it('knows what its guests must avoid', () => {
    const find = (id: string) => napoli.items.find((item) => item.id === id)
    expect(find('margherita')).toMatchObject({ allergens: ['gluten', 'milk'], diets: ['vegetarian'] })
    expect(find('marinara')).toMatchObject({ allergens: ['gluten'], diets: ['vegetarian', 'vegan'] })
    expect(find('diavola')).toMatchObject({ diets: ['spicy'] })
    expect(find('napoletana')?.allergens).toEqual(['gluten', 'fish', 'milk'])
    expect(find('gamberi')?.allergens).toEqual(['gluten', 'crustaceans', 'milk', 'nuts', 'sulphites'])
  })

  it("prices the documentation's order at 34.50", () => {
    const priced = priceLines(demo, [
      lineInput.parse({ item: 'margherita', size: 'medium', quantity: 2 }),
      lineInput.parse({
        item: 'margherita',
        size: 'large',
        quantity: 1,
        remove: ['basil'],
        note: 'well done',
        toppings: [
          { topping: 'mushrooms', half: 'left' },
          { topping: 'olives', half: 'right', amount: 'extra' },
        ],
      }),
    ])
    expect(priced).toMatchObject({ ok: true, total: 3450 })
  })

  it('can make every item in every size, with every crust', () => {
    for (const item of napoli.items) {
      for (const size of item.sizes) {
        for (const crust of item.kind === 'pizza' ? napoli.crusts.map((one) => one.id) : [undefined])
          expect(priceLine(demo, lineInput.parse({ item: item.id, size: size.id, crust, quantity: 1 }))).toHaveProperty(
            'unitPrice',
          )
      }
    }
  })
})
