import { z } from 'zod'
import type { LogEvent } from '../../shared/live/events.ts'
import type { Audience } from '../../shared/live/streams.ts'
import { calledAs } from '../../shared/order/called.ts'
import type { Order } from '../../shared/order/order.ts'
import { ticket, toTicket } from '../../shared/order/views.ts'

/*
 * A carrier is a stranger's server, and keeps logs. An event that may not travel goes as its position alone, and the
 * client asks us for it.
 */

/** A ticket in which nobody has written anything: all that it may hold, and nothing beside. */
const plainTicket = ticket
  .pick({
    id: true,
    number: true,
    state: true,
    version: true,
    mode: true,
    promiseAt: true,
    placedAt: true,
    updatedAt: true,
    queuedAt: true,
    bakingAt: true,
    readyAt: true,
    cancelledAt: true,
    recalledAt: true,
    done: true,
    test: true,
    name: true,
  })
  .extend({
    table: z.null(),
    note: z.literal(''),
    lines: z.array(
      ticket.shape.lines.element
        .pick({
          item: true,
          kind: true,
          category: true,
          name: true,
          size: true,
          sizeName: true,
          crust: true,
          crustName: true,
          half: true,
          quantity: true,
          toppings: true,
          removed: true,
          allergens: true,
          picture: true,
        })
        .extend({ note: z.literal('') })
        .strict(),
    ),
  })
  .strict()

/** Whether the board calls this customer by the first thing they wrote, so that no surname is said. */
function isCalledByFirstName({ customer, calledAs: style }: Order): boolean {
  const called = calledAs(customer.name, style)
  return called === customer.name.trim().split(/\s+/)[0] && !called.endsWith(',')
}

/** Whether an event may go over a stranger's server as this audience sees it. */
export function mayTravel(audience: Audience, event: LogEvent): boolean {
  switch (event.type) {
    case 'order.placed':
    case 'order.moved':
    case 'order.paid':
      if (audience !== 'board' && audience !== 'kitchen') return false
      return readable(() => isCalledByFirstName(event.data) && (audience === 'board' || isPlain(event.data)))
    case 'menu.changed':
      return audience === 'menu' || audience === 'kitchen'
    case 'kitchen.ring':
      return audience === 'kitchen'
    case 'kitchen.unseen':
    case 'kitchen.shown':
    case 'kitchen.screen':
    case 'staff.guessing':
    case 'staff.changed':
    case 'clock.jumped':
      return false
    default:
      // A type of a newer build: nobody has said that it may.
      event satisfies never
      return false
  }
}

const isPlain = (order: Order) => plainTicket.safeParse(toTicket(order)).success

/** Another build, or somebody's hand, may have written what cannot be read: that does not travel. */
function readable(ask: () => boolean): boolean {
  try {
    return ask()
  } catch {
    return false
  }
}
