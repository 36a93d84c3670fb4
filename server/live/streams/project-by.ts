import type { EventType, LogEvent } from '../../../shared/live/events.ts'
import type { WireEvent } from '../../../shared/live/messages.ts'
import type { MenuChange } from '../../../shared/menu/menu.ts'
import type { Feed } from './kind.ts'

/** Shown exactly as the log holds it. */
export const asItIs = <T>(data: T): T => data

/**
 * A change of the menu that is not listed. No page of any build can read it as a list, and a page that cannot read an
 * event takes a snapshot (MSG-5): so a new dish reaches also pages of builds that knew no new dishes.
 */
export const tooMuch = { items: null } as unknown as MenuChange

/**
 * Makes a stream's `project`: each type of event is projected by the function that its audience has for it; the caller
 * checks the table against `Projection`. An event without a projection, or whose projection returns null, is a position
 * alone. Throws what the projection throws on a row that does not match its type (`projector.ts` catches that).
 */
export function projectBy(
  projection: { [T in EventType]?: (data: never) => object | null },
  positionOf: Feed['positionOf'],
): (event: LogEvent) => WireEvent {
  return (event) => {
    const position = positionOf(event)
    const data = projection[event.type]?.(event.data as never) ?? null
    if (data === null) return { position, data: undefined }
    const order = event.type.startsWith('order.') && 'id' in event.data ? event.data.id : undefined
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
}
