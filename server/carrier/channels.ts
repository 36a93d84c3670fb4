import type { Tx } from '../../db/store.ts'
import type { Stream } from '../../shared/live/streams.ts'
import type { Carrier } from '../config.ts'
import { channelOf, isPublic } from '../pusher/channels.ts'
import { sign, type PusherApp } from '../pusher/signature.ts'

const dayMs = 24 * 60 * 60_000

/** With what channels are named. */
type Secret = Pick<PusherApp, 'secret'>
export const secretOf = (carrier: Carrier): Secret => ({
  secret: carrier.kind === 'pusher' ? carrier.secret : carrier.key,
})

/**
 * What the names of a pizzeria's private channels end in. A carrier lets nobody go who was once let in: so after a
 * session has been ended, and each day, the channels have other names, which only those learn who may open the stream.
 */
export async function wordOf(tx: Tx, { secret }: Secret, pizzeria: string, now: number): Promise<string> {
  const parts = [await tx.epoch(), pizzeria, await tx.revocations(pizzeria), Math.floor(now / dayMs)]
  return sign(secret, parts.join(':')).slice(0, 16)
}

/** The channel of a carrier that shows a stream. */
export function carrierChannel(stream: Pick<Stream, 'audience' | 'key'>, word: string, secret: Secret): string {
  if (isPublic(stream)) return channelOf(stream, 'public', secret)
  const name = channelOf(stream, 'private', secret)
  return stream.audience === 'order' ? name : `${name}.${word}`
}
