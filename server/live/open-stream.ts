import type { Tx } from '../../db/store.ts'
import type { Stream } from '../../shared/live/streams.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import type { Session } from '../../shared/staff/session.ts'
import { streamKinds } from './stream-kinds.ts'
import type { Grant, OpenStream } from './streams/kind.ts'

export type Opening = { outcome: 'opened'; stream: OpenStream } | Extract<Grant, { outcome: 'refused' }>

/** Opens a stream for somebody who is allowed to. */
export async function tryOpen(tx: Tx, stream: Stream, session: Session | null): Promise<Opening> {
  const kind = streamKinds[stream.audience]
  const grant = await kind.authorise(tx, stream.key, session)
  return grant.outcome === 'refused'
    ? grant
    : { outcome: 'opened', stream: { ...stream, kind, pizzeria: grant.pizzeria } }
}

const codes = { 4401: 'staff.sign_in', 4403: 'staff.forbidden', 4404: 'stream.unknown' } as const

/** The same for a request: throws `staff.sign_in`, `staff.forbidden` or `stream.unknown`. */
export async function openStream(tx: Tx, stream: Stream | null, session: Session | null): Promise<OpenStream> {
  if (!stream) throw new Rejected('stream.unknown')
  const opening = await tryOpen(tx, stream, session)
  if (opening.outcome === 'refused') throw new Rejected(codes[opening.code])
  return opening.stream
}
