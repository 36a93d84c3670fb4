import type { RejectionCode } from '#shared/order/rejections'

const keys = {
  'request.malformed': 'errors.request.malformed',
  'request.invalid': 'errors.request.invalid',
  'request.too_large': 'errors.request.too_large',
  'request.not_found': 'errors.request.not_found',
  'request.forbidden_origin': 'errors.request.forbidden_origin',
  'idempotency.missing': 'errors.idempotency.missing',
  'idempotency.reused': 'errors.idempotency.reused',
  'pizzeria.unknown': 'errors.pizzeria.unknown',
  'pizzeria.closed': 'errors.pizzeria.closed',
  'pizzeria.last_orders': 'errors.pizzeria.last_orders',
  'pizzeria.paused': 'errors.pizzeria.paused',
  'menu.item_unknown': 'errors.menu.item_unknown',
  'menu.size_unknown': 'errors.menu.size_unknown',
  'menu.crust_unknown': 'errors.menu.crust_unknown',
  'menu.topping_unknown': 'errors.menu.topping_unknown',
  'menu.half_same': 'errors.menu.half_same',
  'menu.half_invalid': 'errors.menu.half_invalid',
  'menu.sold_out': 'errors.menu.sold_out',
  'order.remove_contradicts': 'errors.order.remove_contradicts',
  'order.quantity': 'errors.order.quantity',
  'order.phone_required': 'errors.order.phone_required',
  'order.table_required': 'errors.order.table_required',
  'order.time_invalid': 'errors.order.time_invalid',
  'order.promise_changed': 'errors.order.promise_changed',
  'order.price_changed': 'errors.order.price_changed',
  'order.unknown': 'errors.order.unknown',
  'order.stale': 'errors.order.stale',
  'order.illegal': 'errors.order.illegal',
  'order.unpaid': 'errors.order.unpaid',
  'order.paid': 'errors.order.paid',
  'order.reason_required': 'errors.order.reason_required',
  'staff.pin_wrong': 'errors.staff.pin_wrong',
  'staff.slow_down': 'errors.staff.slow_down',
  'staff.sign_in': 'errors.staff.sign_in',
  'staff.forbidden': 'errors.staff.forbidden',
  'screen.code_unknown': 'errors.screen.code_unknown',
  'screen.unknown': 'errors.screen.unknown',
  'stream.unknown': 'errors.stream.unknown',
  'stream.cursor': 'errors.stream.cursor',
  'server.busy': 'errors.server.busy',
  'server.full': 'errors.server.full',
  'server.draining': 'errors.server.draining',
  'server.limit': 'errors.server.limit',
  'server.fault': 'errors.server.fault',
} as const satisfies Record<RejectionCode, string>

/** A refusal in words for the visitor; every code has its own, and none is put together from parts. */
export function useErrorText() {
  const { t } = useI18n()
  return (code: RejectionCode) => t(keys[code])
}
