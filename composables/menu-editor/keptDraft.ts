import { flag, int, isObject, list, maybe, nullable, object, oneOf, record, text } from '#shared/live/client/checks'
import type { DocumentCrust, DocumentItem, DocumentTopping, MenuDocument } from '#shared/menu/document'
import type { Text } from '#shared/menu/menu'

export const draftKey = (pizzeria: string) => `comanda:menu-draft:${pizzeria}`

/** What this device keeps of a menu that is being edited: until it is published, also over closing the page. */
export interface KeptDraft {
  version: 1
  /** The version that it was made from, and that menu. */
  edited: number
  base: MenuDocument
  draft: MenuDocument
}

const label = object<Text>({ fr: text, en: text, it: text })
const size = object<DocumentItem['sizes'][number]>({ id: text, name: label, price: int, available: flag })
const words = list(text)
const evening = { available: maybe(flag), until: maybe(nullable(text)) }
const document = object<MenuDocument>({
  categories: list(object({ id: text, name: label })),
  items: list(
    object<DocumentItem>({
      id: text,
      kind: oneOf('pizza', 'side', 'drink', 'dessert'),
      name: label,
      description: label,
      category: text,
      sizes: list(size),
      toppings: words,
      allergens: words,
      diets: words,
      picture: nullable(isObject),
      photo: maybe(nullable(text)),
      portions: nullable(int),
      vat: maybe(nullable(text)),
      ...evening,
      stock: maybe(nullable(int)),
    }),
  ),
  toppings: list(
    object<DocumentTopping>({
      id: text,
      name: label,
      group: text,
      prices: record(int),
      allergens: words,
      diets: words,
      ...evening,
    }),
  ),
  crusts: list(
    object<DocumentCrust>({ id: text, name: label, available: flag, prices: record(int), allergens: words }),
  ),
})
export const keptDraft = nullable(
  object<KeptDraft>({ version: oneOf(1), edited: int, base: document, draft: document }),
)
