import type { EventType, LogEvent } from '../../../shared/live/events.ts'
import type { WireEvent } from '../../../shared/live/messages.ts'
import type { Feed } from './kind.ts'

/** What is shown as the log holds it. */
export const asItIs = <T>(data: T): T => data

/**
 * A stream's `project`: each type of event by the projection that its audience has for it, which the caller holds to
 * `Projection`. What no projection names, and what one answers with null, is a position alone. Throws what the
 * projection throws, for a row that is not what its type says (`projector.ts` catches that).
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
