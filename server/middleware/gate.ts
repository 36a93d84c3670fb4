import { Rejected } from '#shared/order/rejections'
import { originAllowed } from '../live/origins'
import { useApp } from '../app'

const safe = ['GET', 'HEAD', 'OPTIONS']

/**
 * Commands are taken from our own pages only (a program without an origin carries a token, not cookies), and not while
 * the server ends.
 */
export default defineEventHandler(async (event) => {
  if (safe.includes(event.method)) return
  const { config, life } = await useApp()
  const origin = getRequestHeader(event, 'origin')
  if (origin !== undefined && !originAllowed(origin, getRequestHeader(event, 'host') ?? null, config.COMANDA_ORIGINS))
    return answerError(event, new Rejected('request.forbidden_origin'))
  if (life.phase === 'draining') return answerError(event, new Rejected('server.draining'))
})
