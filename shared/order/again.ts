import type { Line, OrderLine } from '../menu/line.ts'

/** The line to order a sold line again; today's menu prices it, and may refuse it. */
export function againOf(line: OrderLine): Line {
  return {
    item: line.item,
    size: line.size,
    ...(line.crust ? { crust: line.crust } : {}),
    ...(line.half ? { half: line.half.item } : {}),
    quantity: line.quantity,
    toppings: [
      ...line.toppings.map(({ topping, half, amount }) => ({ topping, half, amount })),
      ...line.removed
        .filter((one) => one.half !== 'whole')
        .map(({ topping, half }) => ({ topping, half, amount: 'none' as const })),
    ],
    remove: line.removed.filter((one) => one.half === 'whole').map((one) => one.topping),
    note: line.note,
  }
}
