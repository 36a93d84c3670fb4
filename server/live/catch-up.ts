import type { Session } from '../../shared/staff/session.ts'
import type { LiveEvent } from '../../shared/live/messages.ts'
import type { Cursor, Stream } from '../../shared/live/streams.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import type { Context } from '../context.ts'
import { openStream } from './open-stream.ts'
import { unusable } from './hub.ts'
import { project } from './projections.ts'

const pageSize = 500

/**
 * A page of a stream's log after a cursor, and the position it reaches to. All or nothing: `stream.cursor` when some
 * are gone.
 */
export async function eventsAfter(
  { store }: Pick<Context, 'store'>,
  { stream: asked, session, after }: { stream: Stream | null; session: Session | null; after: Cursor },
): Promise<{ events: LiveEvent[]; position: number }> {
  return await store.read(async (tx) => {
    const { stream, source } = await openStream(tx, asked, session)
    const { subject, pizzeria } = source
    const head =
      subject === null
        ? (await tx.head(pizzeria))!
        : {
            position:
              subject === 'menu'
                ? (await tx.pizzeria(pizzeria))!.menuVersion
                : (await tx.orderByTracking(stream.key))!.version,
            oldest: await tx.oldestOfSubject(pizzeria, subject),
          }
    const reason = unusable(after, { epoch: await tx.epoch(), head: head.position }, head.oldest ?? head.position + 1)
    if (reason) throw new Rejected('stream.cursor', { reason })
    const events =
      subject === null
        ? await tx.eventsAfter(pizzeria, after.position, pageSize)
        : await tx.subjectEventsAfter(pizzeria, subject, after.position, pageSize)
    const projected = events.map((event) => project(stream.audience, event))
    return { events: projected, position: projected.at(-1)?.position ?? after.position }
  })
}
