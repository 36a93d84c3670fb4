import type { Push } from '../../db/store/pushes.ts'
import { numberOf } from '../../shared/order/number.ts'
import type { Order } from '../../shared/order/order.ts'
import type { Config } from '../config.ts'
import { Inside, sendOutward } from '../ground/outward.ts'
import { vapidKeys } from './keys.ts'
import { pushServiceOf } from './services.ts'

/** A service that does not answer within this is tried again (ms). */
const timeoutMs = 10_000
/** How long the service keeps it for a phone that is off (s): then the pizza is cold. */
const ttl = 3600

/** `sent`: the service has it; `gone`: this browser takes none any more; `later`: try again. */
export type Outcome = 'sent' | 'gone' | 'later'

/** Hands one message to the browser's push service, encrypted for the browser (RFC 8291). Never rejects. */
export async function sendPush(config: Config, push: Push, order: Order): Promise<Outcome> {
  const service = pushServiceOf(push.endpoint, config.COMANDA_PUSH_SERVICES)
  if (!service) return 'gone'
  try {
    const { default: webPush } = await import('web-push')
    const { endpoint, headers, body } = webPush.generateRequestDetails(
      { endpoint: push.endpoint, keys: { p256dh: push.p256dh, auth: push.auth } },
      JSON.stringify({
        title: push.title,
        body: push.body,
        number: numberOf(order),
        path: `${config.NUXT_APP_BASE_URL}${order.pizzeria}/orders/${order.tracking}`,
      }),
      {
        TTL: ttl,
        urgency: 'high',
        contentEncoding: 'aes128gcm',
        vapidDetails: { subject: config.COMANDA_CONTACT, ...vapidKeys(process.env.NUXT_SESSION_PASSWORD!) },
      },
    )
    const status = await sendOutward({
      url: endpoint,
      method: 'POST',
      headers: headers as Record<string, string | number>,
      body: body!,
      allowInside: service === 'operator',
      timeoutMs,
    })
    if (status < 300) return 'sent'
    // 429 and 5xx pass. Everything else would be answered the same again; 404 and 410 say that the browser is gone.
    return status === 429 || status >= 500 ? 'later' : 'gone'
  } catch (error) {
    return error instanceof Inside ? 'gone' : 'later'
  }
}
