import { z } from 'zod'
import type { LogEvent } from '../../shared/live/events.ts'

/** What one node tells the others. */
export type News =
  /** Committed, in the order of the log. */
  | { kind: 'events'; epoch: string; events: LogEvent[] }
  /** Committed up to here; the events themselves were too large. */
  | { kind: 'head'; epoch: string; pizzeria: string; position: number }
  /** Events of this pizzeria were rewritten: what is kept of them in memory goes. */
  | { kind: 'forget'; pizzeria: string }

const position = z.int().min(1)
const event = z.looseObject({
  pizzeria: z.string(),
  position,
  id: z.string(),
  subject: z.string(),
  version: z.int(),
  type: z.string(),
  at: z.number(),
  actor: z.string(),
})
const word = z.object({
  node: z.string(),
  news: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('events'), epoch: z.string(), events: z.array(event) }),
    z.object({ kind: z.literal('head'), epoch: z.string(), pizzeria: z.string(), position }),
    z.object({ kind: z.literal('forget'), pizzeria: z.string() }),
  ]),
})

/** Null: nobody of ours has written this. */
export function readNews(text: string): { node: string; news: News } | null {
  try {
    return word.parse(JSON.parse(text)) as { node: string; news: News }
  } catch {
    return null
  }
}

/** As few words as hold all of it; what does not fit into one is told by its position. */
export function* writeNews(node: string, all: News[], maxBytes: number): Generator<string> {
  for (const news of joined(all)) {
    if (news.kind !== 'events') {
      yield write(node, news)
      continue
    }
    let piece: string[] = []
    // The frame of a word, with room for its names.
    let bytes = 200
    const { epoch } = news
    const end = () =>
      `{"node":${JSON.stringify(node)},"news":{"kind":"events","epoch":"${epoch}","events":[${piece.join()}]}}`
    for (const one of news.events) {
      const text = JSON.stringify(one)
      const size = Buffer.byteLength(text) + 1
      if (bytes + size > maxBytes && piece.length > 0) {
        yield end()
        piece = []
        bytes = 200
      }
      if (bytes + size > maxBytes) {
        const { pizzeria, position } = one
        yield write(node, { kind: 'head', epoch, pizzeria, position })
      } else {
        piece.push(text)
        bytes += size
      }
    }
    if (piece.length > 0) yield end()
  }
}

const write = (node: string, news: News) => JSON.stringify({ node, news })

/** Neighbours of one epoch are one. */
function joined(all: News[]): News[] {
  const result: News[] = []
  for (const news of all) {
    const last = result.at(-1)
    if (news.kind === 'events' && last?.kind === 'events' && last.epoch === news.epoch)
      result[result.length - 1] = { ...last, events: [...last.events, ...news.events] }
    else result.push(news)
  }
  return result
}
