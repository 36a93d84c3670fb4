import { z } from 'zod'
import type { RejectionCode } from '#shared/order/rejections'
import { rejections } from '#shared/order/rejections'

/**
 * What became of a request: refused by the server with its permanent code, or not answered in a way that settles it.
 */
export type Failure =
  | { name: 'refused'; code: RejectionCode; details: Record<string, unknown> }
  | { name: 'unanswered'; status: number | null }

const answer = z.object({ data: z.object({ error: z.looseObject({ code: z.string() }) }) })
const isCode = (code: string): code is RejectionCode => code in rejections

/**
 * Reads what `$fetch` threw. A cut line, a time-out, a proxy's page and a server that is busy or restarting say
 * nothing about the order: the same request, with the same key, may be sent again.
 */
export function readRejection(thrown: unknown): Failure {
  const found = answer.safeParse(thrown)
  const status = (thrown as { status?: number } | null)?.status ?? null
  if (!found.success) return { name: 'unanswered', status }
  const { code, ...details } = found.data.data.error
  if (!isCode(code))
    return status !== null && status < 500
      ? { name: 'refused', code: 'server.fault', details }
      : { name: 'unanswered', status }
  const transient = rejections[code].status >= 500 || rejections[code].status === 429
  return transient ? { name: 'unanswered', status } : { name: 'refused', code, details }
}
