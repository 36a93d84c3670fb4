import type { LogEvent } from '../../../shared/live/log.ts'
import type { Audience } from '../../../shared/live/streams.ts'
import type { LiveEvent } from '../../../shared/live/messages.ts'
import type { Order } from '../../../shared/order/order.ts'
import {
  boardStates,
  toBoardEntry,
  toCustomerOrder,
  toKitchenScreen,
  toTicket,
  type ScreenView,
  type Unseen,
} from '../../../shared/order/views.ts'
import type { LoggedMenuChange } from '../../menu/change.ts'

/** The data of events that have no order as their subject. */
export interface LoggedShown {
  orders: { id: string; shownAt: string }[]
}
export interface LoggedUnseen extends Unseen {
  order: Order
}

const hidden = Symbol('nothing of it is visible')

/**
 * What an audience may see of an event: one function for snapshot catch-up, WebSocket and SSE. Allow-lists only; what
 * nobody thought of is hidden.
 */
function visible(audience: Audience, { type, data }: LogEvent): unknown {
  switch (type) {
    case 'order.placed':
    case 'order.moved':
    case 'order.paid':
      return visibleOrder(audience, data as Order)
    case 'menu.changed':
      if (audience === 'kitchen') return { out: (data as LoggedMenuChange).out }
      return audience === 'menu' || audience === 'counter' ? (data as LoggedMenuChange).change : hidden
    case 'kitchen.unseen': {
      const { level, since, order } = data as LoggedUnseen
      if (audience === 'kitchen') return { level, since, ticket: toTicket(order) }
      return audience === 'counter' ? { level, since, order } : hidden
    }
    case 'kitchen.shown':
      return audience === 'counter' ? (data as LoggedShown) : hidden
    case 'kitchen.screen':
      if (audience === 'kitchen') return toKitchenScreen(data as ScreenView)
      return audience === 'counter' ? (data as ScreenView) : hidden
    case 'kitchen.ring':
      return audience === 'counter' || audience === 'kitchen' ? {} : hidden
    default:
      return hidden
  }
}

function visibleOrder(audience: Audience, order: Order): unknown {
  switch (audience) {
    case 'counter':
      return order
    case 'kitchen':
      return toTicket(order)
    case 'board':
      return boardVisible(order) ? toBoardEntry(order) : hidden
    case 'order':
      return toCustomerOrder(order)
    case 'menu':
      return hidden
    default:
      return audience satisfies never
  }
}

/** The board must also learn that an order has left it. */
const boardVisible = ({ state, version }: Order) => (boardStates as readonly string[]).includes(state) || version > 1

/**
 * An event as its audience gets it. `position` counts in the stream's own terms: the pizzeria's position, or the
 * subject's version.
 */
export function project(audience: Audience, event: LogEvent): LiveEvent {
  const position = audience === 'menu' || audience === 'order' ? event.version : event.position
  const data = visible(audience, event)
  if (data === hidden) return { position, data: undefined }
  const order = event.type.startsWith('order.') ? (event.data as Order).id : undefined
  return {
    position,
    id: event.id,
    type: event.type,
    at: new Date(event.at).toISOString(),
    order,
    version: order ? event.version : undefined,
    data,
  }
}
