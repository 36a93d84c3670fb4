import { z } from 'zod'
import { duty, screenReport } from '../order/views.ts'
import { cursorText, streamName } from './streams.ts'

/**
 * The wire, version 1: text JSON, one object a message, told apart by `kind`. Unknown fields and unknown kinds
 * are ignored on both ends, so that old and new builds can talk during a deployment.
 * History: 1, first version.
 * 1b, `shown` may name what was painted (`orders`, `duty`), and a report says what a screen answers for: optional, so
 * that who does not know of them reads on.
 * 1c, `resync` says where the line goes on, and it does: a client that only listens is not left without events.
 * 1d, a page of events says the server's time.
 * 1e, and its build, so that a page that polls hears of a newer one.
 */
export { protocol, subprotocol } from './version.ts'

const position = z.int().min(0)

/** Orders that one `shown` may name: about 6 KB, well below the longest frame. */
export const maxNamed = 200

/**
 * What a visible page has painted. With `orders`: these, as far as the screen's `duty` shows them. Without, as older
 * builds say it: everything up to the position.
 */
export const shownBody = z.object({
  position,
  orders: z.array(z.string().max(40)).max(maxNamed).optional(),
  duty: duty.optional(),
})

/** Most streams of one connection. */
export const maxStreams = 10

export const up = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('hello'),
    protocol: z.int(),
    /** A kitchen screen's own id, made once per browser: health and proof of display are kept under it. */
    device: z
      .string()
      .regex(/^[\w-]{8,64}$/)
      .optional(),
    streams: z
      .array(z.object({ stream: streamName, after: cursorText.optional() }))
      .min(1)
      .max(maxStreams),
  }),
  z.object({ kind: z.literal('pull'), stream: streamName, after: cursorText }),
  shownBody.extend({ kind: z.literal('shown'), stream: streamName }),
  screenReport.extend({ kind: z.literal('report') }),
  z.object({ kind: z.literal('ping'), n: z.number() }),
])
export type Up = z.input<typeof up>
export type UpParsed = z.infer<typeof up>

/**
 * One event as an audience sees it. Without `type` it is a position alone: nothing of it is visible to this audience.
 */
export const liveEvent = z.object({
  position,
  id: z.string().optional(),
  type: z.string().optional(),
  /** ISO 8601 UTC */
  at: z.string().optional(),
  order: z.string().optional(),
  version: z.int().optional(),
  /** The projected state after the change. Apply by `version`: a repeat changes nothing. */
  data: z.unknown().optional(),
})
export type WireEvent = z.infer<typeof liveEvent>

export const resyncReason = z.enum(['epoch', 'old', 'future', 'many'])
export type ResyncReason = z.infer<typeof resyncReason>

export const down = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('welcome'),
    protocol: z.int(),
    connection: z.string(),
    now: z.string(),
    heartbeat: z.int(),
    build: z.string(),
  }),
  z.object({ kind: z.literal('joined'), stream: z.string(), epoch: z.string(), position, head: position }),
  /** `epoch` and `position`: where what comes begins, until a `pull` asks for another place. */
  z.object({
    kind: z.literal('resync'),
    stream: z.string(),
    reason: resyncReason,
    epoch: z.string().optional(),
    position: position.optional(),
  }),
  liveEvent.extend({ kind: z.literal('event'), stream: z.string() }),
  z.object({ kind: z.literal('events'), stream: z.string(), events: z.array(liveEvent) }),
  z.object({
    kind: z.literal('heartbeat'),
    now: z.string(),
    heads: z.record(z.string(), position),
    build: z.string().optional(),
  }),
  z.object({ kind: z.literal('pong'), n: z.number(), now: z.string() }),
  z.object({ kind: z.literal('error'), code: z.string(), ref: z.string().optional() }),
  z.object({ kind: z.literal('bye'), code: z.int(), retryIn: z.number() }),
])
export type Down = z.infer<typeof down>

/** The answer of `GET /api/streams/{stream}`. */
export const snapshot = z.object({
  stream: z.string(),
  epoch: z.string(),
  position,
  now: z.string(),
  build: z.string().optional(),
  state: z.unknown(),
})
export interface Snapshot<State = unknown> {
  stream: string
  epoch: string
  position: number
  /** ISO 8601 UTC, the server's clock */ now: string
  build?: string
  state: State
}

/** The answer of `GET /api/streams/{stream}/events`. */
export const eventPage = z.object({
  events: z.array(liveEvent),
  position,
  /** ISO 8601 UTC, the server's clock; missing from older builds. */
  now: z.string().optional(),
  /** Missing from older builds. */
  build: z.string().optional(),
})
export type EventPage = z.infer<typeof eventPage>
