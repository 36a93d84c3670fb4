import { ServerResponse } from 'node:http'
import { useApp } from '../app'
import { chooseLanguage } from '../answers/language'
import { sendKept } from '../answers/kept'
import { createMenuPages, type MenuPage } from '../answers/menu-pages'
import { isPagePath } from '../answers/page-path'

/** A menu's own address. What follows the `?` is read in the browser alone, such as a table's code. */
const menuPath = /^\/([a-z0-9][a-z0-9-]{0,47})\/?(?:\?|$)/
const session = /(?:^|;\s*)comanda=/

let pages: ReturnType<typeof createMenuPages> | undefined

/** The menu for who is not signed in: from memory, without a cookie. */
export default defineEventHandler(async (event) => {
  const [, pizzeria] = menuPath.exec(event.path) ?? []
  // `/healthz` could be a pizzeria by its letters, and MUST NOT wait for a database that is not there.
  if (!pizzeria || event.method !== 'GET' || !isPagePath(event.path)) return
  // Requests of our own render the page; staff get theirs with their session in it.
  if (!(event.node.res instanceof ServerResponse) || session.test(getRequestHeader(event, 'cookie') ?? '')) return
  const app = await useApp()
  pages ??= createMenuPages(app, render)
  const language = chooseLanguage(getCookie(event, 'comanda_language'), getRequestHeader(event, 'accept-language'))
  const [configured] = app.config.COMANDA_ORIGINS
  const origin = configured ?? getRequestURL(event).origin
  // Where the database does not answer, the page itself says so, as every other page does.
  const found = await pages.find({ pizzeria, language, origin }).catch(() => null)
  if (!found) return
  setResponseHeaders(event, {
    ...found.headers,
    'cache-control': 'private, no-cache',
    // The page is older than its answer: its clock starts from here (composables/live/served-at.ts).
    'server-timing': `served;dur=${app.clock()}`,
  })
  appendResponseHeader(event, 'vary', 'Accept-Language, Cookie')
  return await sendKept(event, found.page)
})

async function render({ pizzeria, language, origin }: MenuPage) {
  const { baseURL } = useRuntimeConfig().app
  const { host, protocol } = new URL(origin)
  const answer = await useNitroApp().localFetch(`${baseURL}${pizzeria}`, {
    headers: { cookie: `comanda_language=${language}`, host, 'x-forwarded-proto': protocol.slice(0, -1) },
  })
  return answer.status === 200 ? { html: await answer.text(), headers: answer.headers } : null
}
