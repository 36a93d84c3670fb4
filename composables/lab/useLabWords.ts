import en from '~/i18n/locales/en/lab.json'
import fr from '~/i18n/locales/fr/lab.json'
import it from '~/i18n/locales/it/lab.json'

type Texts = { [key: string]: string | Texts }

/**
 * A text as the build compiles those of all pages (build/compiled-messages.ts): a browser has no compiler. These have
 * no placeholders, and need none.
 */
const compiled = (texts: string | Texts): object =>
  typeof texts === 'string'
    ? { type: 0, body: { type: 2, items: [], static: texts } }
    : Object.fromEntries(Object.entries(texts).map(([key, value]) => [key, compiled(value)]))

/** The laboratory's texts come with its page: no customer pays for them. */
export function useLabWords() {
  const { mergeLocaleMessage } = useI18n({ useScope: 'global' })
  for (const [language, texts] of Object.entries({ en, fr, it })) mergeLocaleMessage(language, compiled(texts))
}
