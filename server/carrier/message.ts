import type { Tx } from '../../db/store.ts'
import type { LogEvent } from '../../shared/live/events.ts'
import type { WireEvent } from '../../shared/live/messages.ts'
import type { Audience } from '../../shared/live/streams.ts'
import { activeStates } from '../../shared/order/moves.ts'
import type { Project } from '../live/projector.ts'
import { streamKinds } from '../live/stream-kinds.ts'
import type { OpenStream } from '../live/streams/kind.ts'
import { mayTravel } from './privacy.ts'

/** One message for a carrier's channel. */
export interface CarrierMessage {
  /** What the channel shows; its name is the outlet's concern. */
  stream: Pick<OpenStream, 'audience' | 'key'>
  /** Of a private channel: what its name ends in, until somebody's session ends (`channels.ts`). */
  word: string
  /** `moved`: the channel has another name now. */
  name: 'event' | 'heartbeat' | 'moved'
  /** JSON */ data: string
  /** The same for the same event, so that a carrier may drop what comes twice. */
  id: string
}

/** How the log that is published is told from others, and its private channels from those before. */
export interface Naming {
  epoch: string
  word: string
}

/** The pizzeria's own streams; each order has one more. */
export const carried = ['menu', 'board', 'kitchen', 'counter'] as const satisfies Audience[]
/** Orders whose heads are said, the soonest first; the pages of the others stay on our own lines. */
const maxOrderBeats = 200
/** Above this the position goes alone (bytes): carriers take 10 kB at most, and some count the envelope. */
const maxDataBytes = 9000

export const carriedStream = (audience: Audience, key: string, pizzeria = key): OpenStream => ({
  name: `${audience}:${key}`,
  audience,
  key,
  pizzeria,
  kind: streamKinds[audience],
})

/** What one event becomes on a carrier: at most once in each channel, and in the order of the log. */
export function messagesOf(project: Project, { epoch, word }: Naming, event: LogEvent): CarrierMessage[] {
  const { pizzeria, subject } = event
  const streams: OpenStream[] = carried.map((audience) => carriedStream(audience, pizzeria))
  if (subject.startsWith('order:')) streams.push(carriedStream('order', subject.slice('order:'.length), pizzeria))
  return streams
    .filter((stream) => stream.kind.concerns(stream)(event))
    .map((stream) => {
      const position = stream.kind.positionOf(event)
      const whole = mayTravel(stream.audience, event) ? JSON.stringify({ ...project(stream, event), epoch }) : null
      const fits = whole !== null && Buffer.byteLength(whole) <= maxDataBytes
      const data = fits ? whole : JSON.stringify({ position })
      return { stream, word, name: 'event', data, id: `${epoch}.${position}` }
    })
}

/**
 * The heads of all that can still change, so that a client finds out that the last event got lost, and may claim to be
 * live. `now` in ms.
 */
export async function beatsOf(tx: Tx, { epoch, word }: Naming, pizzeria: string, now: number) {
  const at = new Date(now).toISOString()
  const say = (stream: OpenStream, head: number): CarrierMessage => {
    const data = JSON.stringify({ now: at, head, epoch })
    return { stream, word, name: 'heartbeat', data, id: `${epoch}.${head}.${now}` }
  }
  const orders = (await tx.ordersIn(pizzeria, activeStates)).slice(0, maxOrderBeats)
  const beats = orders.map(({ tracking, version }) => say(carriedStream('order', tracking, pizzeria), version))
  for (const audience of carried) {
    const stream = carriedStream(audience, pizzeria)
    beats.unshift(say(stream, (await stream.kind.head(tx, stream)).position))
  }
  return beats
}

/** Tells those who listen on the private channels of before that these have other names. */
export const movedOf = (pizzeria: string, word: string): CarrierMessage[] =>
  (['kitchen', 'counter'] as const).map((audience) => ({
    stream: carriedStream(audience, pizzeria),
    word,
    name: 'moved',
    data: '{}',
    id: `moved.${word}`,
  }))

/** What a message becomes when the carrier finds it too large. */
export const shortened = (message: CarrierMessage): CarrierMessage =>
  message.name === 'event'
    ? { ...message, data: JSON.stringify({ position: (JSON.parse(message.data) as WireEvent).position }) }
    : message
