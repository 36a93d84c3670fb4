import type { Down } from '../../shared/live/messages.ts'
import type { Target } from './orders.ts'
import { until } from './until.ts'

type Message<K extends Down['kind']> = Extract<Down, { kind: K }>

/** A bare reader of Server-Sent Events: keeps every byte and every message. */
export interface TestSse {
  status: number
  headers: Headers
  heard: Down[]
  raw: () => string
  /** The cursors that came as ids. */
  ids: () => string[]
  /** The first matching message, among all that came or will come. */
  next: <K extends Down['kind']>(kind: K, fits?: (message: Message<K>) => boolean) => Promise<Message<K>>
  ended: Promise<void>
  close: () => void
}

/** Opens a stream's live connection; resolves with the headers. */
export async function openSse(
  target: Target,
  stream: string,
  { cookie, after, lastEventId }: { cookie?: string; after?: string; lastEventId?: string } = {},
): Promise<TestSse> {
  const abort = new AbortController()
  const answer = await fetch(`${target.url}/api/streams/${stream}/sse${after ? `?after=${after}` : ''}`, {
    signal: abort.signal,
    headers: { ...(cookie && { cookie }), ...(lastEventId && { 'last-event-id': lastEventId }) },
  })
  let raw = ''
  const heard: Down[] = []
  let read = 0
  const ended = (async () => {
    const decoder = new TextDecoder()
    for await (const part of answer.body ?? []) {
      raw += decoder.decode(part as Uint8Array, { stream: true })
      for (let end = raw.indexOf('\n\n', read); end >= 0; read = end + 2, end = raw.indexOf('\n\n', read)) {
        const data = raw
          .slice(read, end)
          .split('\n')
          .find((line) => line.startsWith('data: '))
        if (data) heard.push(JSON.parse(data.slice('data: '.length)) as Down)
      }
    }
  })().catch(() => {})
  return {
    status: answer.status,
    headers: answer.headers,
    heard,
    ended,
    raw: () => raw,
    ids: () => [...raw.matchAll(/^id: (.+)$/gm)].map(([, id]) => id!),
    next: (kind, fits = () => true) =>
      until(
        () =>
          heard.find((message) => message.kind === kind && fits(message as Message<typeof kind>)) as
            Message<typeof kind> | undefined,
      ),
    close: () => abort.abort(),
  }
}
