import { words } from '#restart-words'
import { Rejected } from '#shared/order/rejections'
import type { H3Event } from 'h3'
import { fromElsewhere, originAllowed } from '../live/origins'
import { chooseLanguage } from '../answers/language'
import { isPagePath } from '../answers/page-path'
import { restartPage, restartPolicy } from '../answers/restart-page'
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
  // What begins with an underscore are files: of the pages that were given just before (SRV-6).
  const asksForPage = !command && isPagePath(event.path) && !event.path.startsWith('/_')
  if (!command && !asksForPage) return
  const { config, life } = await useApp()
  const host = getRequestHeader(event, 'host') ?? null
  if (command && origin !== undefined && !originAllowed(origin, host, config.COMANDA_ORIGINS))
    return answerError(event, new Rejected('request.forbidden_origin'))
  if (life.phase !== 'draining') return
  const refusal = await answerError(event, new Rejected('server.draining'))
  // A proxy asks another node (deploy/Caddyfile tells a page by this header). Where there is none, a person reads the
  // answer, and their browser asks again by itself.
  if (asksForPage) setResponseHeader(event, 'comanda-draining', 'page')
  return asksForPage && getRequestHeader(event, 'accept')?.includes('text/html') ? sayInWords(event) : refusal
})

/** The answer to a browser that opens a page while the server ends; its status and its `Retry-After` are set. */
function sayInWords(event: H3Event): string {
  const language = chooseLanguage(getCookie(event, 'comanda_language'), getRequestHeader(event, 'accept-language'))
  setResponseHeaders(event, {
    'content-type': 'text/html; charset=utf-8',
    'content-language': language,
    'content-security-policy': restartPolicy,
    'x-content-type-options': 'nosniff',
    vary: 'Accept, Accept-Language, Cookie',
  })
  return restartPage(language, words[language])
}
