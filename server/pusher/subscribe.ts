import type { Tx } from '../../db/store.ts'
import { parseCursor, type Cursor } from '../../shared/live/streams.ts'
import type { Session } from '../../shared/staff/session.ts'
import { tryOpen } from '../live/open-stream.ts'
import type { OpenStream } from '../live/streams/kind.ts'
import { parseChannel, streamOf, type ChannelName } from './channels.ts'
import { readChannelData } from './grant.ts'
import type { Member } from './rooms.ts'
import { sameText } from '../ground/same-text.ts'
import { channelAuth, type PusherApp } from './signature.ts'

/** What a client has to show to subscribe. */
export interface Asked {
  socketId: string
  channel: string
  auth: string
  channelData: string | undefined
}

export type Admission =
  /** `stream`: what it shows of Comanda; null: a channel of the application's own. */
  | {
      outcome: 'admitted'
      channel: ChannelName
      stream: OpenStream | null
      session: Session | null
      member: Member | null
      after: Cursor | null
    }
  /** With an HTTP status, as the protocol has it. */
  | { outcome: 'refused'; status: 400 | 401 | 403 | 404 }

const refused = (status: 400 | 401 | 403 | 404): Admission => ({ outcome: 'refused', status })

/**
 * Whether a socket may open a channel: by its signature, and for what is Comanda's by the same `authorise` as every
 * other way to the stream. It is asked again here, because the session may have ended since the signature.
 */
export async function admit(tx: Tx, app: PusherApp, asked: Asked, now: number): Promise<Admission> {
  const channel = parseChannel(asked.channel)
  if (!channel) return refused(400)
  const isSigned = channel.visibility !== 'public'
  if (isSigned && !sameText(asked.auth, channelAuth(app, asked.socketId, asked.channel, asked.channelData)))
    return refused(401)
  const data = isSigned ? readChannelData(asked.channelData) : {}
  if (!data || (channel.visibility === 'presence' && data.user_id === undefined)) return refused(400)
  const member: Member | null =
    channel.visibility === 'presence' ? { id: data.user_id!, ...(data.user_info && { info: data.user_info }) } : null
  if (!channel.ours) return { outcome: 'admitted', channel, stream: null, session: null, member, after: null }

  const stream = streamOf(channel, data.comanda?.tracking, app)
  if (!stream) return refused(404)
  const by = data.comanda?.session
  const session = by ? ((await tx.liveSession(by, now)) ?? null) : null
  // Whoever has the secret and signed this without us may see what the manager of that pizzeria may.
  const program = isSigned && !data.comanda && (await tx.head(stream.key)) ? asManager(stream.key, now) : null
  const opening = await tryOpen(tx, stream, program ?? session)
  if (opening.outcome === 'refused')
    return refused(([401, 403, 404] as const).find((one) => 4000 + one === opening.code)!)
  return {
    outcome: 'admitted',
    channel,
    stream: opening.stream,
    session,
    member,
    after: data.comanda?.after ? parseCursor(data.comanda.after) : null,
  }
}

const asManager = (pizzeria: string, now: number): Session => ({
  id: '',
  pizzeria,
  kind: 'staff',
  role: 'manager',
  name: '',
  screen: null,
  member: null,
  createdAt: now,
  expiresAt: now,
  endedAt: null,
})
