import { languages } from '../../../shared/menu/words.ts'
import type { Language, Text } from '../../../shared/menu/menu.ts'

/** What a line of a CSV file is about; docs/menu.md shows the same table. */
export const rowTypes = ['category', 'item', 'topping', 'crust'] as const
export type RowType = (typeof rowTypes)[number]

const inEach = (name: string) => languages.toSorted().map((language) => `${name}_${language}`)

/** The columns of an exported file, in their order. */
export const columns = [
  ...['type', 'id', 'category', 'kind', ...inEach('name'), ...inEach('description')],
  ...['size', ...inEach('size_name'), 'price', 'available'],
  ...['toppings', 'allergens', 'diets', 'sauce', 'portions', 'vat'],
]

/** Columns that a file may have as well: a text in the pizzeria's first language. */
export const shortColumns = ['name', 'description', 'size_name']

/** The name of a column as people write it: `Size name (EN)` is `size_name_en`. */
export const columnOf = (header: string) =>
  header
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')

/** A text's cells, by column. */
export const textCells = (name: string, text: Text): Record<string, string> =>
  Object.fromEntries(languages.map((language) => [`${name}_${language}`, text[language]]))

/** The names of sizes that nobody has named. */
export const sizeWords: Record<string, Text> = {
  small: { en: 'Small', fr: 'Petite', it: 'Piccola' },
  medium: { en: 'Medium', fr: 'Moyenne', it: 'Media' },
  large: { en: 'Large', fr: 'Grande', it: 'Grande' },
  regular: { en: 'Regular', fr: 'Normale', it: 'Normale' },
}

/** Where an item goes for which a file names no category. */
export const categoryWords: Record<'pizza' | 'side' | 'drink' | 'dessert', { id: string; name: Text }> = {
  pizza: { id: 'pizzas', name: { en: 'Pizzas', fr: 'Pizzas', it: 'Pizze' } },
  side: { id: 'sides', name: { en: 'To share', fr: 'À partager', it: 'Sfizi' } },
  drink: { id: 'drinks', name: { en: 'Drinks', fr: 'Boissons', it: 'Bibite' } },
  dessert: { id: 'desserts', name: { en: 'Desserts', fr: 'Desserts', it: 'Dolci' } },
}

/** Words that a file may use in place of ours. */
export const answers: Record<string, boolean> = {
  ...Object.fromEntries(['', 'yes', 'y', 'true', '1', 'oui', 'si', 'sì'].map((word) => [word, true])),
  ...Object.fromEntries(['no', 'n', 'false', '0', 'non'].map((word) => [word, false])),
}

/** The same word in all languages. */
export const inAll = (word: string): Record<Language, string> => ({ fr: word, en: word, it: word })
