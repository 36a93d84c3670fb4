import type { LogEvent } from '../../shared/live/events.ts'
import type { WireEvent } from '../../shared/live/messages.ts'
import type { Context } from '../context.ts'
import type { OpenStream } from './streams/kind.ts'

/** How many faulty events are remembered, so that each is logged once and not again for every reader. */
const maxRemembered = 1000

/** An event as a stream shows it. */
export type Project = (stream: OpenStream, event: LogEvent) => WireEvent

/**
 * Projects events, whatever they contain. A row that the projection cannot read (written by another build, or by hand)
 * is sent as its position alone, counted and logged. The stream continues after it for everybody, and no process ends.
 */
export function createProjector({ metrics, logger }: Pick<Context, 'metrics' | 'logger'>): Project {
  const logged = new Set<string>()
  return (stream, event) => {
    try {
      return stream.kind.project(event)
    } catch (error) {
      const { audience, pizzeria, kind } = stream
      metrics.unprojectable.inc({ audience })
      const key = `${audience} ${pizzeria} ${event.position}`
      if (!logged.has(key)) {
        if (logged.size >= maxRemembered) logged.clear()
        logged.add(key)
        logger.error(
          { err: error, pizzeria, audience, position: event.position, type: event.type },
          'an event could not be projected; it is sent as its position alone',
        )
      }
      return { position: kind.positionOf(event), data: undefined }
    }
  }
}
