import type { Allergen, Diet, Menu, MenuItem } from './menu.ts'

export interface MenuFilter {
  words: string
  diets: Diet[]
  /** Allergens to avoid. */ avoid: Allergen[]
}

export const noFilter: MenuFilter = { words: '', diets: [], avoid: [] }
export const isFiltered = (filter: MenuFilter) =>
  filter.words.trim() !== '' || filter.diets.length > 0 || filter.avoid.length > 0

/** Everything that is in a dish as it comes: its own allergens and those of its toppings. */
export const allergensOf = (menu: Pick<Menu, 'toppings'>, item: MenuItem): Allergen[] =>
  [
    ...new Set([
      ...item.allergens,
      ...menu.toppings.filter((one) => item.toppings.includes(one.id)).flatMap((one) => one.allergens),
    ]),
  ].sort()

/** The dishes that a filter leaves. Words are searched in every language and in the toppings, ignoring accents. */
export function filterItems(menu: Menu, filter: MenuFilter): MenuItem[] {
  const wanted = plain(filter.words).split(/\s+/).filter(Boolean)
  return menu.items.filter((item) => {
    const names = [
      item.name,
      item.description,
      ...menu.toppings.filter((one) => item.toppings.includes(one.id)).map((one) => one.name),
    ]
    const said = plain(names.flatMap((name) => Object.values(name)).join(' '))
    const allergens = allergensOf(menu, item)
    return (
      wanted.every((word) => said.includes(word)) &&
      filter.diets.every(
        (diet) => item.diets.includes(diet) || (diet === 'vegetarian' && item.diets.includes('vegan')),
      ) &&
      !filter.avoid.some((allergen) => allergens.includes(allergen))
    )
  })
}

const plain = (words: string) => words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
