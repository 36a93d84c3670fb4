import type { Language, Menu, MenuItem, Text } from './menu.ts'
import { openingData } from './opening-data.ts'
import { soldOut } from './sold-out.ts'

/** Diets as schema.org names them; it has no word for spicy food. */
const diets = { vegetarian: 'https://schema.org/VegetarianDiet', vegan: 'https://schema.org/VeganDiet' } as const

/**
 * The menu for search engines, as JSON-LD (schema.org Restaurant, Menu): what the page shows, in its language. `url` is
 * the page's own, `minorDigits` how many digits of the currency are minor (2 for cents).
 */
export function menuData(menu: Menu, language: Language, url: string, minorDigits: number) {
  const { pizzeria, categories, items, currency } = menu
  const openings = menu.hours ? openingData(menu.hours) : []
  const words = (text: Text) => text[language] || text.en
  const offer = (item: MenuItem, price: number, name?: string) => ({
    '@type': 'Offer',
    ...(name && { name }),
    price: (price / 10 ** minorDigits).toFixed(minorDigits),
    priceCurrency: currency,
    availability: `https://schema.org/${soldOut(menu, item) ? 'OutOfStock' : 'InStock'}`,
  })
  const dish = (item: MenuItem) => {
    const suitable = item.diets.flatMap((diet) => (diet === 'spicy' ? [] : [diets[diet]]))
    return {
      '@type': 'MenuItem',
      name: words(item.name),
      ...(words(item.description) && { description: words(item.description) }),
      ...(suitable.length > 0 && { suitableForDiet: suitable }),
      offers: item.sizes.map(({ price, name }) => offer(item, price, item.sizes.length > 1 ? words(name) : undefined)),
    }
  }
  const sections = categories
    .map(({ id, name }) => ({ name: words(name), dishes: items.filter(({ category }) => category === id) }))
    .filter(({ dishes }) => dishes.length > 0)
  return {
    '@context': 'https://schema.org',
    '@type': 'Restaurant',
    '@id': url,
    url,
    name: pizzeria.name,
    servesCuisine: 'Pizza',
    currenciesAccepted: currency,
    ...(pizzeria.phone && { telephone: pizzeria.phone }),
    ...(pizzeria.address && {
      address: {
        '@type': 'PostalAddress',
        streetAddress: pizzeria.address,
        ...(pizzeria.country && { addressCountry: pizzeria.country }),
      },
    }),
    ...(openings.length > 0 && { openingHoursSpecification: openings }),
    hasMenu: {
      '@type': 'Menu',
      inLanguage: language,
      hasMenuSection: sections.map(({ name, dishes }) => ({
        '@type': 'MenuSection',
        name,
        hasMenuItem: dishes.map(dish),
      })),
    },
  }
}

/** JSON that may stand in a script of a page: no text of a menu can end that script. */
export const jsonForScript = (value: unknown) => JSON.stringify(value).replace(/</g, '\\u003c')
