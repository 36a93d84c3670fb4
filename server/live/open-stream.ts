import type { Session } from '../../shared/staff/session.ts'
import type { Tx } from '../../db/store.ts'
import type { Cursor, Stream } from '../../shared/live/streams.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import { authorise } from './authorise.ts'
import type { Source } from './channel.ts'

const codes = { 4401: 'staff.sign_in', 4403: 'staff.forbidden', 4404: 'stream.unknown' } as const

/** The stream and its source, for who may open it. */
export async function openStream(
  tx: Tx,
  stream: Stream | null,
  session: Session | null,
): Promise<{ stream: Stream; source: Source }> {
  if (!stream) throw new Rejected('stream.unknown')
  const grant = await authorise(tx, stream, session)
  if (grant.outcome === 'refused') throw new Rejected(codes[grant.code])
  return { stream, source: grant.source }
}

/**
 * Whether nothing more will come on a stream: a customer's order that has ended and was seen to its end. 204 tells a
 * browser to stop.
 */
export async function isOver(tx: Tx, stream: Stream, cursor: Cursor): Promise<boolean> {
  if (stream.audience !== 'order') return false
  const order = await tx.orderByTracking(stream.key)
  return (
    order !== undefined &&
    ['cancelled', 'rejected', 'expired'].includes(order.state) &&
    cursor.position === order.version
  )
}
