import { csvOf } from '../../../shared/csv.ts'
import type { MenuDocument } from '../../../shared/menu/document.ts'
import { writeAmount } from '../../../shared/order/amount.ts'
import { columns, textCells, type RowType } from './columns.ts'

export interface CsvStyle {
  /** Minor digits of the currency. */
  digits: number
  /** `;` comes with decimal commas, as spreadsheets in France and Italy expect it. */
  separator: ',' | ';'
}

type Cells = Record<string, string>

/** A menu as a CSV file, one line an item and size; reading it again gives the same menu. */
export function writeCsv(menu: MenuDocument, { digits, separator }: CsvStyle): string {
  const price = (minor: number) => writeAmount(minor, digits, separator === ';' ? ',' : '.')
  const yes = (available: boolean) => (available ? 'yes' : 'no')
  const list = (words: readonly string[]) => words.join('|')
  /** What all lines of a thing share stands in its first one; its id in each. */
  const lines = (type: RowType, id: string, shared: Cells, sizes: Cells[]) =>
    (sizes.length === 0 ? [{}] : sizes).map((size, index) => ({ type, id, ...(index === 0 && shared), ...size }))
  const prices = (all: Record<string, number>) =>
    Object.entries(all).map(([size, minor]) => ({ size, price: price(minor) }))

  const rows: Cells[] = [
    ...menu.categories.flatMap(({ id, name }) => lines('category', id, textCells('name', name), [])),
    ...menu.items.flatMap((item) =>
      lines(
        'item',
        item.id,
        {
          category: item.category,
          kind: item.kind,
          ...textCells('name', item.name),
          ...textCells('description', item.description),
          toppings: list(item.toppings),
          allergens: list(item.allergens),
          diets: list(item.diets),
          sauce: item.picture?.sauce ?? '',
          portions: item.portions === null ? '' : String(item.portions),
          vat: item.vat ?? '',
        },
        item.sizes.map((size) => ({
          size: size.id,
          ...textCells('size_name', size.name),
          price: price(size.price),
          available: yes(size.available),
        })),
      ),
    ),
    ...menu.toppings.flatMap(({ id, name, group, allergens, diets, ...topping }) =>
      lines(
        'topping',
        id,
        { kind: group, ...textCells('name', name), allergens: list(allergens), diets: list(diets) },
        prices(topping.prices),
      ),
    ),
    ...menu.crusts.flatMap(({ id, name, available, allergens, ...crust }) =>
      lines(
        'crust',
        id,
        { ...textCells('name', name), available: yes(available), allergens: list(allergens) },
        prices(crust.prices),
      ),
    ),
  ]
  return csvOf([columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))], separator)
}
