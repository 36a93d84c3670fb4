import { z } from 'zod'
import { cursorText } from '../../shared/live/streams.ts'
import type { Session } from '../../shared/staff/session.ts'
import { signatureOf } from '../staff/sessions.ts'

/**
 * What `/pusher/auth` signs beside the channel: on whose session the subscription stands, where it goes on from, and
 * which order it is about. Only a signature makes it true.
 */
const grant = z.object({
  session: z.string().nullable(),
  after: cursorText.optional(),
  tracking: z.string().max(64).optional(),
})
export type SubscriptionGrant = z.infer<typeof grant>

const channelData = z.object({
  /** Missing where an application's own server has signed: it has the secret, and may open everything. */
  comanda: grant.optional(),
  /** Who a member of a presence channel is. */
  user_id: z
    .union([z.string().min(1).max(128), z.number()])
    .transform(String)
    .optional(),
  user_info: z.record(z.string(), z.unknown()).optional(),
})
export type ChannelData = z.infer<typeof channelData>

/** Reads signed `channel_data`; null when it is none. */
export function readChannelData(text: string | undefined): ChannelData | null {
  if (text === undefined) return {}
  try {
    return channelData.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/** What to sign for somebody; members of presence channels get a name. */
export function writeChannelData(given: SubscriptionGrant, member: Session | null): string {
  return JSON.stringify({
    ...(member && {
      user_id: signatureOf(member) ?? `${member.kind}:${member.role}`,
      user_info: { name: member.name, role: member.role, kind: member.kind },
    }),
    comanda: given,
  })
}
