import type { LiveIo } from '#shared/live/client/types'
import { formatCursor } from '#shared/live/cursor'

/**
 * The browser's EventSource as the live client needs it. Its own reconnecting has neither jitter nor an end, and it
 * hides the HTTP status, so the first error ends it and the client decides.
 */
export const openEventSource =
  (base: string, stream: string): LiveIo['openSse'] =>
  (cursor, { message, closed }) => {
    const source = new EventSource(`${base}api/streams/${stream}/sse?after=${formatCursor(cursor)}`)
    source.onmessage = (event) => message(String(event.data))
    source.onerror = () => {
      source.close()
      closed(1006)
    }
    return {
      close() {
        source.onmessage = source.onerror = null
        source.close()
      },
    }
  }
