import { Rejected } from '#shared/order/rejections'
import { fromElsewhere, originAllowed } from '../live/origins'
import { useApp } from '../app'

const safe = ['GET', 'HEAD', 'OPTIONS']

/**
 * Accepts commands from our own pages only (a program without an origin carries a token, not cookies), and not while
 * the server drains. A cookie that another site's page sends along is refused for every method, because even a GET may
 * use something up.
 */
export default defineEventHandler(async (event) => {
  if (event.context.hostIsMalformed)
    return answerError(event, new Rejected('request.invalid', { fields: [{ path: 'host', message: 'Invalid host' }] }))
  const origin = getRequestHeader(event, 'origin')
  const command = !safe.includes(event.method)
  if (
    origin === undefined &&
    (command || event.path.startsWith('/api/')) &&
    getRequestHeader(event, 'cookie') &&
    fromElsewhere(getRequestHeader(event, 'sec-fetch-site'))
  )
    return answerError(event, new Rejected('request.forbidden_origin'))
  if (!command) return
  const { config, life } = await useApp()
  if (origin !== undefined && !originAllowed(origin, getRequestHeader(event, 'host') ?? null, config.COMANDA_ORIGINS))
    return answerError(event, new Rejected('request.forbidden_origin'))
  if (life.phase === 'draining') return answerError(event, new Rejected('server.draining'))
})
