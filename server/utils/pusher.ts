import type { H3Event } from 'h3'
import { z } from 'zod'
import { Rejected } from '#shared/order/rejections'
import type { App } from '../app'
import type { Pusher } from '../pusher/pusher'
import { maxRestBytes, requireSignature } from '../pusher/rest'

/** The server of the Pusher protocol; `request.not_found` where it is switched off. */
export function requirePusher({ pusher }: Pick<App, 'pusher'>): Pusher {
  if (!pusher) throw new Rejected('request.not_found')
  return pusher
}

/** Whose channels can be signed for: our own server's and the foreign carrier's. */
export function requireSigner({ pusher, config }: App) {
  const carrier = config.COMANDA_CARRIER?.kind === 'pusher' ? config.COMANDA_CARRIER : null
  if (!pusher && !carrier) throw new Rejected('request.not_found')
  return { ours: pusher?.app ?? null, carrier }
}

export const appParams = z.object({ app: z.string() })
export const channelParams = z.object({ channel: z.string().max(200) })

/** A call of the application's own server: the body, once the signature is found right. */
export async function readSigned(event: H3Event, app: App): Promise<{ pusher: Pusher; body: string }> {
  const pusher = requirePusher(app)
  if (readParams(event, appParams).app !== pusher.app.id) throw new Rejected('request.not_found')
  const body = event.method === 'GET' ? '' : await readText(event, maxRestBytes)
  const query = Object.fromEntries(Object.entries(getQuery(event)).map(([key, value]) => [key, String(value)]))
  requireSignature(pusher.app, { method: event.method, path: event.path.split('?')[0]!, query, body }, app.clock())
  return { pusher, body }
}
