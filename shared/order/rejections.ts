/**
 * Every error that Comanda answers with. A code is permanent: clients, logs and translations (`errors.<code>`) rely on
 * it, so none is ever renamed or reused. `retryable`: the very same request may succeed later.
 */
export const rejections = {
  'request.malformed': { status: 400, retryable: false, message: 'The body is not valid JSON.' },
  'request.invalid': { status: 400, retryable: false, message: 'A field is missing or has the wrong shape.' },
  'request.too_large': { status: 413, retryable: false, message: 'The request is too large.' },
  'request.not_found': { status: 404, retryable: false, message: 'There is nothing at this address.' },
  'request.forbidden_origin': { status: 403, retryable: false, message: 'Requests from this origin are not accepted.' },
  'idempotency.missing': {
    status: 400,
    retryable: false,
    message: 'This request needs an Idempotency-Key header of 8 to 128 characters.',
  },
  'idempotency.reused': {
    status: 422,
    retryable: false,
    message: 'This Idempotency-Key was used for another request.',
  },
  'pizzeria.unknown': { status: 404, retryable: false, message: 'There is no such pizzeria.' },
  'pizzeria.exists': { status: 409, retryable: false, message: 'There is a pizzeria of this id already.' },
  'pizzeria.closed': { status: 409, retryable: true, message: 'The pizzeria is closed.' },
  'pizzeria.last_orders': { status: 409, retryable: true, message: 'It would be ready after closing time.' },
  'pizzeria.paused': { status: 409, retryable: true, message: 'The pizzeria takes no new orders for the moment.' },
  'pizzeria.stale': { status: 409, retryable: false, message: 'Somebody else has changed the settings meanwhile.' },
  'table.unknown': { status: 404, retryable: false, message: 'No table has this code.' },
  'menu.item_unknown': { status: 422, retryable: false, message: 'The menu has no such item.' },
  'menu.size_unknown': { status: 422, retryable: false, message: 'The item does not come in this size.' },
  'menu.crust_unknown': { status: 422, retryable: false, message: 'There is no such crust for this item.' },
  'menu.topping_unknown': { status: 422, retryable: false, message: 'The menu has no such topping for this item.' },
  'menu.half_same': { status: 422, retryable: false, message: 'Both halves are the same pizza.' },
  'menu.half_invalid': {
    status: 422,
    retryable: false,
    message: 'Only a pizza can be half and half with another pizza.',
  },
  'menu.sold_out': { status: 409, retryable: false, message: 'Something in the basket is sold out.' },
  'menu.stale': { status: 409, retryable: false, message: 'Somebody else has published the menu meanwhile.' },
  'menu.planned': { status: 409, retryable: false, message: 'Another menu waits for its time already.' },
  'menu.not_planned': { status: 404, retryable: false, message: 'No menu waits for its time.' },
  'figures.counting': { status: 503, retryable: true, message: 'These days are still being added up.' },
  'photo.invalid': { status: 422, retryable: false, message: 'That is no WebP, JPEG or PNG picture.' },
  'photo.unknown': { status: 422, retryable: false, message: 'This picture was never uploaded here.' },
  'photo.too_many': { status: 409, retryable: false, message: 'No more pictures can be kept here.' },
  'menu.import_invalid': { status: 422, retryable: false, message: 'The file cannot be taken as it is.' },
  'order.remove_contradicts': { status: 422, retryable: false, message: 'The same topping is wished in two ways.' },
  'order.quantity': { status: 422, retryable: false, message: 'So many must be ordered at the counter.' },
  'order.phone_required': { status: 422, retryable: false, message: 'The pizzeria asks for a phone number.' },
  'order.phone_invalid': { status: 422, retryable: false, message: 'That is no possible phone number.' },
  'order.table_required': { status: 422, retryable: false, message: 'Which table is it for?' },
  'order.table_unknown': {
    status: 422,
    retryable: false,
    message: 'An order for a table needs the code that stands on it.',
  },
  'order.mode_unavailable': { status: 422, retryable: false, message: 'The pizzeria does not offer this.' },
  'order.time_invalid': {
    status: 422,
    retryable: false,
    message: 'Orders cannot be placed for this time: the pizzeria is closed then, or it is too far ahead.',
  },
  'order.promise_changed': { status: 409, retryable: false, message: 'It would be ready much later than was shown.' },
  'order.price_changed': { status: 409, retryable: false, message: 'The price is no longer the one that was shown.' },
  'order.too_many_waiting': {
    status: 429,
    retryable: true,
    message: 'Too many orders wait for the counter. Ring the pizzeria, or try again later.',
  },
  'order.unknown': { status: 404, retryable: false, message: 'There is no such order.' },
  'order.stale': { status: 409, retryable: false, message: 'Somebody else has changed the order meanwhile.' },
  'order.illegal': { status: 409, retryable: false, message: 'An order in this state cannot go there.' },
  'order.unpaid': { status: 409, retryable: false, message: 'The order is not paid yet.' },
  'order.paid': { status: 409, retryable: false, message: 'The order is paid: only the pizzeria can cancel it.' },
  'order.amount': { status: 422, retryable: false, message: 'That is more than is due, or than was paid.' },
  'order.reason_required': { status: 422, retryable: false, message: 'Cancelling a started order needs a reason.' },
  'push.service_unknown': {
    status: 422,
    retryable: false,
    message: 'This is no push service of a browser.',
  },
  'push.too_many': { status: 409, retryable: false, message: 'This order tells enough devices already.' },
  'push.over': { status: 409, retryable: false, message: 'This order is over: there is nothing to tell any more.' },
  'webhook.unknown': { status: 404, retryable: false, message: 'There is no such webhook, or no such message.' },
  'webhook.too_many': { status: 409, retryable: false, message: 'This pizzeria has enough webhooks already.' },
  'webhook.inside': {
    status: 422,
    retryable: false,
    message: 'This address leads into the network of the server itself.',
  },
  'staff.pin_wrong': { status: 401, retryable: false, message: 'That PIN is not right.' },
  'staff.slow_down': { status: 429, retryable: true, message: 'Too many tries. Wait a moment.' },
  'staff.sign_in': { status: 401, retryable: false, message: 'Sign in first.' },
  'staff.forbidden': { status: 403, retryable: false, message: 'Your role may not do this.' },
  'staff.unknown': { status: 404, retryable: false, message: 'Nobody of that id works here.' },
  'staff.pin_taken': { status: 409, retryable: false, message: 'Somebody here has this PIN already.' },
  'staff.last_manager': { status: 409, retryable: false, message: 'A pizzeria needs a manager.' },
  'setup.unknown': { status: 404, retryable: false, message: 'This link opens nothing.' },
  'setup.used': { status: 409, retryable: false, message: 'This link has been used: it has opened a pizzeria.' },
  'setup.expired': { status: 410, retryable: false, message: 'This link is older than a day. Make a new one.' },
  'screen.code_unknown': { status: 404, retryable: false, message: 'No screen shows this code, or it has run out.' },
  'screen.signed_in': {
    status: 409,
    retryable: false,
    message: 'This browser is signed in as somebody else. Sign out before it becomes a screen.',
  },
  'screen.unknown': { status: 404, retryable: false, message: 'There is no such screen.' },
  'stream.unknown': { status: 404, retryable: false, message: 'There is no such stream.' },
  'live.subprotocol': {
    status: 400,
    retryable: false,
    message: 'A WebSocket opens /_ws with Sec-WebSocket-Protocol: comanda.v1 (docs/protocol.md).',
  },
  'live.no_token': {
    status: 403,
    retryable: false,
    message: 'A program sends Authorization: Bearer and its token; a page is known by its Origin (docs/protocol.md).',
  },
  'live.upgrade': {
    status: 426,
    retryable: false,
    message: 'This address takes WebSockets only; /api/streams/{stream}/sse needs none (docs/protocol.md).',
  },
  'stream.cursor': { status: 410, retryable: false, message: 'The log cannot be read from there; take a snapshot.' },
  'pusher.signature': { status: 401, retryable: false, message: 'The signature of this request is not right.' },
  'pusher.reserved': { status: 403, retryable: false, message: 'Only Comanda itself speaks in its own channels.' },
  'server.busy': { status: 503, retryable: true, message: 'The database is busy; nothing was changed.' },
  'server.full': { status: 503, retryable: true, message: 'The disk is full; nothing was changed.' },
  'server.draining': { status: 503, retryable: true, message: 'The server is restarting.' },
  'server.limit': { status: 429, retryable: true, message: 'Too many requests.' },
  'server.fault': { status: 500, retryable: true, message: 'Something went wrong on our side; nothing was changed.' },
} as const satisfies Record<string, { status: number; retryable: boolean; message: string }>

export type RejectionCode = keyof typeof rejections

/** A refusal with its permanent code, and details that help whoever was refused (the current order, the new quote). */
export interface Rejection {
  code: RejectionCode
  details?: Record<string, unknown>
}

/** Thrown by functions that cannot answer themselves; `server/utils/api.ts` turns it into the HTTP answer. */
export class Rejected extends Error {
  readonly code: RejectionCode
  readonly details: Record<string, unknown>

  constructor(code: RejectionCode, details: Record<string, unknown> = {}) {
    super(rejections[code].message)
    this.name = 'Rejected'
    this.code = code
    this.details = details
  }
}
