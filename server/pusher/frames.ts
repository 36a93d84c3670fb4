import type { WireEvent } from '../../shared/live/messages.ts'
import { parseStream } from '../../shared/live/streams.ts'
import { textFrame, type EventEncoder } from '../live/frames.ts'
import { channelOf, type Visibility } from './channels.ts'
import type { PusherApp } from './signature.ts'

/**
 * Why a connection of the Pusher protocol ended, or what was refused on it. 4000 to 4099: the client stops; to 4199: it
 * comes back after a second or more; to 4299: at once; from 4300 on: one message was refused, and all goes on.
 */
export const pusherCodes = {
  4001: 'The application does not exist.',
  4007: 'This version of the protocol is not spoken here; it is 7.',
  4009: 'Not authorised.',
  4100: 'Too much at once; come back later.',
  4200: 'Come back.',
  4201: 'No sign of life came in time.',
  4300: 'That was no message of this protocol.',
  4301: 'Client events are not accepted.',
} as const
export type PusherCode = keyof typeof pusherCodes

/** One frame of the protocol: what it carries is JSON within JSON. */
export const frame = (event: string, data: unknown, channel?: string) =>
  textFrame(JSON.stringify({ event, ...(channel !== undefined && { channel }), data: JSON.stringify(data) }))

/** The same for data that its sender has made into text already. */
export const rawFrame = (event: string, data: string, channel: string, more: object = {}) =>
  textFrame(JSON.stringify({ event, channel, data, ...more }))

let beats = { now: '', frames: new Map<string, Buffer>() }

/** The heartbeat of a channel: all who are told in the same moment get the same bytes. */
export function heartbeatFrame(channel: string, said: { now: string; head: number; epoch: string }): Buffer {
  if (said.now !== beats.now) beats = { now: said.now, frames: new Map() }
  const key = `${channel} ${said.epoch}:${said.head}`
  const known = beats.frames.get(key) ?? frame('heartbeat', said, channel)
  beats.frames.set(key, known)
  return known
}

/** The one message whose data is no text. */
export const errorFrame = (code: PusherCode, message: string = pusherCodes[code]) =>
  textFrame(JSON.stringify({ event: 'pusher:error', data: { code, message } }))

/** Our events as stock clients read them, for the channels of one visibility. */
export function eventEncoder(app: PusherApp, visibility: Visibility): EventEncoder {
  const names = new Map<string, string>()
  return {
    name: `pusher ${visibility}`,
    event(stream: string, _epoch: string, event: WireEvent) {
      return frame('event', event, channelName(stream))
    },
  }

  /** A name costs a signature, and each event of a stream has the same. */
  function channelName(stream: string): string {
    const known = names.get(stream)
    if (known !== undefined) return known
    if (names.size >= 1000) names.clear()
    const name = channelOf(parseStream(stream)!, visibility, app)
    names.set(stream, name)
    return name
  }
}
