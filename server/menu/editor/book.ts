import type { Tx } from '../../../db/store.ts'
import type { Entry } from '../../../db/store/menu.ts'
import type { DocumentItem, DocumentTopping, MenuDocument } from '../../../shared/menu/document.ts'
import type { MenuItem, MenuTopping } from '../../../shared/menu/menu.ts'
import type { Pizzeria } from '../../../shared/menu/pizzeria.ts'

/** The menu as its owner edits it, and what the editor needs to know beside it. */
export interface MenuBook extends MenuDocument {
  /** How often it was published: `ifVersion` of the next publish. */
  version: number
  currency: string
  /** The pizzeria's languages, the first one first. */
  languages: readonly string[]
  /** What has left the menu. It comes back when something with its id is published. */
  archived: { items: DocumentItem[]; toppings: DocumentTopping[] }
}

const toItem = ({ id, kind, name, description, category, sizes, ...item }: MenuItem): DocumentItem => {
  const { toppings, allergens, diets, picture, photo, portions, vat } = item
  return {
    ...{ id, kind, name, description, category, sizes, toppings, allergens, diets, picture },
    ...(photo && { photo }),
    portions: portions ?? null,
    vat: vat ?? null,
  }
}

const toTopping = ({ id, name, group, prices, allergens, diets }: MenuTopping): DocumentTopping => ({
  ...{ id, name, group, prices, allergens, diets },
})

const bodies = <T>(entries: Entry<T>[], archived: boolean) =>
  entries.filter((entry) => entry.archived === archived).map((entry) => entry.body)

/** All that was written of a pizzeria's menu. */
export async function readBook(tx: Tx, { id, currency, settings }: Pizzeria): Promise<MenuBook> {
  const { items, toppings } = await tx.menuBook(id)
  return {
    version: settings.menuEdition ?? 0,
    currency,
    languages: settings.languages ?? ['en', 'fr', 'it'],
    categories: settings.categories,
    items: bodies(items, false).map(toItem),
    toppings: bodies(toppings, false).map(toTopping),
    crusts: settings.crusts,
    archived: { items: bodies(items, true).map(toItem), toppings: bodies(toppings, true).map(toTopping) },
  }
}

/** The menu alone, without what stands beside it. */
export const documentOf = ({ categories, items, toppings, crusts }: MenuDocument): MenuDocument => ({
  ...{ categories, items, toppings, crusts },
})
