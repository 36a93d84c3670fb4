import type { WireEvent } from '../../shared/live/messages.ts'
import { maxPageEvents } from '../../shared/live/cursor.ts'
import type { Cursor, Stream } from '../../shared/live/streams.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import type { Session } from '../../shared/staff/session.ts'
import type { Context } from '../context.ts'
import { openStream } from './open-stream.ts'
import type { Project } from './projector.ts'
import { unusable } from './unusable.ts'

/**
 * A page of a stream's log after a cursor, and the position that it reaches. All or nothing: throws `stream.cursor`
 * when some events are gone, and whatever `openStream` throws.
 */
export async function eventsAfter(
  { store, project }: Pick<Context, 'store'> & { project: Project },
  {
    stream: asked,
    session,
    after,
    mayReplay,
  }: { stream: Stream | null; session: Session | null; after: Cursor; mayReplay?: (events: number) => boolean },
): Promise<{ events: WireEvent[]; position: number }> {
  return await store.read(async (tx) => {
    const stream = await openStream(tx, asked, session)
    const { position, oldest } = await stream.kind.head(tx, stream)
    const reason = unusable(after, { epoch: await tx.epoch(), head: position }, oldest)
    if (reason) throw new Rejected('stream.cursor', { reason })
    const missed = Math.min(maxPageEvents, position - after.position)
    if (mayReplay?.(missed) === false) throw new Rejected('stream.cursor', { reason: 'many' })
    const found = await stream.kind.eventsAfter(tx, stream, after.position, maxPageEvents)
    const events = found.map((event) => project(stream, event))
    return { events, position: events.at(-1)?.position ?? after.position }
  })
}
