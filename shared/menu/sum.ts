import type { Half, OrderLine } from './line.ts'
import type { Menu, Text } from './menu.ts'

/**
 * One row of the sum that the customer is shown. `charged` is what the row adds to the price of one piece; it is
 * less than `price` where the pizzeria's policy for halves says so.
 */
export type SumRow =
  | { kind: 'base'; name: Text; size: Text; other: Text | null; charged: number }
  | { kind: 'crust'; name: Text; charged: number }
  | {
      kind: 'topping'
      name: Text
      half: Half
      amount: OrderLine['toppings'][number]['amount']
      price: number
      charged: number
    }

/** How the price of one piece is made up; the rows add up to `unitPrice`, to the cent. */
export function workedSum(menu: Pick<Menu, 'crusts' | 'policies'>, line: OrderLine): SumRow[] {
  const crust = menu.crusts.find((one) => one.id === line.crust)?.prices[line.size] ?? 0
  const sides = { left: sideSum(line, 'left'), right: sideSum(line, 'right') }
  const dearer: Half = sides.left >= sides.right ? 'left' : 'right'
  const toppings = line.toppings.map((one): SumRow => ({
    kind: 'topping',
    name: one.name,
    half: one.half,
    amount: one.amount,
    price: one.price,
    charged: one.half === 'whole' ? one.price : halfCharge(menu.policies.halfTopping, one.price, one.half === dearer),
  }))
  const extras = crust + toppings.reduce((sum, row) => sum + row.charged, 0)
  return [
    {
      kind: 'base',
      name: line.name,
      size: line.sizeName,
      other: line.half?.name ?? null,
      charged: line.unitPrice - extras,
    },
    ...(line.crustName && crust > 0 ? [{ kind: 'crust' as const, name: line.crustName, charged: crust }] : []),
    ...toppings,
  ]
}

const sideSum = (line: OrderLine, half: Half) =>
  line.toppings.reduce((sum, one) => sum + (one.half === half ? one.price : 0), 0)

function halfCharge(policy: Menu['policies']['halfTopping'], price: number, dearer: boolean): number {
  switch (policy) {
    case 'full':
      return price
    case 'half':
      return Math.ceil(price / 2)
    case 'dearer':
      return dearer ? price : 0
    default:
      return policy satisfies never
  }
}
