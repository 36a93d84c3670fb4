import type { RejectionCode } from '../../shared/order/rejections.ts'
import type { Operation } from '../utils/operation.ts'
import type { Route } from './route.ts'

/** What prices a basket may refuse it. */
export const pricing = [
  'menu.item_unknown',
  'menu.size_unknown',
  'menu.crust_unknown',
  'menu.topping_unknown',
  'menu.half_same',
  'menu.half_invalid',
  'menu.sold_out',
  'order.remove_contradicts',
  'order.quantity',
  'order.time_invalid',
  'order.mode_unavailable',
] as const satisfies RejectionCode[]

/** What asks whether the pizzeria takes orders may refuse them. */
export const opening = [
  'pizzeria.unknown',
  'pizzeria.closed',
  'pizzeria.last_orders',
  'pizzeria.paused',
] as const satisfies RejectionCode[]

/** What changing a placed order may be refused for. */
export const amending = [
  ...pricing,
  ...opening,
  'order.unknown',
  'order.stale',
  'order.illegal',
  'order.price_changed',
  'order.phone_invalid',
  'order.table_required',
  'order.table_unknown',
] as const satisfies RejectionCode[]

/** Codes that an operation may answer with: its own, and those that follow from who may call it and what it reads. */
export function refusalsOf({ method }: Route, operation: Operation): RejectionCode[] {
  const { who, params, query, body, key, errors = [] } = operation
  const isCommand = method !== 'get'
  return [
    ...new Set<RejectionCode>([
      ...(params || query || body ? (['request.invalid'] as const) : []),
      ...(body ? (['request.malformed', 'request.too_large'] as const) : []),
      ...(key ? (['idempotency.missing', 'idempotency.reused'] as const) : []),
      ...byCaller(who),
      ...errors,
      ...(isCommand ? (['request.forbidden_origin', 'server.draining', 'server.full'] as const) : []),
      'server.busy',
      'server.fault',
    ]),
  ]
}

function byCaller(who: Operation['who']): readonly RejectionCode[] {
  switch (who) {
    case 'anyone':
    case 'link':
      return []
    case 'signed in':
      return ['staff.sign_in']
    case 'stream':
      return ['staff.sign_in', 'staff.forbidden', 'stream.unknown']
    case 'signature':
      return ['pusher.signature', 'request.not_found']
    case 'operator':
      return ['staff.forbidden']
    default:
      return ['staff.sign_in', 'staff.forbidden']
  }
}
