import { getRequestHeader, getResponseHeader, getResponseStatus, removeResponseHeader, setResponseStatus } from 'h3'
import type { H3Event } from 'h3'
import { alreadyHas } from './validators.ts'

/** Whether the reader has this very version (its `etag` is set already); the answer is then a 304 without a body. */
export function answeredBefore(event: H3Event): boolean {
  const etag = getResponseHeader(event, 'etag')
  if ((event.method !== 'GET' && event.method !== 'HEAD') || typeof etag !== 'string') return false
  if (getResponseStatus(event) !== 200 || !alreadyHas(getRequestHeader(event, 'if-none-match'), etag)) return false
  setResponseStatus(event, 304)
  removeResponseHeader(event, 'content-type')
  return true
}
