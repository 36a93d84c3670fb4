import type { LiveError } from '~/composables/useLiveStream'
import { hasCopy } from '~/composables/useOfflineCopy'

/**
 * Ends the setup of a customer's page that has nothing to show. Without a line the copy that this device has kept is
 * opened instead, which says how old it is; else an error says why, which is `unknown` for what is not there, and for
 * what cannot be the id of anything (400).
 */
export async function nothingToShow(
  error: LiveError | null,
  unknown: 'pizzeria.unknown' | 'order.unknown',
): Promise<never> {
  const answered = error?.status || 503
  const status = answered === 400 ? 404 : answered
  if (import.meta.client && status >= 500 && (await hasCopy(location))) {
    location.reload()
    return await new Promise<never>(() => {})
  }
  const reason = import.meta.client && error?.status === 0 ? 'line.none' : 'server.fault'
  throw createError({ statusCode: status, statusMessage: status === 404 ? unknown : reason, fatal: true })
}
