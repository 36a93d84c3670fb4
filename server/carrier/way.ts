import { createHmac } from 'node:crypto'
import type { Tx } from '../../db/store.ts'
import type { CarrierWay } from '../../shared/live/carrier.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import type { Session } from '../../shared/staff/session.ts'
import type { Carrier } from '../config.ts'
import { openStream } from '../live/open-stream.ts'
import type { OpenStream } from '../live/streams/kind.ts'
import type { AuthRequest } from '../pusher/authorise.ts'
import { parseChannel, streamOf } from '../pusher/channels.ts'
import { channelAuth } from '../pusher/signature.ts'
import { carrierChannel, secretOf, wordOf } from './channels.ts'

/** How long a token of Ably's lasts, s. Whoever's session ends meanwhile has lost the channel by its new name. */
const tokenSeconds = 12 * 60 * 60

/** The channel that shows a stream now. */
async function channelNow(tx: Tx, carrier: Carrier, opened: OpenStream, now: number): Promise<string> {
  const secret = secretOf(carrier)
  return carrierChannel(opened, await wordOf(tx, secret, opened.pizzeria, now), secret)
}

/** Where a browser finds a stream that it may open. `now` in ms. */
export async function wayTo(tx: Tx, carrier: Carrier, opened: OpenStream, now: number): Promise<CarrierWay> {
  const channel = await channelNow(tx, carrier, opened, now)
  if (carrier.kind === 'pusher')
    return {
      transport: 'pusher',
      url: `${carrier.sockets}/app/${carrier.key}?protocol=7&client=comanda&version=1`,
      channel,
    }
  const token = ablyToken(carrier.key, channel, Math.floor(now / 1000))
  return {
    transport: 'ably',
    url: `${carrier.sockets}/?v=2&format=json&heartbeats=true&access_token=${token}`,
    channel,
  }
}

/** A token that opens one channel for listening, signed without asking Ably. */
function ablyToken(key: string, channel: string, seconds: number): string {
  const [name, secret] = key.split(/:(.*)/s) as [string, string]
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const capability = JSON.stringify({ [channel]: ['subscribe'] })
  const claims = { iat: seconds, exp: seconds + tokenSeconds, 'x-ably-capability': capability }
  const signed = `${encode({ typ: 'JWT', alg: 'HS256', kid: name })}.${encode(claims)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

/**
 * The signature with which a socket may open a private channel at the carrier, and nothing beside it: who listens there
 * is no concern of its logs. Throws what `openStream` throws, and `stream.unknown` for a name that is used no more.
 */
export async function authoriseAtCarrier(
  tx: Tx,
  carrier: Extract<Carrier, { kind: 'pusher' }>,
  session: Session | null,
  { socket_id: socketId, channel_name: name, tracking }: AuthRequest,
  now: number,
) {
  const channel = parseChannel(name)
  if (!channel?.ours || channel.visibility !== 'private') throw new Rejected('stream.unknown')
  const ours = { ...channel.ours, key: channel.ours.key.split('.')[0]! }
  const opened = await openStream(tx, streamOf({ ...channel, ours }, tracking, carrier), session)
  if ((await channelNow(tx, carrier, opened, now)) !== name) throw new Rejected('stream.unknown')
  return { auth: channelAuth(carrier, socketId, name) }
}
