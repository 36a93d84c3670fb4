import type { Session } from '../../shared/staff/session.ts'
import type { Tx } from '../../db/store.ts'
import type { Stream } from '../../shared/live/streams.ts'
import type { Source } from './channel.ts'

export type Grant =
  | { outcome: 'granted'; source: Source }
  /** 4401 sign in, 4403 forbidden, 4404 no such stream: also the HTTP status, with 4000 taken off. */
  | { outcome: 'refused'; code: 4401 | 4403 | 4404 }

/** Who may open a stream: decided here for snapshot, log, WebSocket and SSE alike. */
export async function authorise(tx: Tx, stream: Stream, session: Session | null): Promise<Grant> {
  switch (stream.audience) {
    case 'order': {
      // The tracking id is the key: who has it may look.
      const order = await tx.orderByTracking(stream.key)
      return order
        ? { outcome: 'granted', source: { pizzeria: order.pizzeria, subject: `order:${order.tracking}` } }
        : { outcome: 'refused', code: 4404 }
    }
    case 'menu':
      return (await tx.head(stream.key))
        ? { outcome: 'granted', source: { pizzeria: stream.key, subject: 'menu' } }
        : { outcome: 'refused', code: 4404 }
    case 'board':
      return (await tx.head(stream.key)) ? granted(stream) : { outcome: 'refused', code: 4404 }
    case 'kitchen':
      return staffOf(stream, session, ['kitchen', 'counter', 'manager'])
    case 'counter':
      return staffOf(stream, session, ['counter', 'manager'])
    default:
      return stream.audience satisfies never
  }
}

const granted = (stream: Stream): Grant => ({ outcome: 'granted', source: { pizzeria: stream.key, subject: null } })

/** Whether the pizzeria exists is no concern of somebody who is not signed in. */
function staffOf(stream: Stream, session: Session | null, roles: Session['role'][]): Grant {
  if (!session) return { outcome: 'refused', code: 4401 }
  return session.pizzeria === stream.key && roles.includes(session.role)
    ? granted(stream)
    : { outcome: 'refused', code: 4403 }
}
