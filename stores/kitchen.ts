import { byId, byVersion, isNewer } from '#shared/live/by-version'
import type { LiveEvent } from '#shared/live/events'
import type { Snapshot } from '#shared/live/messages'
import { contentOf, isCancelled, isOnScreen, readTicket } from '#shared/kitchen/ticket'
import type { KitchenPizzeria, KitchenScreen, KitchenState, Ticket } from '#shared/order/views'
import { isOpen } from '#shared/order/moves'

/**
 * Something that happened while the screen was watching, for the screen's sound. `n` counts up, so that a listener
 * knows how far it has come.
 */
export type Happening = { n: number } & Told
type Told = { name: 'new' | 'changed' | 'cancelled' | 'recalled' | 'undone'; ticket: Ticket } | { name: 'bell' }

/** A ticket was changed, or came back because its last step was undone; since when, ms. */
export interface Mark {
  name: 'changed' | 'undone'
  at: number
}

/** How many tickets that left the screen are kept: enough to recall the last ones. */
const maxGone = 60

/**
 * What the kitchen knows. Tickets are frozen and replaced whole; an older version never replaces a newer one, so that a
 * repeat changes nothing.
 */
export const useKitchenStore = defineStore('kitchen', () => {
  const pizzeria = shallowRef<KitchenPizzeria | null>(null)
  const tickets = shallowRef<Record<string, Ticket>>({})
  const out = shallowRef<string[]>([])
  /** Orders that no screen has proved to show, by id: their escalation level. */
  const unseen = shallowRef<Record<string, number>>({})
  /** The kitchen's screens, this one among them, by device. */
  const screens = shallowRef<Readonly<Record<string, KitchenScreen>>>({})
  const happened = shallowRef<Happening[]>([])
  /** What its head says of a ticket for a while, by id. */
  const marks = shallowRef<Readonly<Record<string, Mark>>>({})
  let count = 0
  /** The last snapshot was only the beginning of its state. */
  let wasPart = false

  function tell(one: Told) {
    happened.value = [...happened.value.slice(-49), { ...one, n: ++count }]
  }

  /** Stores a ticket, whoever sent it; one that is older than the known one changes nothing. */
  function put(sent: object) {
    const ticket = readTicket(sent)
    if (!ticket) return
    const before = tickets.value[ticket.id]
    if (!isNewer(before, ticket)) return
    tickets.value = prune(byVersion(tickets.value, ticket))
    tellOf(before, ticket)
  }

  function tellOf(before: Ticket | undefined, ticket: Ticket) {
    if (isCancelled(ticket)) return before && isOpen(before.state) ? tell({ name: 'cancelled', ticket }) : undefined
    if (!isOpen(ticket.state)) return
    if (ticket.recalledAt && ticket.recalledAt !== before?.recalledAt) return tell({ name: 'recalled', ticket })
    if (!before || before.queuedAt === null) return tell({ name: 'new', ticket })
    // It had left, or a part of it had: somebody has taken that step back.
    const name = !isOpen(before.state) ? 'undone' : contentOf(before) === contentOf(ticket) ? null : 'changed'
    if (name === null) return
    marks.value = { ...marks.value, [ticket.id]: { name, at: Date.parse(ticket.updatedAt) } }
    tell({ name, ticket })
  }

  function reset({ state }: Snapshot<KitchenState>, isPart = false) {
    const known = tickets.value
    const watching = pizzeria.value !== null && !wasPart
    wasPart = isPart
    const fresh = state.tickets.map(readTicket).filter((ticket) => ticket !== null)
    tickets.value = byId(fresh)
    pizzeria.value = Object.freeze(state.pizzeria)
    out.value = state.menu?.out ?? []
    screens.value = Object.fromEntries((state.screens ?? []).map((screen) => [screen.id, screen]))
    unseen.value = {}
    const amended = fresh.flatMap((one) => (one.amended ? [[one.id, one.amended.at] as const] : []))
    for (const [id, at] of amended) marks.value = { ...marks.value, [id]: { name: 'changed', at: Date.parse(at) } }
    // After a gap the same events are announced as if they had come one by one.
    if (watching)
      for (const ticket of fresh) if (known[ticket.id]?.version !== ticket.version) tellOf(known[ticket.id], ticket)
  }

  function apply(event: LiveEvent<'kitchen'>) {
    switch (event.type) {
      case 'order.placed':
      case 'order.moved':
      case 'order.paid':
        return put(event.data)
      case 'menu.changed':
        return void (out.value = event.data.out)
      case 'kitchen.unseen': {
        const { level, ticket } = event.data
        put(ticket)
        unseen.value = { ...unseen.value, [ticket.id]: level }
        return
      }
      case 'kitchen.screen': {
        screens.value = { ...screens.value, [event.data.id]: event.data }
        return
      }
      case 'kitchen.ring':
        return tell({ name: 'bell' })
      case undefined:
        return
      default:
        return event satisfies never
    }
  }

  /** The state as a snapshot would carry it, for the offline cache on the device. */
  const state = (): KitchenState | null =>
    pizzeria.value && {
      pizzeria: pizzeria.value,
      tickets: Object.values(tickets.value).filter((ticket) => isOnScreen(ticket, Date.now())),
      menu: { out: out.value },
    }

  return { pizzeria, tickets, out, unseen, screens, happened, marks, reset, apply, put, state }
})

function prune(tickets: Record<string, Ticket>): Record<string, Ticket> {
  const gone = Object.values(tickets).filter((ticket) => !isOpen(ticket.state))
  if (gone.length <= maxGone) return tickets
  const old = gone.sort((a, b) => Date.parse(a.updatedAt) - Date.parse(b.updatedAt)).slice(0, gone.length - maxGone / 2)
  const rest = { ...tickets }
  for (const ticket of old) Reflect.deleteProperty(rest, ticket.id)
  return rest
}
