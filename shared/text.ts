/** Joiners and emoji styles: invisible, but part of how words in some languages and emoji are written. */
const joining = new Set(['\u200C', '\u200D', '\uFE0E', '\uFE0F'])
/** Blanks that Unicode does not count as ignorable, and characters reserved for machines. */
const invisible = /^(?:\p{Default_Ignorable_Code_Point}|\p{C}|\u2800)$/u
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u
/** Marks on one letter: languages need up to four; more of them grow out of every line. */
const maxMarks = 4

/** Plain words with one blank between them: most of what is written is clean as it is. */
const plain = /^[!-~]+(?: [!-~]+)*$/

/**
 * Text as every screen, printer and database can hold it: composed (NFC), one space between words, no control
 * characters, no lone surrogates, nothing invisible, and nothing that changes the direction of the text around it
 * (U+202E and its like; right-to-left letters keep their own direction).
 */
export function cleanText(written: string): string {
  if (plain.test(written)) return written
  let clean = ''
  let marks = 0
  for (const letter of written.normalize('NFC')) {
    if (/^\s$/u.test(letter)) {
      if (clean !== '' && !clean.endsWith(' ')) clean += ' '
      marks = 0
    } else if (joining.has(letter)) {
      if (!['', ' ', '\u200C', '\u200D'].includes(clean.at(-1) ?? '')) clean += letter
    } else if (invisible.test(letter)) continue
    else if (/^\p{M}$/u.test(letter)) {
      marks += 1
      if (marks <= maxMarks) clean += letter
    } else {
      marks = 0
      clean += letter
    }
  }
  // Removing a character may have brought together two that compose.
  clean = clean.replace(/[\s\u200C\u200D]+$/u, '').normalize('NFC')
  return visible.test(clean) ? clean : ''
}

/** A name for machines made of a written one: letters without accents, words joined by dashes. May be empty. */
export const slugOf = (written: string) =>
  written
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 48)
    .replace(/-+$/, '')
