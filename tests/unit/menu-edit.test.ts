import { describe, expect, it } from 'vitest'
import { napoli } from '../../db/demo/napoli.ts'
import { menuDocument, type DocumentItem, type MenuDocument } from '../../shared/menu/document.ts'
import * as edit from '../../shared/menu/edit-menu.ts'
import { compareMenus } from '../../shared/menu/menu-changes.ts'

const { categories, items, toppings, crusts } = napoli
const base: MenuDocument = menuDocument.parse({ categories, items, toppings, crusts })
const sizes = edit.sizesOf(base.items.filter(({ kind }) => kind === 'pizza'))
const itemOf = (menu: MenuDocument, id: string) => menu.items.find((item) => item.id === id)!
const named = (menu: MenuDocument, id: string, it: string) =>
  edit.changeEntry(menu, 'items', id, { name: { ...itemOf(menu, id).name, it } })

describe('editing a menu', () => {
  it('[MNU-1] leaves what it does not touch the same object', () => {
    const after = named(base, 'margherita', 'Regina')
    expect(itemOf(after, 'margherita').name.it).toBe('Regina')
    expect(after.toppings).toBe(base.toppings)
    expect(after.items.filter((item, index) => item !== base.items[index])).toHaveLength(1)
    expect(compareMenus(base, after)).toMatchObject({ entries: [{ id: 'margherita', fields: ['name'] }], ordered: [] })
  })

  it('[MNU-1] moves a dish past the next one of its category, and no further than its ends', () => {
    const garden = (menu: MenuDocument) =>
      menu.items.filter(({ category }) => category === 'garden').map(({ id }) => id)
    const [first, second] = garden(base) as [string, string]
    const after = edit.moveEntry(base, 'items', first, 1)
    expect(garden(after).slice(0, 2)).toEqual([second, first])
    expect(compareMenus(base, after)).toEqual({ entries: [], ordered: ['items'] })
    expect(edit.moveEntry(after, 'items', first, -1).items).toEqual(base.items)
    expect(edit.moveEntry(base, 'items', first, -1)).toBe(base)
    expect(edit.moveEntry(base, 'items', 'nobody', 1)).toBe(base)
  })

  it('[MNU-2] takes an archived topping off every dish, so that the menu can be published', () => {
    const after = edit.removeEntry(base, 'toppings', 'basil')
    expect(itemOf(base, 'margherita').toppings).toContain('basil')
    expect(itemOf(after, 'margherita').toppings).not.toContain('basil')
    expect(menuDocument.safeParse(after).success).toBe(true)
  })

  it('[MNU-1] a price adds a size in its place, none takes it away, and the last one stays', () => {
    const price = (item: DocumentItem, size: string, minor: number | null) => edit.priceItem(item, size, minor, sizes)
    const pizza = itemOf(base, 'margherita')
    expect(price(pizza, 'small', pizza.sizes[0]!.price)).toBe(pizza)
    const without = price(pizza, 'medium', null)
    expect(without.sizes.map(({ id }) => id)).toEqual(['small', 'large'])
    expect(price(without, 'medium', 123).sizes.map(({ id, price }) => [id, price])[1]).toEqual(['medium', 123])
    const only = price(without, 'large', null)
    expect(price(only, 'small', null)).toBe(only)
  })

  it('[MNU-4] gives new things ids that nothing had before', () => {
    expect(edit.newId('Tiramisù', ['tiramisu', 'tiramisu-2'])).toBe('tiramisu-3')
    expect([edit.newId('披萨', []), edit.newId('x'.repeat(80), [])]).toEqual(['new', 'x'.repeat(40)])
  })
})

describe('two people at one menu', () => {
  it('[MNU-1] keep both changes where they do not meet', () => {
    const mine = edit.moveEntry(named(base, 'margherita', 'Mia'), 'categories', 'whites', -1)
    const theirs = edit.addEntry(named(base, 'marinara', 'Loro'), 'crusts', { ...base.crusts[0]!, id: 'thin' })
    const { menu, conflicts } = edit.mergeMenus(base, mine, theirs)
    expect(conflicts).toEqual([])
    expect([itemOf(menu, 'margherita').name.it, itemOf(menu, 'marinara').name.it]).toEqual(['Mia', 'Loro'])
    expect(menu.crusts.map(({ id }) => id)).toContain('thin')
    expect(menu.categories[0]!.id).toBe('whites')
    expect(edit.mergeMenus(base, base, theirs).menu).toEqual(theirs)
    expect(edit.mergeMenus(base, mine, base).menu).toEqual(mine)
  })

  it('[MNU-1] are shown both where they meet, and either can be taken', () => {
    const mine = edit.removeEntry(named(base, 'margherita', 'Mia'), 'items', 'marinara')
    const theirs = named(named(base, 'margherita', 'Loro'), 'marinara', 'Loro')
    const { menu, conflicts } = edit.mergeMenus(base, mine, theirs)
    expect(conflicts.map(({ id, mine }) => [id, mine === null])).toEqual([
      ['margherita', false],
      ['marinara', true],
    ])
    expect(itemOf(menu, 'margherita').name.it).toBe('Mia')
    expect(itemOf(menu, 'marinara')).toBe(undefined)
    const taken = conflicts.reduce(edit.takeTheirs, menu)
    expect([itemOf(taken, 'margherita').name.it, itemOf(taken, 'marinara').name.it]).toEqual(['Loro', 'Loro'])
    expect(edit.mergeMenus(base, mine, mine).conflicts).toEqual([])
  })
})
