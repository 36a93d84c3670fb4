import { createHmac } from 'node:crypto'
import type { Delivery, Hook } from '../../db/store/hooks.ts'
import type { Config } from '../config.ts'
import { Inside, sendOutward } from '../ground/outward.ts'
import type { OrderEvent } from './told.ts'

/** How long a webhook has for its answer, ms. */
const answerWithinMs = 5_000

/** `t`: s since 1970; `v1`: HMAC-SHA256 (hexadecimal) of `{t}.{body}` with the webhook's secret. */
export const signatureOf = (secret: string, seconds: number, body: string) =>
  `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`

/** What is sent: the order as the counter sees it, as it was after this step. */
export const bodyOf = (
  delivery: Pick<Delivery, 'id' | 'type'>,
  { pizzeria, position, at, version, data }: OrderEvent,
) =>
  JSON.stringify({
    id: delivery.id,
    type: delivery.type,
    at: new Date(at).toISOString(),
    pizzeria,
    position,
    version,
    order: data,
  })

/** Whether the operator has allowed an address inside the server's own network. */
export const isAllowedInside = (url: string, { COMANDA_WEBHOOKS_INSIDE: allowed }: Config) =>
  allowed.includes(new URL(url).origin)

export type Answer = { outcome: 'taken' | 'failed' | 'forbidden'; answer: string }

/** Sends one message once; never rejects. `now` in ms. */
export const send = (
  config: Config,
  { url, secret }: Pick<Hook, 'url' | 'secret'>,
  delivery: Pick<Delivery, 'id' | 'type'>,
  body: string,
  now: number,
): Promise<Answer> =>
  post(config, url, body, {
    'comanda-event': delivery.type,
    'comanda-delivery': delivery.id,
    'comanda-signature': signatureOf(secret, Math.floor(now / 1000), body),
  })

/** The same for a body of JSON that says who sent it in headers of its own. */
export async function post(
  config: Config,
  url: string,
  body: string,
  headers: Record<string, string>,
): Promise<Answer> {
  try {
    const status = await sendOutward({
      url,
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'Comanda', ...headers },
      body: Buffer.from(body),
      allowInside: isAllowedInside(url, config),
      timeoutMs: answerWithinMs,
    })
    return { outcome: status >= 200 && status < 300 ? 'taken' : 'failed', answer: String(status) }
  } catch (error) {
    if (error instanceof Inside) return { outcome: 'forbidden', answer: 'inside' }
    const { name, code } = error as NodeJS.ErrnoException
    return { outcome: 'failed', answer: name === 'TimeoutError' || name === 'AbortError' ? 'timeout' : (code ?? 'cut') }
  }
}
