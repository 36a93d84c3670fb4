/** Firefox has it since 125: the oldest ones that we support count code points. */
const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter(undefined, { granularity: 'grapheme' }) : null
/** Nearly all text is of letters that are one unit each, which need no segmenter. */
const plain = /^[\u0020-\u02ff\u2010-\u2027]*$/

/** Letters as people count them: an accent or a joined emoji is part of one. */
export function graphemes(text: string): string[] {
  if (plain.test(text)) return text.split('')
  return segmenter ? [...segmenter.segment(text)].map(({ segment }) => segment) : [...text]
}
