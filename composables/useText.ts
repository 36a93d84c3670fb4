import type { Language, Text } from '#shared/menu/menu'
import { languages } from '#shared/menu/words'

/** The pizzeria's own words in the visitor's language. An empty translation falls back to English. */
export function useText() {
  const { locale } = useI18n()
  const language = computed<Language>(() => languages.find((one) => one === locale.value) ?? 'en')
  return (text: Text) => text[language.value] || text.en
}
