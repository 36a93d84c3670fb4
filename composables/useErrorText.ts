import type { RejectionCode } from '#shared/order/rejections'
import type { Failure } from '~/composables/useCommand'

const keys = {
  'request.malformed': 'errors.request.malformed',
  'request.invalid': 'errors.request.invalid',
  'request.too_large': 'errors.request.too_large',
  'request.not_found': 'errors.request.not_found',
  'request.forbidden_origin': 'errors.request.forbidden_origin',
  'idempotency.missing': 'errors.idempotency.missing',
  'idempotency.reused': 'errors.idempotency.reused',
  'pizzeria.unknown': 'errors.pizzeria.unknown',
  'pizzeria.exists': 'errors.pizzeria.exists',
  'pizzeria.closed': 'errors.pizzeria.closed',
  'pizzeria.last_orders': 'errors.pizzeria.last_orders',
  'pizzeria.paused': 'errors.pizzeria.paused',
  'pizzeria.stale': 'errors.pizzeria.stale',
  'table.unknown': 'errors.table.unknown',
  'menu.item_unknown': 'errors.menu.item_unknown',
  'menu.size_unknown': 'errors.menu.size_unknown',
  'menu.crust_unknown': 'errors.menu.crust_unknown',
  'menu.topping_unknown': 'errors.menu.topping_unknown',
  'menu.half_same': 'errors.menu.half_same',
  'menu.half_invalid': 'errors.menu.half_invalid',
  'menu.sold_out': 'errors.menu.sold_out',
  'menu.stale': 'errors.menu.stale',
  'menu.import_invalid': 'errors.menu.import_invalid',
  'order.remove_contradicts': 'errors.order.remove_contradicts',
  'order.quantity': 'errors.order.quantity',
  'order.phone_required': 'errors.order.phone_required',
  'order.phone_invalid': 'errors.order.phone_invalid',
  'order.table_required': 'errors.order.table_required',
  'order.table_unknown': 'errors.order.table_unknown',
  'order.mode_unavailable': 'errors.order.mode_unavailable',
  'order.time_invalid': 'errors.order.time_invalid',
  'order.promise_changed': 'errors.order.promise_changed',
  'order.price_changed': 'errors.order.price_changed',
  'order.too_many_waiting': 'errors.order.too_many_waiting',
  'order.unknown': 'errors.order.unknown',
  'order.stale': 'errors.order.stale',
  'order.illegal': 'errors.order.illegal',
  'order.unpaid': 'errors.order.unpaid',
  'order.paid': 'errors.order.paid',
  'order.amount': 'errors.order.amount',
  'order.reason_required': 'errors.order.reason_required',
  'webhook.unknown': 'errors.webhook.unknown',
  'webhook.too_many': 'errors.webhook.too_many',
  'webhook.inside': 'errors.webhook.inside',
  'staff.pin_wrong': 'errors.staff.pin_wrong',
  'staff.slow_down': 'errors.staff.slow_down',
  'staff.sign_in': 'errors.staff.sign_in',
  'staff.forbidden': 'errors.staff.forbidden',
  'staff.unknown': 'errors.staff.unknown',
  'staff.pin_taken': 'errors.staff.pin_taken',
  'staff.last_manager': 'errors.staff.last_manager',
  'setup.unknown': 'errors.setup.unknown',
  'setup.used': 'errors.setup.used',
  'setup.expired': 'errors.setup.expired',
  'screen.code_unknown': 'errors.screen.code_unknown',
  'screen.signed_in': 'errors.screen.signed_in',
  'screen.unknown': 'errors.screen.unknown',
  'stream.unknown': 'errors.stream.unknown',
  'live.subprotocol': 'errors.live.subprotocol',
  'live.no_token': 'errors.live.no_token',
  'live.upgrade': 'errors.live.upgrade',
  'stream.cursor': 'errors.stream.cursor',
  'push.service_unknown': 'errors.push.service_unknown',
  'push.too_many': 'errors.push.too_many',
  'push.over': 'errors.push.over',
  'pusher.signature': 'errors.pusher.signature',
  'pusher.reserved': 'errors.pusher.reserved',
  'server.busy': 'errors.server.busy',
  'server.full': 'errors.server.full',
  'server.draining': 'errors.server.draining',
  'server.limit': 'errors.server.limit',
  'server.fault': 'errors.server.fault',
} as const satisfies Record<RejectionCode, string>

/** A refusal in words for the visitor. Every code has its own text, and none is assembled from parts. */
export function useErrorText() {
  const { t } = useI18n()
  return (code: RejectionCode) => t(keys[code])
}

/** What kept a manager's command from being done, in words. */
export function useFailureText() {
  const { t } = useI18n()
  const errorText = useErrorText()
  return (failure: Failure) => (failure.name === 'unanswered' ? t('manage.unanswered') : errorText(failure.code))
}
