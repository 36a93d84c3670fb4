import { audiences, parseStream, type Audience, type Stream } from '../../shared/live/streams.ts'
import { sameText } from '../ground/same-text.ts'
import { orderKey, type PusherApp } from './signature.ts'

export type Visibility = 'public' | 'private' | 'presence'

/** A channel's name, taken apart. */
export interface ChannelName {
  name: string
  visibility: Visibility
  /** What it shows of Comanda; null: a channel of the application's own. */
  ours: { audience: Audience; key: string } | null
}

const shape = /^[\w\-=@,.;]{1,200}$/
const ourShape = new RegExp(`^(?:private-|presence-)?(${audiences.join('|')})\\.(.*)$`)

/** The parts of a channel's name, or null when it is not one. */
export function parseChannel(name: string): ChannelName | null {
  if (!shape.test(name)) return null
  const prefix = /^(private|presence)-/.exec(name)?.[1] as 'private' | 'presence' | undefined
  const found = ourShape.exec(name)
  return {
    name,
    visibility: prefix ?? 'public',
    ours: found ? { audience: found[1] as Audience, key: found[2]! } : null,
  }
}

/** The stream that a channel shows. An order's name is no key: whoever opens it also has its tracking id. */
export function streamOf(
  { ours }: ChannelName,
  tracking: string | undefined,
  { secret }: Pick<PusherApp, 'secret'>,
): Stream | null {
  if (!ours) return null
  if (ours.audience !== 'order') return parseStream(`${ours.audience}:${ours.key}`)
  return tracking !== undefined && sameText(ours.key, orderKey(secret, tracking))
    ? parseStream(`order:${tracking}`)
    : null
}

/** What anybody may open, who needs no signature. */
export const isPublic = ({ audience }: Pick<Stream, 'audience'>) => audience === 'menu' || audience === 'board'

const prefixes: Record<Visibility, string> = { public: '', private: 'private-', presence: 'presence-' }

/** The channel that shows a stream. */
export function channelOf(
  { audience, key }: Pick<Stream, 'audience' | 'key'>,
  visibility: Visibility,
  { secret }: Pick<PusherApp, 'secret'>,
): string {
  return `${prefixes[visibility]}${audience}.${audience === 'order' ? orderKey(secret, key) : key}`
}
