import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Language } from '../../shared/menu/words.ts'

const folder = join(import.meta.dirname, '../../i18n/locales')

/** The words of the screens in a language, by their keys: `say('manage.staff.reset')`. */
export function sayIn(language: Language) {
  const words: Record<string, unknown> = {}
  for (const file of readdirSync(join(folder, language)))
    Object.assign(words, JSON.parse(readFileSync(join(folder, language, file), 'utf8')))
  return (key: string, values: Record<string, string | number> = {}): string => {
    const found = key
      .split('.')
      .reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], words)
    if (typeof found !== 'string') throw new Error(`There is no text ${key} in ${language}`)
    return found.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]))
  }
}
