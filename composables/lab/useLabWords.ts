import en from '~/i18n/locales/en/lab.json'
import fr from '~/i18n/locales/fr/lab.json'
import it from '~/i18n/locales/it/lab.json'

/** The laboratory's texts come with its page: no customer pays for them. */
export function useLabWords() {
  const { mergeLocaleMessage } = useI18n({ useScope: 'global' })
  for (const [language, texts] of Object.entries({ en, fr, it })) mergeLocaleMessage(language, texts)
}
