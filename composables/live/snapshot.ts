import { isEventPage, isSnapshot } from '#shared/live/client/read'
import { formatCursor, type Cursor } from '#shared/live/cursor'
import type { Fetched, FetchedEvents, Unanswered } from '#shared/live/client/types'

const options = { cache: 'no-store', ignoreResponseError: true, retry: false, timeout: 8_000 } as const

/**
 * Asks for a stream's snapshot. `request` is `$fetch`, or on the server the one that carries the visitor's cookies.
 * Never rejects: a missing network is a result too.
 */
export async function fetchSnapshot(request: typeof $fetch, stream: string): Promise<Fetched & { code?: string }> {
  try {
    const response = await request.raw<unknown>(`/api/streams/${stream}`, options)
    const body = response._data
    if (!response.ok)
      return {
        name: 'refused',
        status: response.status,
        code: (body as { error?: { code?: string } } | undefined)?.error?.code,
      }
    // A captive portal answers 200 with a page of its own.
    return isSnapshot(body) ? { name: 'snapshot', snapshot: body } : { name: 'failed', reason: 'not a snapshot' }
  } catch (error) {
    return noAnswer(error)
  }
}

/** Asks for the page of a stream's log after a cursor. Never rejects either. */
export async function fetchEvents(stream: string, after: Cursor): Promise<FetchedEvents> {
  try {
    const response = await $fetch.raw<unknown>(`/api/streams/${stream}/events`, {
      ...options,
      query: { after: formatCursor(after) },
    })
    if (response.status === 410) return { name: 'lost' }
    if (!response.ok) return { name: 'refused', status: response.status }
    const page = response._data
    return isEventPage(page) ? { name: 'events', page } : { name: 'failed', reason: 'not a page of events' }
  } catch (error) {
    return noAnswer(error)
  }
}

const noAnswer = (error: unknown): Unanswered => ({ name: 'failed', reason: String(error) })
