import { anything, int, isObject, list, maybe, number, object, position, record, text } from './checks.ts'
import type { Check, Fields } from './checks.ts'
import type { Down, EventPage, WireEvent, Snapshot } from '../messages.ts'

/* What `down`, `snapshot` and `eventPage` of messages.ts accept, without zod (MSG-1). */
const reasons: unknown[] = ['epoch', 'old', 'future', 'many'] satisfies Extract<Down, { kind: 'resync' }>['reason'][]

const event: Fields<WireEvent> = {
  position,
  id: maybe(text),
  type: maybe(text),
  at: maybe(text),
  order: maybe(text),
  version: maybe(int),
  data: anything,
}
export const isEvent = object(event)

const kinds: { [K in Down['kind']]: Fields<Omit<Extract<Down, { kind: K }>, 'kind'>> } = {
  welcome: { protocol: int, connection: text, now: text, heartbeat: int, build: text },
  joined: { stream: text, epoch: text, position, head: position },
  resync: { stream: text, reason: (value) => reasons.includes(value), epoch: maybe(text), position: maybe(position) },
  event: { ...event, stream: text },
  events: { stream: text, events: list(isEvent) },
  heartbeat: {
    now: text,
    heads: record(position),
    build: maybe(text),
  },
  pong: { n: number, now: text },
  error: { code: text, ref: maybe(text) },
  bye: { code: int, retryIn: number },
}

/** A message, or null for anything that is not one of ours: an unknown kind, broken text, a captive portal's page. */
export function readDown(raw: string): Down | null {
  let value: unknown
  try {
    value = JSON.parse(raw)
  } catch {
    return null
  }
  if (!isObject(value) || typeof value.kind !== 'string' || !Object.hasOwn(kinds, value.kind)) return null
  return object(kinds[value.kind as Down['kind']] as Record<string, Check>)(value) ? (value as Down) : null
}

export const isSnapshot = object<Snapshot>({
  stream: text,
  epoch: text,
  position,
  now: text,
  build: maybe(text),
  state: (value) => value !== undefined,
}) as (value: unknown) => value is Snapshot

export const isEventPage = object<EventPage>({
  events: list(isEvent),
  position,
  now: maybe(text),
  build: maybe(text),
}) as (value: unknown) => value is EventPage
