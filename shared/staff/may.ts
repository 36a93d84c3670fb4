import type { Role } from '../order/roles.ts'

const anyone = ['kitchen', 'counter', 'manager'] as const
const front = ['counter', 'manager'] as const
const manager = ['manager'] as const

/** Who may do what: the one table that every command and every page asks. docs/roles.md shows it. */
export const may = {
  /** Steps of an order; which of them stands in `shared/order/moves.ts`. */
  'order.move': anyone,
  /** Place past limits, hours and pauses; mark as TEST. */
  'order.place': front,
  'order.accept': front,
  'order.amend': front,
  'order.pay': front,
  'order.history': front,
  /** Sold out and back, and how many are left. */
  'menu.stock': front,
  'menu.edit': manager,
  /** Pause and busy minutes. */
  'pizzeria.pace': front,
  /** Close for the rest of the day. */
  'pizzeria.close': front,
  'pizzeria.settings': manager,
  /** Open another one like it. */
  'pizzeria.copy': manager,
  'kitchen.ring': front,
  'screens.manage': front,
  'rehearsal.see': front,
  'rehearsal.run': manager,
  'customers.erase': manager,
  'staff.manage': manager,
  'webhooks.manage': manager,
  /** Who did what, and the figures. */
  'books.see': manager,
} as const satisfies Record<string, readonly Role[]>
export type Act = keyof typeof may
