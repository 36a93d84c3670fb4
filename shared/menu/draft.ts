import type { Amount, Half, Line } from './line.ts'
import type { Menu, MenuItem } from './menu.ts'
import { soldOut } from './sold-out.ts'

/** What the customer chose for one topping: where, and how much. `none` takes it off. */
export interface Wish {
  half: Half
  amount: Amount
}

/** A line while somebody is still choosing. One choice per topping, so that tapping twice never adds it twice. */
export interface Draft {
  item: string
  size: string
  crust: string | null
  /** The right half, when it is half and half. */
  other: string | null
  quantity: number
  wishes: Record<string, Wish>
  note: string
}

/** Which side a topping lies on by default, or null when the recipe does not have it. */
export function includedSide(
  menu: Pick<Menu, 'items'>,
  draft: Pick<Draft, 'item' | 'other'>,
  topping: string,
): Half | null {
  const has = (id: string | null) => menu.items.find((item) => item.id === id)?.toppings.includes(topping) === true
  if (!draft.other) return has(draft.item) ? 'whole' : null
  if (has(draft.item) && has(draft.other)) return 'whole'
  return has(draft.item) ? 'left' : has(draft.other) ? 'right' : null
}

/** Starts with the middle one of the available sizes: what most people order. */
export function newDraft(item: MenuItem): Draft {
  const sizes = item.sizes.filter((size) => size.available)
  const size = sizes[Math.floor((sizes.length - 1) / 2)] ?? item.sizes[0]!
  return { item: item.id, size: size.id, crust: null, other: null, quantity: 1, wishes: {}, note: '' }
}

/** Opens a basket's line for changing. */
export function draftOf(item: MenuItem, line: Line): Draft {
  return {
    item: line.item,
    size: item.sizes.find((size) => size.id === line.size)?.id ?? newDraft(item).size,
    crust: line.crust ?? null,
    other: line.half ?? null,
    quantity: line.quantity,
    wishes: Object.fromEntries([
      ...line.remove.map((topping) => [topping, { half: 'whole', amount: 'none' }] as const),
      ...line.toppings.map(({ topping, half, amount }) => [topping, { half, amount }] as const),
    ]),
    note: line.note,
  }
}

/**
 * The line that a draft asks for. Choices that lost their meaning meanwhile are left out: a topping that the recipe
 * (after another second half) no longer has cannot be taken off, and a normal portion of an included topping changes
 * nothing.
 */
export function lineOf(menu: Pick<Menu, 'items'>, draft: Draft): Line {
  const wishes = Object.entries(draft.wishes).flatMap(([topping, wish]) => {
    const side = includedSide(menu, draft, topping)
    if (side === null && wish.amount === 'none') return []
    if (side !== null && wish.amount === 'normal' && (side === 'whole' || side === wish.half)) return []
    return [{ topping, ...wish }]
  })
  return {
    item: draft.item,
    size: draft.size,
    ...(draft.crust ? { crust: draft.crust } : {}),
    ...(draft.other ? { half: draft.other } : {}),
    quantity: draft.quantity,
    toppings: wishes.filter((wish) => wish.amount !== 'none' || wish.half !== 'whole'),
    remove: wishes.filter((wish) => wish.amount === 'none' && wish.half === 'whole').map((wish) => wish.topping),
    note: draft.note.trim(),
  }
}

/** Pizzas that can be the second half: those that come in the chosen size and are not sold out. */
export const secondHalves = (menu: Menu, draft: Pick<Draft, 'item' | 'size'>) =>
  menu.items.filter(
    (item) =>
      item.kind === 'pizza' &&
      item.id !== draft.item &&
      item.sizes.some((size) => size.id === draft.size && size.available) &&
      !soldOut(menu, item),
  )
