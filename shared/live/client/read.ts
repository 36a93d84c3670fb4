import type { Down, LiveEvent, Snapshot } from '../messages.ts'

/*
 * What `down` and `snapshot` of messages.ts accept, without zod: that would be seven times the size of the whole
 * client, on every phone. Types tie each field to the schema, and a property test ties each answer to it (MSG-1).
 */
type Check = (value: unknown) => boolean
type Fields<T> = { [K in keyof T]-?: Check }

const text: Check = (value) => typeof value === 'string'
const number: Check = (value) => typeof value === 'number' && Number.isFinite(value)
const int: Check = Number.isSafeInteger
const position: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0
const anything: Check = () => true
const maybe =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value)
const reasons: unknown[] = ['epoch', 'old', 'future', 'many'] satisfies Extract<Down, { kind: 'resync' }>['reason'][]

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const object =
  <T>(fields: Fields<T>): Check =>
  (value) => {
    if (!isObject(value)) return false
    for (const name in fields) {
      if (!fields[name](value[name])) return false
    }
    return true
  }

const event: Fields<LiveEvent> = {
  position,
  id: maybe(text),
  type: maybe(text),
  at: maybe(text),
  order: maybe(text),
  version: maybe(int),
  data: anything,
}
const isEvent = object(event)

const kinds: { [K in Down['kind']]: Fields<Omit<Extract<Down, { kind: K }>, 'kind'>> } = {
  welcome: { protocol: int, connection: text, now: text, heartbeat: int, build: text },
  joined: { stream: text, epoch: text, position, head: position },
  resync: { stream: text, reason: (value) => reasons.includes(value) },
  event: { ...event, stream: text },
  events: { stream: text, events: (value) => Array.isArray(value) && value.every(isEvent) },
  heartbeat: {
    now: text,
    heads: (value) => isObject(value) && Object.values(value).every(position),
    build: maybe(text),
  },
  pong: { n: number, now: text },
  error: { code: text, ref: maybe(text) },
  bye: { code: int, retryIn: number },
}

/** A message, or null for whatever is none of ours: unknown kinds, broken text, a captive portal's page. */
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
