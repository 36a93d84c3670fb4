import { newDraft, lineOf } from './draft.ts'
import type { Line, OrderLine } from './line.ts'
import type { Menu, MenuItem } from './menu.ts'
import { priceLine } from './pricing.ts'

/** One piece of a dish as the menu has it, in its middle size: the line, and what it costs; null where it cannot be. */
export function asItIs(menu: Menu, item: MenuItem): { line: Line; priced: OrderLine } | null {
  const line = lineOf(menu, newDraft(item))
  const priced = priceLine(menu, line)
  return 'code' in priced ? null : { line, priced }
}
