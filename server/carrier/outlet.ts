import { createHash } from 'node:crypto'
import type { Carrier } from '../config.ts'
import { sign, signedText } from '../pusher/signature.ts'
import { carrierChannel, secretOf } from './channels.ts'
import type { CarrierMessage } from './message.ts'

/** How long a carrier has for its answer, ms. */
const answerWithinMs = 10_000

/** What became of messages: all of them, or none as far as anybody knows. */
export type Published =
  | { outcome: 'sent' }
  | { outcome: 'too_large' }
  /** `status` null: no answer. */
  | { outcome: 'failed'; status: number | null }

/** Where messages go. It is asked for one thing at a time, so that nothing overtakes. */
export interface Outlet {
  /** How many messages one request takes. */
  readonly batch: number
  publish(messages: CarrierMessage[]): Promise<Published>
}

/** `now` in ms: a request is signed with the time. */
export const openOutlet = (carrier: Carrier, now: () => number): Outlet =>
  carrier.kind === 'pusher' ? pusherOutlet(carrier, now) : ablyOutlet(carrier)

/** Pusher Channels, Soketi, Laravel Reverb, Sockudo: one protocol. */
function pusherOutlet(carrier: Extract<Carrier, { kind: 'pusher' }>, now: () => number): Outlet {
  const path = `/apps/${carrier.id}/batch_events`
  return {
    batch: 10,
    publish(messages) {
      const batch = messages.map(({ stream, word, name, data }) => ({
        channel: carrierChannel(stream, word, carrier),
        name,
        data,
      }))
      const body = JSON.stringify({ batch })
      const query = {
        auth_key: carrier.key,
        auth_timestamp: String(Math.floor(now() / 1000)),
        auth_version: '1.0',
        body_md5: createHash('md5').update(body).digest('hex'),
      }
      const signature = sign(carrier.secret, signedText('POST', path, query))
      const search = new URLSearchParams({ ...query, auth_signature: signature })
      return post(`${originOf(carrier)}${path}?${search}`, body, {})
    },
  }
}

/** Ably's REST interface; the id of a message lets it drop what comes twice within two minutes. */
function ablyOutlet(carrier: Extract<Carrier, { kind: 'ably' }>): Outlet {
  const authorization = `Basic ${Buffer.from(carrier.key).toString('base64')}`
  return {
    batch: 1,
    publish([message]) {
      const { stream, word, name, data, id } = message!
      const channel = encodeURIComponent(carrierChannel(stream, word, secretOf(carrier)))
      return post(`${originOf(carrier)}/channels/${channel}/messages`, JSON.stringify({ id, name, data }), {
        authorization,
      })
    },
  }
}

const originOf = ({ host, port }: Carrier) => `${port === 443 ? 'https' : 'http'}://${host}:${port}`

async function post(url: string, body: string, headers: Record<string, string>): Promise<Published> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(answerWithinMs),
    })
    // The connection is free for the next only when this has been read.
    await answer.arrayBuffer()
    if (answer.ok) return { outcome: 'sent' }
    return answer.status === 413 ? { outcome: 'too_large' } : { outcome: 'failed', status: answer.status }
  } catch {
    return { outcome: 'failed', status: null }
  }
}
