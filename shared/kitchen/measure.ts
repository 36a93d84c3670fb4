import { graphemes } from '../graphemes.ts'
import { letters, widths } from './font-widths.ts'

/** The weights that tickets are written in; always at 75 % stretch. */
export type Weight = keyof typeof widths

/** The width of one letter as a reader counts them (a grapheme), in em, without kerning. */
export type LetterWidth = (letter: string, weight: Weight) => number

const table = Object.fromEntries(
  Object.entries(widths).map(([weight, row]) => {
    const all = row.split(' ').map(Number)
    return [weight, new Map([...letters].map((letter, at) => [letter, all[at]! / 1000]))]
  }),
) as unknown as Record<Weight, Map<string, number>>

/** What a letter takes that the font does not have, em: an emoji is the widest that is usual. */
const foreign = 1.4

/** Widths from the table: for the server, and for measurements without a browser. */
export const tableWidth: LetterWidth = (letter, weight) =>
  table[weight].get(letter) ??
  (letter.normalize('NFC').length === 1 ? (table[weight].get(letter.normalize('NFC')) ?? 1) : foreign)

/** The width of a text in em. */
export const textWidth = (text: string, weight: Weight, width: LetterWidth) =>
  graphemes(text).reduce((sum, letter) => sum + width(letter, weight), 0)

/**
 * Breaks a text into rows no wider than `room` em, between words, and within a word only where it is wider than a row.
 * `first` is the room of the first row, where something stands before it. Never fewer than one row. Where a row ends
 * between words it keeps its space, which takes no room: the rows, joined, are the text again.
 */
export function breakRows(text: string, weight: Weight, width: LetterWidth, room: number, first = room): string[] {
  const space = width(' ', weight)
  const rows: string[] = []
  let row = ''
  let left = first
  const flush = (end: '' | ' ' = '') => {
    rows.push(row + end)
    row = ''
    left = room
  }
  for (const word of text.split(/\s+/).filter((one) => one !== '')) {
    const wide = textWidth(word, weight, width)
    const before = row === '' ? 0 : space
    if (before + wide <= left) {
      row += `${before ? ' ' : ''}${word}`
      left -= before + wide
      continue
    }
    // A word that fits a row of its own begins one, also where the first row was narrower.
    if (wide <= room) {
      if (row !== '') flush(' ')
      else if (left < room) flush()
      row = word
      left -= wide
      continue
    }
    if (row !== '') flush(' ')
    for (const letter of graphemes(word)) {
      const one = width(letter, weight)
      if (one > left && (row !== '' || left < room)) flush()
      row += letter
      left -= one
    }
  }
  if (row !== '' || rows.length === 0) flush()
  return rows
}

/** The widest word of a text, em. */
export const widestWord = (text: string, weight: Weight, width: LetterWidth) =>
  Math.max(0, ...text.split(/\s+/).map((word) => textWidth(word, weight, width)))
