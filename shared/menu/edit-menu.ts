import { menuParts, type DocumentItem, type MenuDocument, type MenuPart } from './document.ts'
import { sameValue } from '../same-value.ts'
import { slugOf } from '../text.ts'
import type { Text } from './menu.ts'

/*
 * Steps of somebody who edits a menu. Each returns another menu and leaves what it does not touch the same object, so
 * that a page draws only what has changed.
 */

export type PartEntry<P extends MenuPart = MenuPart> = MenuDocument[P][number]

/** One thing with other fields. */
export const changeEntry = <P extends MenuPart>(
  menu: MenuDocument,
  part: P,
  id: string,
  change: Partial<PartEntry<P>>,
): MenuDocument => ({
  ...menu,
  [part]: (menu[part] as PartEntry<P>[]).map((one) => (one.id === id ? { ...one, ...change } : one)),
})

export const addEntry = <P extends MenuPart>(menu: MenuDocument, part: P, entry: PartEntry<P>): MenuDocument => ({
  ...menu,
  [part]: [...(menu[part] as PartEntry<P>[]), entry],
})

/** Takes something off the menu, and a topping off all that it lies on. */
export function removeEntry(menu: MenuDocument, part: MenuPart, id: string): MenuDocument {
  const without = { ...menu, [part]: (menu[part] as PartEntry[]).filter((one) => one.id !== id) }
  if (part !== 'toppings') return without
  return {
    ...without,
    items: menu.items.map((item) =>
      item.toppings.includes(id) ? { ...item, toppings: item.toppings.filter((one) => one !== id) } : item,
    ),
  }
}

/** Puts something in the place of one of its neighbours: a dish goes past the next dish of its category. */
export function moveEntry(menu: MenuDocument, part: MenuPart, id: string, by: 1 | -1): MenuDocument {
  const all = [...(menu[part] as PartEntry[])]
  const from = all.findIndex((one) => one.id === id)
  const shelf = (one: PartEntry | undefined) => (one && 'category' in one ? one.category : '')
  let to = from + by
  while (all[to] && shelf(all[to]) !== shelf(all[from])) to += by
  if (from < 0 || !all[to]) return menu
  ;[all[from], all[to]] = [all[to]!, all[from]!]
  return { ...menu, [part]: all }
}

/** An id of its own for something new, made of its name; `taken` are also those of what was archived. */
export function newId(name: string, taken: Iterable<string>): string {
  const all = new Set(taken)
  const stem = slugOf(name).slice(0, 40) || 'new'
  for (let count = 1; ; count++) {
    const id = count === 1 ? stem : `${stem}-${count}`
    if (!all.has(id)) return id
  }
}

/** The sizes that some dishes come in, in the order in which people read them. */
export function sizesOf(items: readonly DocumentItem[]): { id: string; name: Text }[] {
  const all = new Map<string, Text>()
  const longest = items.toSorted((a, b) => b.sizes.length - a.sizes.length)
  for (const { id, name } of longest.flatMap(({ sizes }) => sizes)) if (!all.has(id)) all.set(id, name)
  return [...all].map(([id, name]) => ({ id, name }))
}

/** Another price of a dish in a size, which it then comes in; null: it no longer does, unless it is the last one. */
export function priceItem(
  item: DocumentItem,
  size: string,
  price: number | null,
  sizes: readonly { id: string; name: Text }[],
): DocumentItem {
  if (price === null) {
    const left = item.sizes.filter(({ id }) => id !== size)
    return left.length === 0 || left.length === item.sizes.length ? item : { ...item, sizes: left }
  }
  const known = item.sizes.find(({ id }) => id === size)
  if (known)
    return known.price === price
      ? item
      : { ...item, sizes: item.sizes.map((one) => (one === known ? { ...one, price } : one)) }
  const name = sizes.find(({ id }) => id === size)?.name ?? { fr: size, en: size, it: size }
  const place = (id: string) => sizes.findIndex((one) => one.id === id)
  const all = [...item.sizes, { id: size, name, price, available: true }]
  return { ...item, sizes: all.sort((a, b) => place(a.id) - place(b.id)) }
}

/** Something that two people have changed, each in their own way; null: they took it off the menu. */
export interface Conflict<P extends MenuPart = MenuPart> {
  part: P
  id: string
  mine: PartEntry<P> | null
  theirs: PartEntry<P> | null
}

export interface Merged {
  /** Both changes; where they meet, mine. */
  menu: MenuDocument
  conflicts: Conflict[]
}

/** Brings together two menus that were made from the same one. The order is theirs, and what I added follows. */
export function mergeMenus(base: MenuDocument, mine: MenuDocument, theirs: MenuDocument): Merged {
  const conflicts: Conflict[] = []
  const merge = (part: MenuPart) => {
    const [was, my, their] = [base, mine, theirs].map((menu) => new Map(entries(menu, part)))
    const moved = !sameValue([...was!.keys()], [...my!.keys()])
    const order = [...new Set([...(moved ? my! : their!).keys(), ...their!.keys(), ...my!.keys()])]
    return order.flatMap((id) => {
      const [before, left, right] = [was!.get(id), my!.get(id), their!.get(id)]
      if (sameValue(left, before)) return right ?? []
      if (!sameValue(right, before) && !sameValue(left, right))
        conflicts.push({ part, id, mine: left ?? null, theirs: right ?? null })
      return left ?? []
    })
  }
  const menu = Object.fromEntries(menuParts.map((part) => [part, merge(part)])) as unknown as MenuDocument
  return { menu, conflicts }
}

const entries = (menu: MenuDocument, part: MenuPart) =>
  (menu[part] as PartEntry[]).map((entry) => [entry.id, entry] as const)

/** The merged menu with theirs in place of mine, of one conflict. */
export function takeTheirs(menu: MenuDocument, { part, id, theirs }: Conflict): MenuDocument {
  if (theirs === null) return removeEntry(menu, part, id)
  const has = (menu[part] as PartEntry[]).some((one) => one.id === id)
  return has ? changeEntry(menu, part, id, theirs) : addEntry(menu, part, theirs as never)
}
