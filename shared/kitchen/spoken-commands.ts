import type { Language } from '../menu/menu.ts'

export type SpokenCommand = { name: 'ready'; number: number } | { name: 'next' | 'done' | 'undo' | 'repeat' }

/**
 * A tiny grammar: in a loud room, few words that sound unlike one another are understood best. (`\\b` knows ASCII
 * letters only.)
 */
const words: Record<Language, { ready: RegExp; next: RegExp; undo: RegExp; repeat: RegExp }> = {
  en: {
    ready: /(?:^|\P{L})(?:ready|done)(?!\p{L})/u,
    next: /(?:^|\P{L})next(?!\p{L})/u,
    undo: /(?:^|\P{L})undo(?!\p{L})/u,
    repeat: /(?:^|\P{L})(?:repeat|again)(?!\p{L})/u,
  },
  fr: {
    ready: /(?:^|\P{L})(?:prête?s?|terminée?)(?!\p{L})/u,
    next: /(?:^|\P{L})suivante?(?!\p{L})/u,
    undo: /(?:^|\P{L})annule[rz]?(?!\p{L})/u,
    repeat: /(?:^|\P{L})(?:répète|répéter|encore)(?!\p{L})/u,
  },
  it: {
    ready: /(?:^|\P{L})(?:pront[aeo]|fatt[ao])(?!\p{L})/u,
    next: /(?:^|\P{L})(?:prossim[ao]|avanti)(?!\p{L})/u,
    undo: /(?:^|\P{L})annulla(?!\p{L})/u,
    repeat: /(?:^|\P{L})(?:ripeti|ancora)(?!\p{L})/u,
  },
}

/**
 * What was meant, or null. Only a number in digits counts (recognisers write them so): a misheard word must bump
 * nothing.
 */
export function parseCommand(transcript: string, language: Language): SpokenCommand | null {
  const text = transcript.toLowerCase().normalize('NFC').trim()
  const said = words[language]
  const number = /\b(\d{1,4})\b/.exec(text)?.[1]
  const found = (['undo', 'repeat', 'next', 'ready'] as const).filter((name) => said[name].test(text))
  if (found.length !== 1) return null
  const [name] = found
  if (name !== 'ready') return { name: name! }
  return number ? { name: 'ready', number: Number(number) } : { name: 'done' }
}
