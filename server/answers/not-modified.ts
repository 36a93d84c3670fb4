import { getResponseHeader, getResponseStatus, removeResponseHeader, setResponseStatus } from 'h3'
import type { H3Event } from 'h3'
import { alreadyHas } from './validators.ts'

/** What describes a body, and a 304 has none. */
const ofBody = ['content-type', 'content-length', 'content-encoding']

/**
 * Whether the reader has this very version (its `etag` is set already, and server/plugins/answers.ts has kept what the
 * reader named); the answer is then a 304 without a body.
 */
export function answeredBefore(event: H3Event): boolean {
  const etag = getResponseHeader(event, 'etag')
  if (event.method !== 'GET' || typeof etag !== 'string' || getResponseStatus(event) !== 200) return false
  if (!alreadyHas(event.context.ifNoneMatch as string | undefined, etag)) return false
  setResponseStatus(event, 304)
  for (const name of ofBody) removeResponseHeader(event, name)
  return true
}
