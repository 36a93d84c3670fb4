import { createHmac } from 'node:crypto'

/** An application of the Pusher protocol: who has the secret may sign for it. */
export interface PusherApp {
  id: string
  key: string
  secret: string
}

/** HMAC-SHA256 as the protocol writes it: hexadecimal. */
export const sign = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('hex')

/** What is signed of a REST request: every parameter but the signature itself, in the order of their names. */
export const signedText = (method: string, path: string, query: Record<string, string>) =>
  [
    method,
    path,
    Object.entries(query)
      .map(([key, value]) => [key.toLowerCase(), value] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => `${key}=${value}`)
      .join('&'),
  ].join('\n')

/** The `auth` of a subscription: one socket may open one channel, as what `channelData` says. */
export const channelAuth = ({ key, secret }: PusherApp, socketId: string, channel: string, channelData?: string) =>
  `${key}:${sign(secret, [socketId, channel, ...(channelData === undefined ? [] : [channelData])].join(':'))}`

/** A customer's order in the name of a channel: the tracking id is a key, and names stand in logs. */
export const orderKey = (secret: string, tracking: string) => sign(secret, tracking)
