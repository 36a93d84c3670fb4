import { backoff } from '#shared/live/client/backoff'
import type { RejectionCode } from '#shared/order/rejections'
import { rejections } from '#shared/order/rejections'

/** Why a command was not done. */
export type Failure =
  /** The server has decided: the same command would end the same way. */
  | { name: 'refused'; code: RejectionCode; status: number; details: Record<string, unknown> }
  /**
   * Too many requests: nothing was done, and nothing would be before `retryAfter` (s; null where the server names no
   * time).
   */
  | { name: 'limited'; code: RejectionCode; retryAfter: number | null }
  /**
   * Nothing that settles it: a cut connection, a time-out, a proxy's page, a server that is busy or restarting. The
   * command may have been done. `status` is null when there was no answer at all.
   */
  | { name: 'unanswered'; status: number | null }

export type CommandResult<T> = { name: 'done'; data: T } | Failure

export interface Command {
  /** GET only for a view that has no stream of its own. */
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  body?: object
  /** The Idempotency-Key: with it, a repeat is the same command (IDM-1). */
  key?: string
  /** Number of tries while it stays unanswered. 1 unless repeating is harmless. */
  tries?: number
  /** ms per try */
  timeout?: number
  /** Ends the command from outside; it then counts as unanswered. */
  signal?: AbortSignal
}

const answerTimeoutMs = 8_000
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Sends one command and returns how it ended; never throws. A command with a key, with `ifVersion`, or one that sets a
 * value may be repeated: if the first try did arrive, the second finds it done and changes nothing.
 */
export async function sendCommand<T>(url: string, { tries = 1, ...command }: Command): Promise<CommandResult<T>> {
  for (let attempt = 1; ; attempt++) {
    const result = await once<T>(url, command)
    if (result.name !== 'unanswered' || attempt >= tries || command.signal?.aborted) return result
    await wait(250 + backoff(attempt, Math.random()))
  }
}

async function once<T>(url: string, { method, body, key, timeout, signal }: Command): Promise<CommandResult<T>> {
  // `AbortSignal.any` and `timeout` are years newer than the oldest browsers that we support.
  const attempt = new AbortController()
  const abort = () => attempt.abort()
  const timer = setTimeout(abort, timeout ?? answerTimeoutMs)
  signal?.addEventListener('abort', abort)
  try {
    const response = await $fetch.raw<unknown>(url, {
      method,
      body,
      headers: key ? { 'Idempotency-Key': key } : {},
      ignoreResponseError: true,
      retry: false,
      signal: attempt.signal,
    })
    return readAnswer<T>(response.status, response._data, response.headers.get('retry-after'))
  } catch {
    return { name: 'unanswered', status: null }
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** What an HTTP answer means. A 2xx that is not JSON comes from somebody else, such as a captive portal. */
export function readAnswer<T>(status: number, body: unknown, retryAfter: string | null): CommandResult<T> {
  if (status >= 200 && status < 300)
    return status === 204 || isObject(body) ? { name: 'done', data: body as T } : { name: 'unanswered', status }
  const error = isObject(body) && isObject(body.error) ? body.error : {}
  const { code: said, ...details } = error
  if (status >= 500 || typeof said !== 'string') return { name: 'unanswered', status }
  // A newer server may have codes that this page does not know.
  const code = Object.hasOwn(rejections, said) ? (said as RejectionCode) : 'server.fault'
  if (status !== 429) return { name: 'refused', code, status, details }
  return { name: 'limited', code, retryAfter: Number(retryAfter ?? details.retryAfter) || null }
}
