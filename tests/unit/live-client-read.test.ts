import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isEventPage, isSnapshot, readDown } from '../../shared/live/client/read.ts'
import { down, eventPage, snapshot } from '../../shared/live/messages.ts'
import { seed } from '../support/seed.ts'

const position = fc.nat()
const text = fc.string()
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })
const event = fc.record({
  position,
  id: maybe(text),
  type: maybe(text),
  at: maybe(text),
  order: maybe(text),
  version: maybe(fc.integer()),
  data: maybe(fc.jsonValue()),
})
const kind = <Kind extends string>(name: Kind) => ({ kind: fc.constant(name) })

const message = fc.oneof(
  fc.record({
    ...kind('welcome'),
    protocol: fc.integer(),
    connection: text,
    now: text,
    heartbeat: fc.integer(),
    build: text,
  }),
  fc.record({ ...kind('joined'), stream: text, epoch: text, position, head: position }),
  fc.record({
    ...kind('resync'),
    stream: text,
    reason: fc.constantFrom('epoch', 'old', 'future', 'many'),
    epoch: maybe(text),
    position: maybe(position),
  }),
  event.chain((value) => fc.record({ ...kind('event'), stream: text }).map((rest) => ({ ...rest, ...value }))),
  fc.record({ ...kind('events'), stream: text, events: fc.array(event, { maxLength: 3 }) }),
  fc.record({
    ...kind('heartbeat'),
    now: text,
    heads: fc.dictionary(text, position, { maxKeys: 3 }),
    build: maybe(text),
  }),
  fc.record({ ...kind('pong'), n: fc.double({ noNaN: true, noDefaultInfinity: true }), now: text }),
  fc.record({ ...kind('error'), code: text, ref: maybe(text) }),
  fc.record({ ...kind('bye'), code: fc.integer(), retryIn: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
)
const wrong = fc.constantFrom<unknown>(undefined, null, -1, 0.5, 1e300, '', 'x', [], {}, true, [null], { a: -1 }, [
  { position: 1 },
])

/** A message with one invalid field, or with a field that nobody knows. */
const damaged = fc.tuple(message, fc.nat(), wrong, fc.boolean()).map(([whole, at, value, added]) => {
  const keys = Object.keys(whole)
  return { ...whole, [added ? 'unknown' : keys[at % keys.length]!]: value }
})

describe('reading the wire without its schemas', () => {
  const agree = (value: unknown) => {
    const raw = JSON.stringify(value)
    const read = readDown(raw)
    const parsed = down.safeParse(JSON.parse(raw))
    expect(read !== null, raw).toBe(parsed.success)
    if (parsed.success) expect(read).toMatchObject(parsed.data)
  }

  it('[MSG-1] accepts what the schema accepts', () => {
    fc.assert(
      fc.property(message, (value) => {
        expect(readDown(JSON.stringify(value))).not.toBeNull()
        agree(value)
      }),
      { seed, numRuns: 500 },
    )
  })

  it('[MSG-1] refuses what the schema refuses', () => {
    fc.assert(fc.property(fc.oneof(damaged, fc.jsonValue()), agree), { seed, numRuns: 2_000 })
  })

  it.each([
    '',
    '{',
    'null',
    '[]',
    '"x"',
    '<!doctype html>',
    '{"kind":"__proto__"}',
    '{"kind":"toString"}',
    '{"kind":"later"}',
  ])('[MSG-1] ignores %s', (raw) => {
    expect(readDown(raw)).toBeNull()
  })

  it('[STR-2] reads a snapshot as the schema does', () => {
    const field = fc.oneof(
      fc.record({ stream: text, epoch: text, position, now: text, build: maybe(text), state: fc.jsonValue() }),
    )
    fc.assert(
      fc.property(
        field,
        fc.constantFrom('stream', 'epoch', 'position', 'now', 'build', 'state', 'none'),
        wrong,
        (whole, key, value) => {
          const raw = JSON.parse(JSON.stringify({ ...whole, [key]: value })) as unknown
          expect(isSnapshot(raw)).toBe(snapshot.safeParse(raw).success)
        },
      ),
      { seed, numRuns: 1_000 },
    )
    expect(isSnapshot('<html>')).toBe(false)
  })

  it('[STR-3] reads a page of the log as the schema does', () => {
    const events = fc.array(event, { maxLength: 3 })
    const page = fc.record({ events, position, now: maybe(text), build: maybe(text) })
    fc.assert(
      fc.property(page, fc.constantFrom('events', 'position', 'now', 'build', 'none'), wrong, (whole, key, value) => {
        const raw = JSON.parse(JSON.stringify({ ...whole, [key]: value })) as unknown
        expect(isEventPage(raw)).toBe(eventPage.safeParse(raw).success)
      }),
      { seed, numRuns: 1_000 },
    )
    expect(isEventPage('<html>')).toBe(false)
  })
})
