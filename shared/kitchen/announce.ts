import { numberOf } from '../order/number.ts'
import type { Ticket } from '../order/views.ts'
import type { Language } from '../menu/menu.ts'
import type { ToneName } from '../sound/tones.ts'
import { dueAt, sortTickets } from './queue.ts'
import { speechWords } from './speech-words.ts'
import { sayTicket, utterances } from './speech.ts'
import { pizzasOf } from './ticket.ts'

/** Something that the kitchen should hear of. */
export type News =
  { name: 'new' | 'changed' | 'cancelled' | 'recalled' | 'undone' | 'late'; ticket: Ticket } | { name: 'bell' }

/** New tickets that are read out one by one; more are summed up in one sentence. */
export const maxRead = 2
/** Things that happen within this time are one burst: one chime, one announcement. ms */
export const burstMs = 1_500

/** What matters most is heard first, and alone, when several things happen at once. */
const rank: News['name'][] = ['bell', 'cancelled', 'late', 'recalled', 'undone', 'changed', 'new']

export interface Announcement {
  tone: ToneName
  sentences: string[]
}

/** One chime for a burst, the most important one's, and what is said: each ticket, or one sentence for many. */
export function announce(news: readonly News[], language: Language, now: number): Announcement | null {
  const first = rank.find((name) => news.some((one) => one.name === name))
  if (!first) return null
  const bell = first === 'bell' ? [speechWords[language].bell] : []
  const said = (name: News['name']) => say(name, dedupe(news, name), language, now)
  const fresh = dedupe(news, 'new')
  if (fresh.length <= maxRead) return { tone: first, sentences: [...bell, ...rank.flatMap(said)] }
  // One sentence for a burst: it names those that are late already, then counts.
  const late = sortTickets([
    ...new Map([...dedupe(news, 'late'), ...fresh.filter(isLate)].map((one) => [one.id, one])).values(),
  ])
  return {
    tone: first,
    sentences: [
      ...bell,
      ...said('cancelled'),
      ...utterances([[...say('late', late, language, now), ...said('new')].join(' ')]),
      ...rank.slice(rank.indexOf('late') + 1, -1).flatMap(said),
    ],
  }

  function isLate(ticket: Ticket) {
    return dueAt(ticket) <= now
  }
}

/** Six events of one ticket are one piece of news: its latest. */
function dedupe(news: readonly News[], name: News['name']): Ticket[] {
  const tickets = new Map<string, Ticket>()
  for (const one of news) if (one.name === name && 'ticket' in one) tickets.set(one.ticket.id, one.ticket)
  return [...tickets.values()]
}

function say(name: News['name'], tickets: Ticket[], language: Language, now: number): string[] {
  const words = speechWords[language]
  if (name === 'bell') return []
  if (tickets.length === 0) return []
  const each = (opening: (number: string) => string) =>
    tickets.length > maxRead
      ? [
          words.newOrders(
            tickets.length,
            tickets.reduce((sum, ticket) => sum + pizzasOf(ticket), 0),
          ),
        ]
      : tickets.flatMap((ticket) => sayTicket(ticket, language, now, opening(numberOf(ticket))))
  switch (name) {
    case 'new':
      return each(words.order)
    case 'changed':
      return tickets.length > maxRead
        ? utterances(tickets.map((ticket) => words.changed(numberOf(ticket))))
        : each(words.changed)
    case 'recalled':
      return tickets.map((ticket) => words.back(numberOf(ticket)))
    case 'undone':
      return tickets.map((ticket) => words.undone(numberOf(ticket)))
    case 'cancelled':
      return tickets.length > maxRead
        ? [words.manyCancelled(tickets.length)]
        : tickets.map((ticket) => words.cancelled(numberOf(ticket)))
    case 'late':
      return tickets.length > 1
        ? utterances([words.manyLate(tickets.map(numberOf))])
        : tickets.map((ticket) => words.late(numberOf(ticket)))
    default:
      return name satisfies never
  }
}
