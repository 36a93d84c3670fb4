import { isHost } from '../ground/host'
import { pathWithoutIds } from '../ground/logger'
import { useApp } from '../app'

/** What others make addresses of, and fail at before any handler is asked. */
const hosts = ['host', 'x-forwarded-host']

/**
 * What reaches no handler of ours. A request whose host is none gets another one, so that nothing on its way fails, and
 * is refused at the gate. What failed elsewhere (a page that does not exist, an error while rendering) is one line of
 * the log, without the ids of its address; Nitro would print whole stacks, and the address with them.
 */
export default defineNitroPlugin(({ hooks, h3App: { options } }) => {
  const { onError } = options
  hooks.hook('comanda:request', (event) => {
    const { headers } = event.node.req
    for (const name of hosts) {
      if (isHost(headers[name] as string | undefined)) continue
      headers[name] = 'malformed.invalid'
      event.context.hostIsMalformed = true
    }
  })
  options.onError = async (error, event) => {
    const status = error.statusCode
    const { logger } = await useApp()
    const path = pathWithoutIds(event.path)
    if (status >= 500 && !event.node.req.destroyed) {
      logger.error({ err: error.cause instanceof Error ? error.cause : error, path, status }, 'a page failed')
      error.message = 'Server Error'
      error.data = undefined
    } else logger.info({ path, status }, 'there was no answer')
    // Said already: what is neither unhandled nor fatal is not printed.
    error.unhandled = false
    error.fatal = false
    return await onError?.(error, event)
  }
})
