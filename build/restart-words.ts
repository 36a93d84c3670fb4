import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { languages } from '../shared/menu/words'

/** The module `#restart-words`: what is said while the server restarts, by language, from the texts of all pages. */
export function restartWords(root: string): string {
  const words = languages.map((language) => {
    const read = (part: string) => JSON.parse(readFileSync(join(root, `i18n/locales/${language}/${part}.json`), 'utf8'))
    return [language, { restarting: read('errors').errors.server.draining, reload: read('common').common.reload }]
  })
  return `export const words = ${JSON.stringify(Object.fromEntries(words))}`
}
