import { z } from 'zod'
import type { Cursor } from './cursor.ts'

/**
 * A stream is a resource with one address for everything: snapshot, log, live connections, authorisation, projection.
 * Its name is its address: `kitchen:napoli`, `order:9hX…`.
 */
export const audiences = ['kitchen', 'counter', 'board', 'menu', 'order'] as const
export type Audience = (typeof audiences)[number]

export interface Stream {
  name: string
  audience: Audience
  /** A pizzeria's id; a tracking id for `order`. */ key: string
}

const shape = new RegExp(`^(${audiences.join('|')}):([\\w-]{1,64})$`)
export const streamName = z.string().max(80).regex(shape)

/** The parts of a stream's name, or null when it is not a stream's name. */
export function parseStream(name: string): Stream | null {
  const found = shape.exec(name)
  return found ? { name, audience: found[1] as Audience, key: found[2]! } : null
}

export type { Cursor } from './cursor.ts'
export const cursorText = z.string().regex(/^[\w-]{1,40}:\d{1,15}$/)

/** Reads `epoch:position`, or null when it is not a cursor. */
export function parseCursor(value: string): Cursor | null {
  if (!cursorText.safeParse(value).success) return null
  const [epoch, position] = value.split(':') as [string, string]
  return { epoch, position: Number(position) }
}
