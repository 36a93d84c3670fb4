import { z } from 'zod'
import { menuChange } from '../menu/menu.ts'
import { order, type Actor } from '../order/order.ts'
import { roles } from '../order/roles.ts'
import { boardEntry, customerOrder, kitchenScreen, screenView, ticket, unseen } from '../order/views.ts'
import type { Audience } from './streams.ts'

/*
 * The events of Comanda, in one table: for each type, what the log holds and what each audience sees of it. An audience
 * that is not named sees that something happened (its position), and nothing else. The schemas of what is seen are
 * allow-lists (shared/order/views.ts).
 */

/** An order has changed: the log holds all of it, as it is after the change. */
const orderChanged = {
  log: order,
  sees: { counter: order, kitchen: ticket, board: boardEntry, order: customerOrder },
}
const shown = z.object({ orders: z.array(z.object({ id: z.string(), shownAt: z.iso.datetime() })) })
const guessing = z.object({ at: z.iso.datetime() })
const staffChanged = z.object({
  member: z.object({ id: z.string(), name: z.string(), role: z.enum(roles) }),
  what: z.enum(['added', 'changed', 'pin', 'removed']),
})
const jumped = z.object({ off: z.int().nullable() })
const nothing = z.object({})

export const events = {
  'order.placed': orderChanged,
  'order.moved': orderChanged,
  'order.paid': orderChanged,
  /**
   * `out`: ids of everything that cannot be sold after the change, which the kitchen shows. `change` is null where
   * something came, went or moved, or too much is different to be listed: pages take a snapshot.
   */
  'menu.changed': {
    log: z.object({ change: menuChange.nullable(), out: z.array(z.string()) }),
    sees: { counter: menuChange, menu: menuChange, kitchen: z.object({ out: z.array(z.string()) }) },
  },
  /** An order has been raised a level because no screen has proved that it shows the order (DSP-2). */
  'kitchen.unseen': {
    log: unseen.extend({ order }),
    sees: { counter: unseen.extend({ order }), kitchen: unseen.extend({ ticket }) },
  },
  /** A screen has proved that it shows these. */
  'kitchen.shown': { log: shown, sees: { counter: shown } },
  'kitchen.screen': { log: screenView, sees: { counter: screenView, kitchen: kitchenScreen } },
  /** Somebody was stopped from guessing PINs. */
  'staff.guessing': { log: guessing, sees: { counter: guessing } },
  /** The manager changed who works here; only the log tells. */
  'staff.changed': { log: staffChanged, sees: {} },
  /** The machine's clock jumped by so much (ms), and is believed again (null) later. */
  'clock.jumped': { log: jumped, sees: { counter: jumped } },
  'kitchen.ring': { log: nothing, sees: { counter: nothing, kitchen: nothing } },
} satisfies Record<string, { log: z.ZodType; sees: { [A in Audience]?: z.ZodType } }>

type Events = typeof events
export type EventType = keyof Events

/** What the log holds of an event. */
export type Logged<T extends EventType> = z.infer<Events[T]['log']>
/** What an audience sees of it. */
export type Seen<T extends EventType, A extends Audience> = A extends keyof Events[T]['sees']
  ? Events[T]['sees'][A] extends z.ZodType<infer Data>
    ? Data
    : never
  : never
/** The types of which an audience sees more than the position. */
export type SeenBy<A extends Audience> = {
  [T in EventType]: A extends keyof Events[T]['sees'] ? T : never
}[EventType]

interface Row {
  pizzeria: string
  /** Counts up by one per pizzeria, in commit order, without holes. */
  position: number
  id: string
  /** `order:{tracking}`, `menu`, `kitchen` or `staff`. */
  subject: string
  /** Counts up by one per subject. */
  version: number
  /** ms since 1970 */
  at: number
  actor: Actor
  /** Who it was: the id of a member of staff, or `screen:{device}`; missing or null: nobody of the house. */
  by?: string | null
}
/** One row of the log: one accepted change and the state after it. */
export type LogEventOf<T extends EventType> = Row & { type: T; data: Logged<T> }
export type LogEvent = { [T in EventType]: LogEventOf<T> }[EventType]
/** The same, before it has its position. */
export type NewEvent = { [T in EventType]: Omit<LogEventOf<T>, 'position'> }[EventType]

/**
 * An event as an audience gets it, after its page has read it. Without a `type` it is a position alone: nothing of it
 * is visible, or this build does not know its type.
 */
export type LiveEvent<A extends Audience = Audience> =
  | { position: number; type?: undefined }
  | {
      [T in SeenBy<A>]: {
        position: number
        id?: string
        type: T
        /** ISO 8601 UTC */
        at?: string
        order?: string
        version?: number
        /** The state after the change. Apply it by its version, so that a repeat changes nothing. */
        data: Seen<T, A>
      }
    }[SeenBy<A>]

/** How an audience's view is made from what the log holds; null when nothing of this event is visible. */
export type Projection<A extends Audience> = { [T in SeenBy<A>]: (data: Logged<T>) => Seen<T, A> | null }
