import { backoff } from '#shared/live/client/backoff'
import type { RejectionCode } from '#shared/order/rejections'

/** How a command ended. `offline`: no answer after all tries, so whether it was done is not known. */
export type CommandResult<T> =
  | { name: 'done'; data: T }
  | {
      name: 'refused'
      code: RejectionCode
      status: number
      details: Record<string, unknown>
      /** s, from Retry-After */ retryAfter: number | null
    }
  | { name: 'offline' }

export interface Command {
  method: 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  body?: Record<string, unknown>
  /**
   * Tries in all when nothing answers or the answer says that it is only for the moment. 1 unless repeating is
   * harmless.
   */
  tries?: number
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const attemptTimeoutMs = 8000

/**
 * Sends one command and says how it ended; never throws. A command with `ifVersion` (or one that sets a value) may be
 * repeated: if the first try did arrive, the second finds the state already reached and changes nothing.
 */
export async function sendCommand<T>(url: string, { method, body, tries = 1 }: Command): Promise<CommandResult<T>> {
  for (let attempt = 1; ; attempt++) {
    const result = await once<T>(url, method, body)
    const passing = result.name === 'offline' || (result.name === 'refused' && result.status === 503)
    if (!passing || attempt >= tries) return result
    await wait(250 + backoff(attempt, Math.random()))
  }
}

async function once<T>(url: string, method: Command['method'], body: Command['body']): Promise<CommandResult<T>> {
  try {
    const response = await fetch(url, {
      method,
      headers: body ? { 'content-type': 'application/json' } : {},
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(attemptTimeoutMs),
    })
    const answer = response.status === 204 ? null : await response.json().catch(() => null)
    if (response.ok) return { name: 'done', data: answer as T }
    const { code = 'server.fault', ...details } = (answer?.error ?? {}) as { code?: RejectionCode } & Record<
      string,
      unknown
    >
    const header = Number(response.headers.get('retry-after'))
    return { name: 'refused', code, status: response.status, details, retryAfter: header > 0 ? header : null }
  } catch {
    return { name: 'offline' }
  }
}
