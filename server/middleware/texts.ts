import { ServerResponse } from 'node:http'
import { keepText, sendKept, type KeptText } from '../answers/kept'
import { languages, type Language } from '../../shared/menu/words'
import { Rejected } from '#shared/order/rejections'

/** By language, the hash of the texts that this build has (nuxt-i18n). */
declare const __I18N_LOCALE_HASHES__: Record<Language, string>

const textsPath = new RegExp(`^/_i18n/([^/]+)/(${languages.join('|')})/messages\\.json(?:\\?|$)`)
/** Routes of Nuxt's modules that keep each answer by its address: for the server itself, while it renders a page. */
const inner = /^\/(?:_i18n|api\/_nuxt_icon|__nuxt_island)\//
const kept = new Map<Language, Promise<KeptText>>()

async function read(language: Language): Promise<KeptText> {
  const texts = await $fetch<object>(`/_i18n/${__I18N_LOCALE_HASHES__[language]}/${language}/messages.json`)
  return keepText(JSON.stringify(texts), 'application/json', 'many')
}

/**
 * The texts that customers' pages fetch: from memory, and kept by browsers for as long as these are the texts of that
 * name. Nuxt's own routes would keep one answer more for each name that anybody makes up, and are closed to everybody.
 */
export default defineEventHandler(async (event) => {
  if (!inner.test(event.path) || !(event.node.res instanceof ServerResponse)) return
  const [, hash, code] = textsPath.exec(event.path) ?? []
  if (!code) return await answerError(event, new Rejected('request.not_found'))
  const language = code as Language
  const texts = kept.get(language) ?? read(language)
  kept.set(language, texts)
  texts.catch(() => kept.delete(language))
  const fresh = hash === __I18N_LOCALE_HASHES__[language]
  setResponseHeader(event, 'cache-control', fresh ? 'public, max-age=31536000, immutable' : 'no-cache')
  return await sendKept(event, await texts)
})
