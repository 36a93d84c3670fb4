import { graphemes } from '../graphemes.ts'
import type { CallStyle } from '../menu/menu.ts'

/** Titles that nobody is called by, without their dot. */
const titles = new Set(
  (
    'mr mrs ms miss mx sir madam dr prof m mm mme mmes mlle mlles monsieur madame mademoiselle docteur ' +
    'sig sigra sigri signor signore signora signorina dott dottssa dottoressa avv ing herr frau fräulein hr fr ' +
    'sr sra srta señor señora don doña'
  ).split(' '),
)
const joins = new Set(['and', 'et', 'e', 'und', 'y', '&'])
const plain = (word: string) => word.toLowerCase().replaceAll(/[.,']/g, '')

/** What the board and the kitchen call somebody. Who gives nothing but a title is called by it. */
export function calledAs(name: string, style: CallStyle = 'first'): string {
  const words = name.trim().split(/\s+/)
  if (style === 'whole') return words.join(' ')
  let first = 0
  while (
    first < words.length - 1 &&
    (titles.has(plain(words[first]!)) || (first > 0 && joins.has(plain(words[first]!))))
  )
    first += 1
  const called = words[first] ?? ''
  const last = words.at(-1)!
  return style === 'first' || first === words.length - 1 ? called : `${called} ${graphemes(last)[0]}.`
}
