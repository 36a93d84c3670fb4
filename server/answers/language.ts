import type { Language } from '../../shared/menu/menu.ts'
import { languages } from '../../shared/menu/words.ts'

const known = (name: string | undefined): Language | undefined => languages.find((one) => one === name)

/**
 * The language of a page: the one that was chosen on this device, else the first that the browser asks for
 * (`Accept-Language`, weights included), else English.
 */
export function chooseLanguage(cookie: string | undefined, acceptLanguage: string | undefined): Language {
  const wishes = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';').map((word) => word.trim().toLowerCase())
      const weight = parameters.find((one) => one.startsWith('q='))
      return { language: known(tag.split('-')[0]), weight: weight ? Number(weight.slice(2)) || 0 : 1 }
    })
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)
  return known(cookie) ?? wishes.find(({ language }) => language)?.language ?? 'en'
}
