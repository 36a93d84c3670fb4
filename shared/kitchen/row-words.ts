import type { Language } from '../menu/menu.ts'
import type { RowWords } from './rows.ts'

/** The words that are painted on tickets: in capitals, for three metres. */
export const rowWords: Record<Language, RowWords> = {
  en: { no: 'NO', extra: 'EXTRA', light: 'LIGHT', allergy: 'ALLERGY' },
  fr: { no: 'SANS', extra: 'EXTRA', light: 'PEU', allergy: 'ALLERGIE' },
  it: { no: 'SENZA', extra: 'DOPPIO', light: 'POCO', allergy: 'ALLERGIA' },
}
