import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { down, eventPage, snapshot, up } from '../../shared/live/messages.ts'
import { protocol, subprotocol } from '../../shared/live/version.ts'

/**
 * The wire of each version, as a hash of its schemas. When this fails, the wire has changed: raise `protocol` in
 * version.ts, write a line of history in messages.ts, and add the new hash here. A change that old clients and old
 * servers both ignore (a new optional field, a new kind) may keep the number, but needs its line and its hash too.
 */
const wires: Record<string, string> = {
  1: 'e2c16fc8e08ce234',
  '1b': '755362d38d32dc59',
  '1c': 'de9eae0fd9d6fcf8',
  '1d': '3c4740db473a0b78',
  '1e': 'e6a9aee51dd2cf17',
}

/** The same text for the same schema, whatever the order of its keys. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  )
}
const hash = () =>
  createHash('sha256')
    .update(
      JSON.stringify(
        [up, down, snapshot, eventPage].map((schema) => canonical(z.toJSONSchema(schema, { io: 'input' }))),
      ),
    )
    .digest('hex')
    .slice(0, 16)
/** `History: 1, first version.` and, below it, ` *  2, …`: the versions that have a line. */
const history =
  /History:(?<lines>[\s\S]*?)\*\//.exec(readFileSync(new URL('../../shared/live/messages.ts', import.meta.url), 'utf8'))
    ?.groups?.lines ?? ''

it('[MSG-4] the wire is the one that this version stands for', () => {
  const known = Object.entries(wires).at(-1)!
  expect(known[1], 'the wire has changed: see the comment above').toBe(hash())
  expect(Number.parseInt(known[0])).toBe(protocol)
})

it('[MSG-4] every version of the wire has its line of history', () => {
  const lines = [...history.matchAll(/(?:^|\*)\s*(\d+[a-z]?),/g)].map(([, version]) => version)
  expect(lines).toEqual(Object.keys(wires))
})

it('[MSG-4] the subprotocol carries the version', () => {
  expect(subprotocol).toBe(`comanda.v${protocol}`)
})
