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
 * overlays to every page (40 kB) where none is used. The words come after the page, as such parts do.
 */
export function useWidgetWords() {
  const { locale } = useI18n()
  const words = shallowRef<Words>()
  provide(wordsKey, words)
  onNuxtReady(() =>
    watch(
      locale,
      async (language) => {
        words.value = (await read[language]().catch(() => undefined))?.default
      },
      { immediate: true },
    ),
  )
}
