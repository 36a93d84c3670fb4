import { describe, expect, it } from 'vitest'
import { allergensOf, filterItems, isFiltered, noFilter } from '#shared/menu/filter'
import { itemOf, napoliMenu } from '../support/napoli'

const menu = napoliMenu()
const ids = (filter: Partial<typeof noFilter>) => filterItems(menu, { ...noFilter, ...filter }).map((item) => item.id)

describe('the menu, filtered', () => {
  it('is complete without a filter', () => {
    expect(ids({})).toHaveLength(menu.items.length)
    expect(isFiltered(noFilter)).toBe(false)
    expect(isFiltered({ ...noFilter, words: '  ' })).toBe(false)
  })

  it('finds words in any language, in toppings, and without accents', () => {
    expect(ids({ words: 'MARGHERITA' })).toContain('margherita')
    expect(ids({ words: 'champignons' })).toContain('regina')
    expect(ids({ words: 'puree de rien du tout' })).toEqual([])
  })

  it('hides what contains an allergen, also one that only a topping brings', () => {
    expect(allergensOf(menu, itemOf(menu, 'margherita'))).toContain('milk')
    const without = filterItems(menu, { ...noFilter, avoid: ['milk'] })
    expect(without.length).toBeGreaterThan(0)
    expect(without.flatMap((item) => allergensOf(menu, item))).not.toContain('milk')
  })

  it('counts vegan food as vegetarian', () => {
    const vegan = ids({ diets: ['vegan'] })
    expect(vegan.length).toBeGreaterThan(0)
    expect(ids({ diets: ['vegetarian'] })).toEqual(expect.arrayContaining(vegan))
  })
})
