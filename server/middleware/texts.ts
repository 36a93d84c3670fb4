import { ServerResponse } from 'node:http'
import { keepText, sendKept, type KeptText } from '../answers/kept'
import { languages, type Language } from '../../shared/menu/words'

/** By language, the hash of the texts that this build has (nuxt-i18n). */
declare const __I18N_LOCALE_HASHES__: Record<Language, string>

const textsPath = new RegExp(`^/_i18n/([^/]+)/(${languages.join('|')})/messages\\.json$`)
const kept = new Map<Language, Promise<KeptText>>()

async function read(language: Language): Promise<KeptText> {
  const texts = await $fetch<object>(`/_i18n/${__I18N_LOCALE_HASHES__[language]}/${language}/messages.json`)
  return keepText(JSON.stringify(texts), 'application/json', 'many')
}

/**
 * The texts that customers' pages fetch: from memory, and kept by browsers for as long as these are the texts of that
 * name. nuxt-i18n would keep one answer more for each name that anybody makes up.
 */
export default defineEventHandler(async (event) => {
  const [, hash, code] = textsPath.exec(event.path) ?? []
  // Requests of our own, while a page is rendered, are answered by nuxt-i18n.
  if (!code || !(event.node.res instanceof ServerResponse)) return
  const language = code as Language
  const texts = kept.get(language) ?? read(language)
  kept.set(language, texts)
  texts.catch(() => kept.delete(language))
  const fresh = hash === __I18N_LOCALE_HASHES__[language]
  setResponseHeader(event, 'cache-control', fresh ? 'public, max-age=31536000, immutable' : 'no-cache')
  return await sendKept(event, await texts)
})
