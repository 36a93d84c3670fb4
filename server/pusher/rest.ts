import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Rejected } from '../../shared/order/rejections.ts'
import { parseChannel } from './channels.ts'
import type { Rooms } from './rooms.ts'
import { sameText } from '../ground/same-text.ts'
import { sign, signedText, type PusherApp } from './signature.ts'

/** How far the clock of who signs may be from ours, s. */
const maxSkewSeconds = 600
/** What the protocol allows for the data of one event, bytes. */
const maxDataBytes = 10 * 1024
/** 10 events of 10 KB, and what JSON makes of them. */
export const maxRestBytes = 256 * 1024

const channelName = z.string().refine((name) => parseChannel(name) !== null, 'The name of a channel.')
const event = z.object({
  name: z.string().min(1).max(200),
  data: z.string(),
  socket_id: z.string().nullish(),
})
export const triggered = event
  .extend({
    info: z.string().max(200).optional(),
    channels: z.array(channelName).min(1).max(100).optional(),
    channel: channelName.optional(),
  })
  .refine(({ channel, channels }) => channel ?? channels, 'Which channels?')
export const batch = z.object({
  batch: z
    .array(event.extend({ channel: channelName }))
    .min(1)
    .max(10),
})

export interface SignedRequest {
  method: string
  /** Without the query. */
  path: string
  query: Record<string, string>
  body: string
}

/** Throws `pusher.signature` unless whoever has the application's secret has sent exactly this just now (`now`, ms). */
export function requireSignature(app: PusherApp, { method, path, query, body }: SignedRequest, now: number) {
  const { auth_signature: signature = '', ...signed } = query
  const md5 = createHash('md5').update(body).digest('hex')
  const isRight =
    query.auth_key === app.key &&
    sameText(signature, sign(app.secret, signedText(method, path, signed))) &&
    Math.abs(now / 1000 - Number(query.auth_timestamp)) <= maxSkewSeconds &&
    (body === '' ? (query.body_md5 ?? md5) : (query.body_md5 ?? '')) === md5
  if (!isRight) throw new Rejected('pusher.signature')
}

/** Sends events of the application's own to its channels; all or nothing, and never into one of Comanda's. */
export function trigger(rooms: Rooms, events: (z.infer<typeof event> & { channels: string[] })[]) {
  for (const { data, channels } of events) {
    if (Buffer.byteLength(data) > maxDataBytes) throw new Rejected('request.too_large', { most: maxDataBytes })
    for (const channel of channels) if (parseChannel(channel)!.ours) throw new Rejected('pusher.reserved', { channel })
  }
  for (const { name, data, channels, socket_id } of events)
    for (const channel of channels) rooms.publish(channel, name, data, socket_id ?? undefined)
}

/** What is asked of channels: `info=user_count,subscription_count`. */
export const infoQuery = z.object({
  info: z
    .string()
    .default('')
    .transform((list) => list.split(',')),
  filter_by_prefix: z.string().max(200).default(''),
})

export function describeChannel(rooms: Rooms, name: string, info: string[]) {
  const isPresence = parseChannel(name)?.visibility === 'presence'
  return {
    ...(isPresence && info.includes('user_count') && { user_count: rooms.users(name).length }),
    ...(info.includes('subscription_count') && { subscription_count: rooms.subscriptions(name) }),
  }
}

/** The channels that somebody has open, by name. */
export const describeChannels = (rooms: Rooms, prefix: string, info: string[]) =>
  Object.fromEntries(
    rooms
      .names()
      .filter((name) => name.startsWith(prefix))
      .map((name) => [name, describeChannel(rooms, name, info)]),
  )
