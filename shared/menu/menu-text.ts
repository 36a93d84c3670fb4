import { slugOf } from '../text.ts'
import type { Text } from './menu.ts'
import { languages } from './words.ts'

/** A text of which nothing is missing: English stands in for another language, or whichever is written. */
export function completeText(text: Text): Text {
  if (languages.every((language) => text[language])) return text
  const instead = text.en || languages.map((language) => text[language]).find(Boolean) || ''
  return { fr: text.fr || instead, en: text.en || instead, it: text.it || instead }
}

/** What somebody wrote as an id: as it is where it is one, or else made of it. */
export const idOf = (written: string) =>
  /^[a-z0-9][a-z0-9-]{0,47}$/i.test(written) ? written.toLowerCase() : slugOf(written)
