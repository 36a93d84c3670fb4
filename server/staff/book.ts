import type { Tx } from '../../db/store.ts'
import type { EventType, LogEvent } from '../../shared/live/events.ts'
import { numberOf } from '../../shared/order/number.ts'
import type { Context } from '../context.ts'

/** One row of "who did what". */
export interface Entry {
  position: number
  at: string
  type: EventType
  actor: LogEvent['actor']
  /** Null: nobody of the house, or an older build. */
  by: { id: string; name: string } | null
  /** Of an order: which, and how it stood then. */
  order: { id: string; number: string; state: string; version: number } | null
  /** Of a member of staff: who, and what was done. */
  member: { name: string; what: string } | null
}

/** Events that one request looks at, at most. */
const maxLooked = 2_000
const pageEvents = 200

export interface BookFilter {
  /** Only what is older than this position. */ before?: number
  by?: string
  type?: string
  limit: number
}

/** Who did what, the newest first; `before` of the answer asks for the next page, null: there is nothing older. */
export async function readBook({ store }: Pick<Context, 'store'>, pizzeria: string, filter: BookFilter) {
  return await store.read(async (tx) => {
    const { position = 0, oldest = 1 } = (await tx.head(pizzeria)) ?? {}
    const names = await namesOf(tx, pizzeria)
    const entries: Entry[] = []
    let upTo = Math.min(filter.before ?? Infinity, position + 1)
    const last = Math.max(oldest, upTo - maxLooked)
    while (upTo > last && entries.length < filter.limit) {
      const from = Math.max(last, upTo - pageEvents)
      const events = (await tx.eventsAfter(pizzeria, from - 1, upTo - from)).reverse()
      for (const event of events) {
        if (entries.length === filter.limit) break
        upTo = event.position
        if (matches(event, filter)) entries.push(toEntry(event, names))
      }
      if (events.length === 0) break
    }
    return { entries, before: upTo > oldest ? upTo : null }
  })
}

const matches = (event: LogEvent, { by, type }: BookFilter) =>
  (by === undefined || event.by === by) && (type === undefined || event.type === type)

/** Everybody who works here or did, and the screens. */
export async function namesOf(tx: Tx, pizzeria: string) {
  const [members, screens] = [await tx.everyStaffOf(pizzeria), await tx.screens(pizzeria)]
  return new Map([
    ...members.map(({ id, name }) => [id, name] as const),
    ...screens.map(({ id, name }) => [`screen:${id}`, name] as const),
  ])
}

function toEntry(event: LogEvent, names: Map<string, string>): Entry {
  const { position, at, type, actor, by } = event
  return {
    position,
    at: new Date(at).toISOString(),
    type,
    actor,
    by: by ? { id: by, name: names.get(by) ?? '' } : null,
    order: orderOf(event),
    member: event.type === 'staff.changed' ? { name: event.data.member.name, what: event.data.what } : null,
  }
}

function orderOf(event: LogEvent): Entry['order'] {
  switch (event.type) {
    case 'order.placed':
    case 'order.moved':
    case 'order.paid': {
      const { id, state, version } = event.data
      return { id, number: numberOf(event.data), state, version }
    }
    default:
      return null
  }
}
