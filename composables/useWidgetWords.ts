import type { Locale, Messages } from '@nuxt/ui/runtime/types/locale.js'
import type { Language } from '#shared/menu/menu'

/** Where Nuxt UI's parts look for their words (close buttons, menus); English where nothing is provided. */
const wordsKey = Symbol.for('nuxt-ui.locale-context')

type Words = Locale<Messages>
const read: Record<Language, () => Promise<{ default: Words }>> = {
  en: () => import('@nuxt/ui/runtime/locale/en.js') as Promise<{ default: Words }>,
  fr: () => import('@nuxt/ui/runtime/locale/fr.js') as Promise<{ default: Words }>,
  it: () => import('@nuxt/ui/runtime/locale/it.js') as Promise<{ default: Words }>,
}

/**
 * Hands the visitor's language to Nuxt UI's own parts, in place of its `UApp`, which brings toasts, tooltips and
 * overlays to every page (40 kB) where none is used. The words are fetched when the first part asks for them, and never
 * before the page is hydrated.
 */
export function useWidgetWords() {
  const { locale } = useI18n()
  const words = shallowRef<Words>()
  const isWanted = shallowRef(false)
  const isHydrated = shallowRef(false)
  onNuxtReady(() => (isHydrated.value = true))
  watch([isWanted, isHydrated, locale], async () => {
    if (isWanted.value && isHydrated.value) words.value = (await read[locale.value]().catch(() => undefined))?.default
  })
  provide(wordsKey, () => {
    isWanted.value = true
    return words.value
  })
}
