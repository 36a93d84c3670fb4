import { z } from 'zod'

/** What a client says, in its outer shape. */
const message = z.object({ event: z.string().max(200), data: z.unknown().optional() })
const channel = z.string().max(200)
const subscribe = z.object({
  channel,
  auth: z.string().max(400).nullish(),
  channel_data: z.string().max(10_000).nullish(),
})

export type ClientMessage =
  | { name: 'subscribe'; channel: string; auth: string; channelData: string | undefined }
  | { name: 'unsubscribe'; channel: string }
  | { name: 'ping' }
  | { name: 'pong' }
  /** `client-…`: from one client to the others. */
  | { name: 'client' }
  | { name: 'unknown' }
  | { name: 'malformed' }

/** Reads a message. Its data may be an object, or the same as text. */
export function readMessage(text: string): ClientMessage {
  const outer = message.safeParse(parsed(text))
  if (!outer.success) return { name: 'malformed' }
  const { event } = outer.data
  const data = typeof outer.data.data === 'string' ? parsed(outer.data.data) : outer.data.data
  switch (event) {
    case 'pusher:ping':
      return { name: 'ping' }
    case 'pusher:pong':
      return { name: 'pong' }
    case 'pusher:subscribe': {
      const found = subscribe.safeParse(data)
      if (!found.success) return { name: 'malformed' }
      const { channel, auth, channel_data } = found.data
      return { name: 'subscribe', channel, auth: auth ?? '', channelData: channel_data ?? undefined }
    }
    case 'pusher:unsubscribe': {
      const found = z.object({ channel }).safeParse(data)
      return found.success ? { name: 'unsubscribe', channel: found.data.channel } : { name: 'malformed' }
    }
    default:
      return { name: event.startsWith('client-') ? 'client' : 'unknown' }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
