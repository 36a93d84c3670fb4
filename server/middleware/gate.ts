import { Rejected } from '#shared/order/rejections'
import { fromElsewhere, originAllowed } from '../live/origins'
import { isPagePath } from '../answers/page-path'
import { useApp } from '../app'

const safe = ['GET', 'HEAD', 'OPTIONS']

/**
 * Accepts commands from our own pages only (a program without an origin carries a token, not cookies), and not while
 * the server drains; nor pages then, because their files would soon be gone. A cookie that another site's page sends
 * along is refused for every method, because even a GET may use something up.
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
  const isPage = !command && isPagePath(event.path)
  if (!command && !isPage) return
  const { config, life } = await useApp()
  const host = getRequestHeader(event, 'host') ?? null
  if (command && origin !== undefined && !originAllowed(origin, host, config.COMANDA_ORIGINS))
    return answerError(event, new Rejected('request.forbidden_origin'))
  if (life.phase !== 'draining') return
  // A proxy asks another node. Where there is none, the browser asks again by itself, after so many seconds.
  if (isPage) setResponseHeader(event, 'refresh', '2')
  return answerError(event, new Rejected('server.draining'))
})
