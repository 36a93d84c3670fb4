import type { Tx } from '../../db/store.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import type { Session } from '../../shared/staff/session.ts'
import { openStream } from '../live/open-stream.ts'
import { parseChannel, streamOf } from './channels.ts'
import { writeChannelData } from './grant.ts'
import { channelAuth, type PusherApp } from './signature.ts'

export interface AuthRequest {
  socket_id: string
  channel_name: string
  tracking?: string | undefined
  after?: string | undefined
}

/**
 * The signature with which a socket may open a channel of ours, for whoever may open the stream. Throws what
 * `openStream` throws. An application signs its own channels itself.
 */
export async function authorise(tx: Tx, app: PusherApp, session: Session | null, asked: AuthRequest) {
  const { socket_id: socketId, channel_name: name, tracking, after } = asked
  const channel = parseChannel(name)
  if (!channel?.ours || channel.visibility === 'public') throw new Rejected('stream.unknown')
  await openStream(tx, streamOf(channel, tracking, app), session)
  const isPresence = channel.visibility === 'presence'
  if (isPresence && !session) throw new Rejected('staff.sign_in')
  const channelData = writeChannelData(
    { session: session?.id ?? null, ...(after && { after }), ...(channel.ours.audience === 'order' && { tracking }) },
    isPresence ? session : null,
  )
  return { auth: channelAuth(app, socketId, name, channelData), channel_data: channelData }
}
