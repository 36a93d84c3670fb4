import type { Line, OrderLine } from './line.ts'
import type { Allergen, Menu, MenuItem, MenuTopping, Policies } from './menu.ts'
import { soldOut } from './sold-out.ts'

/** What baskets are priced from: a menu has all of it. */
export type PriceList = Pick<Menu, 'currency' | 'items' | 'toppings' | 'crusts' | 'policies'>

/** What prevents pricing a basket; each code is one of the catalogue (`shared/order/rejections.ts`). */
export interface PriceRefusal {
  code:
    | 'menu.item_unknown'
    | 'menu.size_unknown'
    | 'menu.crust_unknown'
    | 'menu.topping_unknown'
    | 'menu.half_invalid'
    | 'menu.half_same'
    | 'order.remove_contradicts'
    | 'menu.sold_out'
    | 'order.quantity'
  details: Record<string, unknown>
}

export type Priced = { ok: true; lines: OrderLine[]; total: number } | { ok: false; rejection: PriceRefusal }

/**
 * Prices a basket from the menu, whatever the client says. The first error refuses the whole basket, with the index of
 * its line, so that the page can point at it. `unlimited` is for the counter, which may confirm an unusual quantity.
 */
export function priceLines(menu: PriceList, lines: Line[], { unlimited = false } = {}): Priced {
  const pieces = lines.reduce((sum, line) => sum + line.quantity, 0)
  if (!unlimited && pieces > menu.policies.maxPieces) return refuse('order.quantity', { most: menu.policies.maxPieces })
  const priced: OrderLine[] = []
  for (const [index, line] of lines.entries()) {
    if (!unlimited && line.quantity > menu.policies.maxQuantity)
      return refuse('order.quantity', { line: index, most: menu.policies.maxQuantity })
    const one = priceLine(menu, line)
    if ('code' in one) return refuse(one.code, { line: index, ...one.details })
    priced.push(one)
  }
  const short = shortOfStock(menu, lines)
  if (short) return refuse('menu.sold_out', short)
  return { ok: true, lines: priced, total: priced.reduce((sum, line) => sum + line.total, 0) }
}

const refuse = (code: PriceRefusal['code'], details: Record<string, unknown>): Priced => ({
  ok: false,
  rejection: { code, details },
})

/** The menu as if nothing were counted. */
export const uncounted = <List extends PriceList>(menu: List): List => ({
  ...menu,
  items: menu.items.map((item) => ({ ...item, stock: null })),
})

/** Prices one line, or returns what is wrong with it. */
export function priceLine(menu: PriceList, line: Line): OrderLine | PriceRefusal {
  const item = menu.items.find((one) => one.id === line.item)
  if (!item) return { code: 'menu.item_unknown', details: { item: line.item } }
  const size = line.size
    ? item.sizes.find((one) => one.id === line.size)
    : item.sizes.length === 1
      ? item.sizes[0]
      : undefined
  if (!size) return { code: 'menu.size_unknown', details: { item: item.id, size: line.size ?? null } }
  if (line.half === line.item) return { code: 'menu.half_same', details: { item: item.id } }
  const other = line.half ? menu.items.find((one) => one.id === line.half) : undefined
  const otherSize = other?.sizes.find((one) => one.id === size.id)
  if (line.half && (item.kind !== 'pizza' || other?.kind !== 'pizza' || !otherSize))
    return { code: 'menu.half_invalid', details: { item: item.id, half: line.half } }
  const crust = menu.crusts.find((one) => one.id === line.crust)
  if (line.crust && (!crust || item.kind !== 'pizza'))
    return { code: 'menu.crust_unknown', details: { crust: line.crust } }

  const contradicted = contradiction(line)
  if (contradicted) return { code: 'order.remove_contradicts', details: { topping: contradicted, item: item.id } }
  const wanted: Wanted[] = []
  for (const wish of [
    ...[...new Set(line.remove)].map((topping) => ({ topping, half: 'whole' as const, amount: 'none' as const })),
    ...line.toppings,
  ]) {
    const topping = menu.toppings.find((one) => one.id === wish.topping)
    const onIt = item.toppings.includes(wish.topping) || other?.toppings.includes(wish.topping) === true
    if (!topping || item.kind !== 'pizza' || (wish.amount === 'none' && !onIt))
      return { code: 'menu.topping_unknown', details: { topping: wish.topping, item: item.id } }
    wanted.push({ topping, half: wish.half, amount: wish.amount, included: includedShare(wish, item, other ?? item) })
  }
  const off = new Set(
    wanted.filter((wish) => wish.amount === 'none' && wish.half === 'whole').map((wish) => wish.topping.id),
  )
  const missing =
    [item, ...(other ? [other] : [])].map((one) => outOf(menu, one, off)).find((found) => found) ??
    (!size.available || otherSize?.available === false ? { size: size.id } : undefined) ??
    (crust && !crust.available ? { crust: crust.id } : undefined) ??
    wanted
      .filter((wish) => wish.amount !== 'none' && !wish.topping.available)
      .map((wish) => ({ topping: wish.topping.id }))[0]
  if (missing) return { code: 'menu.sold_out', details: { item: item.id, ...missing } }

  const added = wanted.filter((wish) => wish.amount !== 'none')
  const unitPrice =
    Math.max(size.price, otherSize?.price ?? 0) +
    (crust?.prices[size.id] ?? 0) +
    toppingsPrice(
      added.map((wish) => ({ half: wish.half, price: wishPrice(wish, size.id) })),
      menu.policies,
    )
  return {
    item: item.id,
    kind: item.kind,
    category: item.category,
    name: item.name,
    size: size.id,
    sizeName: size.name,
    crust: crust?.id ?? null,
    crustName: crust?.name ?? null,
    half: other ? { item: other.id, name: other.name } : null,
    quantity: line.quantity,
    toppings: added.map((wish) => ({
      topping: wish.topping.id,
      name: wish.topping.name,
      half: wish.half,
      amount: wish.amount,
      price: wishPrice(wish, size.id),
    })),
    removed: wanted
      .filter((wish) => wish.amount === 'none')
      .map((wish) => ({ topping: wish.topping.id, name: wish.topping.name, half: wish.half })),
    note: line.note,
    allergens: allAllergens(
      menu,
      [item, ...(other ? [other] : [])],
      off,
      added.map((wish) => wish.topping),
      crust?.allergens ?? [],
    ),
    picture: item.picture && { sauce: item.picture.sauce, toppings: lying(item, other, wanted) },
    ...(item.vat && { vat: item.vat }),
    unitPrice,
    total: unitPrice * line.quantity,
  }
}

/** A topping with two contradictory choices for the same side, such as taken off and extra, or null. */
function contradiction({ remove, toppings }: Line): string | null {
  const wishes = [...remove.map((topping) => ({ topping, half: 'whole', amount: 'none' })), ...toppings]
  const meet = (a: string, b: string) => a === b || a === 'whole' || b === 'whole'
  const found = wishes.find((one) =>
    wishes.some((two) => one.topping === two.topping && one.amount !== two.amount && meet(one.half, two.half)),
  )
  return found?.topping ?? null
}

interface Wanted extends Pick<Line['toppings'][number], 'half' | 'amount'> {
  topping: MenuTopping
  /** See `includedShare`. */ included: number
}

/**
 * How much of what is chosen is included anyway: 1, or 0; a half for a whole topping that only one of two halves has.
 */
function includedShare(
  { topping, half }: { topping: string; half: Wanted['half'] },
  left: MenuItem,
  right: MenuItem,
): number {
  const sides = half === 'left' ? [left] : half === 'right' ? [right] : [left, right]
  return sides.filter((side) => side.toppings.includes(topping)).length / sides.length
}

/**
 * One choice at the price of a whole portion: `extra` of an added topping is two portions, `extra` of an included one
 * is one more; a `normal` or `light` portion of an included topping costs nothing.
 */
function wishPrice({ topping, amount, included }: Wanted, size: string): number {
  const portions = (amount === 'extra' ? 2 : 1) - included
  return Math.ceil(portions * (topping.prices[size] ?? 0))
}

/** What toppings cost together under the policy for halves. Prices are those of whole portions, in minor units. */
export function toppingsPrice(
  wishes: { half: 'left' | 'right' | 'whole'; price: number }[],
  { halfTopping }: Pick<Policies, 'halfTopping'>,
): number {
  const sum = (half: string) =>
    wishes.filter((wish) => wish.half === half).reduce((total, wish) => total + wish.price, 0)
  const whole = sum('whole')
  switch (halfTopping) {
    case 'full':
      return whole + sum('left') + sum('right')
    case 'half':
      return (
        whole +
        wishes.filter((wish) => wish.half !== 'whole').reduce((total, wish) => total + Math.ceil(wish.price / 2), 0)
      )
    case 'dearer':
      return whole + Math.max(sum('left'), sum('right'))
    default:
      return halfTopping satisfies never
  }
}

/** What prevents making an item, unless the customer takes just that topping off. */
function outOf(menu: PriceList, item: MenuItem, off: Set<string>) {
  const out = soldOut({ toppings: menu.toppings.filter((topping) => !off.has(topping.id)) }, item)
  if (!out) return undefined
  return out.reason === 'topping' ? { topping: out.topping.id } : { out: item.id }
}

/** Counted stock must cover all lines together: the last portion is sold once. */
function shortOfStock(menu: PriceList, lines: Line[]) {
  for (const [id, pieces] of piecesByItem(lines)) {
    const stock = menu.items.find((item) => item.id === id)?.stock
    if (stock !== null && stock !== undefined && stock < pieces) return { item: id, left: stock }
  }
  return null
}

/** Pieces of each item in a basket. Each half counts as a piece, because without that item it cannot be made. */
export function piecesByItem(
  lines: readonly { item: string; half?: string | { item: string } | null; quantity: number }[],
): Map<string, number> {
  const pieces = new Map<string, number>()
  for (const line of lines)
    for (const id of new Set([line.item, typeof line.half === 'object' ? line.half?.item : line.half]))
      if (id) pieces.set(id, (pieces.get(id) ?? 0) + line.quantity)
  return pieces
}

function lying(
  item: MenuItem,
  other: MenuItem | undefined,
  wanted: Wanted[],
): NonNullable<OrderLine['picture']>['toppings'] {
  const side = other ? ('left' as const) : ('whole' as const)
  const base = [
    ...item.toppings.map((topping) => ({ topping, half: side })),
    ...(other?.toppings ?? []).map((topping) => ({ topping, half: 'right' as const })),
  ]
  const removed = wanted.filter((wish) => wish.amount === 'none')
  const changed = wanted.filter((wish) => wish.amount !== 'none')
  const kept = base.flatMap(({ topping, half }) => {
    const gone = removed.filter((wish) => wish.topping.id === topping).map((wish) => wish.half)
    if (
      gone.includes('whole') ||
      gone.includes(half as never) ||
      changed.some((wish) => wish.topping.id === topping && (wish.half === 'whole' || wish.half === half))
    )
      return []
    if (half === 'whole' && gone.length === 1)
      return [{ topping, half: gone[0] === 'left' ? ('right' as const) : ('left' as const), amount: 'normal' as const }]
    return half === 'whole' && gone.length > 1 ? [] : [{ topping, half, amount: 'normal' as const }]
  })
  return [...kept, ...changed.map((wish) => ({ topping: wish.topping.id, half: wish.half, amount: wish.amount }))]
}

function allAllergens(
  menu: PriceList,
  items: MenuItem[],
  off: Set<string>,
  added: MenuTopping[],
  crust: Allergen[],
): Allergen[] {
  const included = items.flatMap((item) => item.toppings).filter((id) => !off.has(id))
  const toppings = menu.toppings.filter((topping) => included.includes(topping.id))
  return [
    ...new Set([
      ...items.flatMap((item) => item.allergens),
      ...toppings.flatMap((topping) => topping.allergens),
      ...added.flatMap((topping) => topping.allergens),
      ...crust,
    ]),
  ].sort()
}

/** Pizzas in an order: the unit of the make-line's and the oven's load. */
export const pizzasIn = (order: { lines: Pick<OrderLine, 'kind' | 'quantity'>[] }) =>
  order.lines.reduce((sum, line) => sum + (line.kind === 'pizza' ? line.quantity : 0), 0)
