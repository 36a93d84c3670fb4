import type { Draft, Wish } from './draft.ts'
import { draftOf, includedSide, lineOf, newDraft } from './draft.ts'
import type { Line } from './line.ts'
import type { Menu, MenuItem } from './menu.ts'

/** What one tap makes of a topping on a line: off and back where the recipe has it, else on, extra, and off again. */
export function tapTopping(menu: Menu, item: MenuItem, line: Line, topping: string): Line {
  const draft = draftOf(item, line)
  const { [topping]: wish, ...others } = draft.wishes
  const next = nextWish(includedSide(menu, draft, topping) !== null, wish)
  return lineOf(menu, { ...draft, wishes: next ? { ...others, [topping]: next } : others })
}

function nextWish(isOnIt: boolean, wish: Wish | undefined): Wish | undefined {
  if (isOnIt) return wish ? undefined : { half: 'whole', amount: 'none' }
  if (!wish) return { half: 'whole', amount: 'normal' }
  return wish.amount === 'extra' ? undefined : { ...wish, amount: 'extra' }
}

/** How a topping stands on a line, for the tile that changes it. */
export function standing(menu: Menu, item: MenuItem, line: Line, topping: string) {
  const draft = draftOf(item, line)
  const wish = draft.wishes[topping]
  const isOnIt = includedSide(menu, draft, topping) !== null
  if (!wish) return isOnIt ? ('on' as const) : ('off' as const)
  return wish.amount === 'none'
    ? ('removed' as const)
    : wish.amount === 'extra'
      ? ('extra' as const)
      : ('added' as const)
}

/** The same line in another size. */
export const inSize = (menu: Menu, item: MenuItem, line: Line, size: string): Line =>
  lineOf(menu, { ...draftOf(item, line), size })

/** One of an item, as most people order it. */
export const oneOf = (menu: Menu, item: MenuItem): Line => lineOf(menu, newDraft(item) satisfies Draft)
