import type { TruthEvent } from '#shared/lab/record'
import { formatCursor, type Cursor } from '#shared/live/cursor'
import type { EventPage, WireEvent } from '#shared/live/messages'
import { fetchSnapshot } from '~/composables/live/snapshot'

const readEveryMs = 1_000
/** Ten minutes of orders. */
const maxTruth = 1_000

/** Reads the log itself, once a second: what every lane should show. */
export function createJudge(base: string, stream: string, changed: () => void) {
  let cursor: Cursor | null = null
  let isOver = false
  /** To be told the head by a reading that begins after now. */
  let asked: ((head: number) => void)[] = []
  const truth: TruthEvent[] = []

  async function read() {
    const waiting = asked
    asked = []
    try {
      if (!cursor) {
        const answer = await fetchSnapshot($fetch, stream)
        if (answer.name === 'snapshot') cursor = { epoch: answer.snapshot.epoch, position: answer.snapshot.position }
      } else {
        const answer = await fetch(`${base}api/streams/${stream}/events?after=${formatCursor(cursor)}`, {
          cache: 'no-store',
        })
        // Another epoch: the log goes on, and is read anew from its head.
        if (answer.status === 410) cursor = null
        if (answer.ok) take((await answer.json()) as EventPage)
      }
      if (cursor) for (const tell of waiting.splice(0)) tell(cursor.position)
    } catch {
      /* The server restarts; the next reading says more. */
    }
    asked.push(...waiting)
    if (isOver) return
    changed()
    setTimeout(read, readEveryMs)
  }
  function take({ events, position }: EventPage) {
    cursor = { ...cursor!, position }
    for (const event of events) if (event.type !== undefined) truth.push(asTruth(event))
    truth.splice(0, truth.length - maxTruth)
  }

  void read()
  return {
    truth,
    head: () => cursor?.position ?? 0,
    /** `run` gets the head of a reading that begins from now on. */
    nextHead: (run: (head: number) => void) => void asked.push(run),
    close: () => void (isOver = true),
  }
}

function asTruth({ position, data }: WireEvent): TruthEvent {
  const { number, state, test } = data as { number?: number; state?: string; test?: boolean }
  const label = number === undefined ? '·' : `${test ? 'T' : ''}${number}`
  return { position, label, state: state ?? '', seenAt: Date.now() }
}
