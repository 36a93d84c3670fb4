import { isSnapshot } from '#shared/live/client/read'
import type { Fetched } from '#shared/live/client/types'

/**
 * Asks for a stream's snapshot. `request` is `$fetch`, or on the server the one that carries the visitor's cookies.
 * Never rejects: a missing network is a result too.
 */
export async function fetchSnapshot(
  request: typeof $fetch,
  stream: string,
  etag: string | null,
): Promise<Fetched & { code?: string }> {
  try {
    const response = await request.raw<unknown>(`/api/streams/${stream}`, {
      headers: etag ? { 'if-none-match': etag } : {},
      cache: 'no-store',
      ignoreResponseError: true,
      retry: false,
      timeout: 8_000,
    })
    if (response.status === 304) return { name: 'same' }
    const body = response._data
    if (!response.ok)
      return {
        name: 'refused',
        status: response.status,
        code: (body as { error?: { code?: string } } | undefined)?.error?.code,
      }
    // A captive portal answers 200 with a page of its own.
    if (!isSnapshot(body)) return { name: 'failed', reason: 'not a snapshot' }
    return { name: 'snapshot', snapshot: body, etag: response.headers.get('etag') }
  } catch (error) {
    return { name: 'failed', reason: String(error) }
  }
}
