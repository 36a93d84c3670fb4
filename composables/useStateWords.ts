import type { Actor, OrderState } from '#shared/order/order'

const states = {
  scheduled: 'order.state.scheduled',
  pending: 'order.state.pending',
  queued: 'order.state.queued',
  making: 'order.state.making',
  baking: 'order.state.baking',
  ready: 'order.state.ready',
  collected: 'order.state.collected',
  rejected: 'order.state.rejected',
  cancelled: 'order.state.cancelled',
  expired: 'order.state.expired',
} as const satisfies Record<OrderState, string>

const actors = {
  customer: 'manage.book.customer',
  kitchen: 'manage.role.kitchen',
  counter: 'manage.role.counter',
  manager: 'manage.role.manager',
  system: 'manage.book.system',
} as const satisfies Record<Actor, string>

/** The words for an order's states, and for those who act on it. */
export function useStateWords() {
  const { t } = useI18n()
  return { state: (one: OrderState) => t(states[one]), actor: (one: Actor) => t(actors[one]) }
}
