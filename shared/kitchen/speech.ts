import { numberOf } from '../order/number.ts'
import { needsTable } from '../order/modes.ts'
import type { Ticket } from '../order/views.ts'
import type { Language } from '../menu/menu.ts'
import { ticketLines, type LineText, type Wish } from './lines.ts'
import { speechWords } from './speech-words.ts'
import { mentionsAllergy } from './ticket.ts'
import { dueIn } from './urgency.ts'

/** Longest utterance, s: network voices of Chrome fall silent at about 14 s without an error. */
export const longestUtterance = 10
/** Seconds that a sentence takes, at 12 characters a second: slower than voices speak, to be on the safe side. */
export const utteranceSeconds = (text: string) => 0.5 + text.length / 12

/** Cuts what would take too long: at commas where there are any, else between words, else anywhere. */
export function utterances(sentences: readonly string[]): string[] {
  const most = Math.floor((longestUtterance - 0.5) * 12) - 1
  return sentences.flatMap((sentence) => {
    const parts: string[] = []
    let rest = sentence.trim()
    while (rest.length > most) {
      const head = rest.slice(0, most)
      const cut =
        head.lastIndexOf(', ') > most / 3
          ? head.lastIndexOf(', ') + 1
          : head.lastIndexOf(' ') > 0
            ? head.lastIndexOf(' ')
            : most
      parts.push(rest.slice(0, cut).trim())
      rest = rest.slice(cut).trim()
    }
    return rest ? [...parts, rest] : parts
  })
}

const withDot = (text: string) => text.trim().replace(/[.!?]+$/, '')

/** One line: "2 large Margherita." then "No onion, extra olives." then the sides. */
export function sayLine(line: LineText, language: Language): string[] {
  const words = speechWords[language]
  const wishes = (list: Wish[]) => list.map((wish) => `${words.wish[wish.word]} ${wish.text}`).join(', ')
  const what = line.other === null ? line.name : words.halves(line.name, line.other)
  const title = language === 'en' ? [line.quantity, line.size, what] : [line.quantity, what, line.size]
  return [
    `${[...title, line.crust].filter(Boolean).join(' ')}.`,
    ...(line.all.length ? [`${wishes(line.all)}.`] : []),
    ...(line.left.length ? [`${words.left}: ${wishes(line.left)}.`] : []),
    ...(line.right.length ? [`${words.right}: ${wishes(line.right)}.`] : []),
    ...(line.note ? [(mentionsAllergy(line.note) ? words.allergy : words.note)(withDot(line.note))] : []),
  ]
}

/** A whole ticket, read as one cook reads it to another: number, lines, allergy, when. Quick lines share a breath. */
export function sayTicket(
  ticket: Ticket,
  language: Language,
  now: number,
  opening = speechWords[language].order(numberOf(ticket)),
): string[] {
  const words = speechWords[language]
  const lines = ticketLines(
    {
      lines: ticket.lines.filter(
        (line) => line.kind === 'pizza' || ticket.lines.every((other) => other.kind !== 'pizza'),
      ),
    },
    language,
  )
  return utterances([
    opening,
    ...lines.map(({ text }) => sayLine(text, language).join(' ')),
    ...(ticket.note ? [(mentionsAllergy(ticket.note) ? words.allergy : words.note)(withDot(ticket.note))] : []),
    ...(needsTable[ticket.mode] && ticket.table ? [words.table(ticket.table)] : []),
    words.due(dueIn(ticket, now)),
  ])
}

export interface VoiceLike {
  lang: string
  localService: boolean
  default: boolean
  name: string
}

/**
 * Local voices first, for network ones fail without a sound when the line is down; then the exact region, then the
 * default.
 */
export function chooseVoice<Voice extends VoiceLike>(voices: readonly Voice[], language: Language): Voice | null {
  const score = (voice: Voice) =>
    (voice.localService ? 4 : 0) +
    (voice.lang.toLowerCase().startsWith(`${language}-${language === 'en' ? 'gb' : language}`) ? 2 : 0) +
    (voice.default ? 1 : 0)
  return (
    voices
      .filter((voice) => voice.lang.toLowerCase().split(/[-_]/)[0] === language)
      .sort((a, b) => score(b) - score(a))[0] ?? null
  )
}
