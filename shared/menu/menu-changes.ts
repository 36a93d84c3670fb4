import { sameValue } from '../same-value.ts'
import type { Text } from './menu.ts'
import { menuParts, type MenuDocument, type MenuPart } from './document.ts'

/** A price that is another one now, in minor units; null: there was, or is, none of that size. */
export interface PriceChange {
  size: string
  before: number | null
  after: number | null
}

/** One thing of a menu that is different. Something that leaves is archived: it can come back under its id. */
export interface EntryChange {
  part: MenuPart
  id: string
  name: Text
  how: 'added' | 'archived' | 'changed'
  /** The names of the fields that are different, apart from prices; only of what has changed. */
  fields: string[]
  /** Of what has changed, and all of what comes new. */
  prices: PriceChange[]
}

export interface MenuChanges {
  entries: EntryChange[]
  /** The parts whose order is another one, apart from what came and went. */
  ordered: MenuPart[]
}

interface Entry {
  id: string
  name: Text
  sizes?: { id: string; price: number }[]
  prices?: Record<string, number>
}

/** What publishing `after` in place of `before` changes, in the order of the menu. */
export function compareMenus(before: MenuDocument, after: MenuDocument): MenuChanges {
  const entries = menuParts.flatMap((part) => compareParts(part, before[part], after[part]))
  const ordered = menuParts.filter((part) => {
    const [was, is] = [before[part] as Entry[], after[part] as Entry[]]
    const [had, has] = [new Set(was.map(({ id }) => id)), new Set(is.map(({ id }) => id))]
    const stayed = (all: Entry[], other: Set<string>) => all.filter(({ id }) => other.has(id)).map(({ id }) => id)
    return stayed(was, has).join() !== stayed(is, had).join()
  })
  return { entries, ordered }
}

/** Dishes that cost nothing from now on, in some size: as a rule a price that nobody has typed yet. */
export const freeDishes = ({ entries }: MenuChanges): EntryChange[] =>
  entries.filter(({ part, prices }) => part === 'items' && prices.some(({ after }) => after === 0))

export const isUnchanged = ({ entries, ordered }: MenuChanges) => entries.length === 0 && ordered.length === 0

function compareParts(part: MenuPart, before: readonly Entry[], after: readonly Entry[]): EntryChange[] {
  const [was, is] = [new Map(before.map((one) => [one.id, one])), new Set(after.map(({ id }) => id))]
  const changed = after.flatMap((one): EntryChange[] => {
    const old = was.get(one.id)
    if (old === one) return []
    const { id, name } = one
    if (!old) return [{ part, id, name, how: 'added', fields: [], prices: changedPrices({ id, name }, one) }]
    const [fields, prices] = [changedFields(part, old, one), changedPrices(old, one)]
    return fields.length + prices.length === 0 ? [] : [{ part, id, name, how: 'changed', fields, prices }]
  })
  const gone = before
    .filter(({ id }) => !is.has(id))
    .map(({ id, name }): EntryChange => ({ part, id, name, how: 'archived', fields: [], prices: [] }))
  return [...changed, ...gone]
}

/** Of the evening, not of the menu: the counter sets it. */
const live: Partial<Record<MenuPart, string[]>> = {
  items: ['available', 'until', 'stock'],
  toppings: ['available', 'until'],
}

function changedFields(part: MenuPart, before: Entry, after: Entry): string[] {
  const withoutPrices = (one: Entry) => ({
    ...one,
    prices: undefined,
    ...(one.sizes && { sizes: one.sizes.map((size) => ({ ...size, price: 0 })) }),
  })
  const [was, is] = [withoutPrices(before), withoutPrices(after)] as Record<string, unknown>[]
  return [...new Set([...Object.keys(was!), ...Object.keys(is!)])].filter(
    (field) => !live[part]?.includes(field) && !sameValue(was![field], is![field]),
  )
}

function changedPrices(before: Entry, after: Entry): PriceChange[] {
  const [was, is] = [pricesOf(before), pricesOf(after)]
  return [...new Set([...is.keys(), ...was.keys()])]
    .map((size) => ({ size, before: was.get(size) ?? null, after: is.get(size) ?? null }))
    .filter(({ before, after }) => before !== after)
}

const pricesOf = ({ sizes, prices }: Entry) =>
  new Map(sizes ? sizes.map(({ id, price }) => [id, price]) : Object.entries(prices ?? {}))
