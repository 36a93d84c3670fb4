import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { seedDemo } from '../../db/demo/seed.ts'
import { eventsAfter } from '../../server/live/catch-up.ts'
import { maxBufferEvents } from '../../server/live/channel.ts'
import { encoders } from '../../server/live/frames.ts'
import { createProjector } from '../../server/live/projector.ts'
import { streamKinds } from '../../server/live/stream-kinds.ts'
import { startSession } from '../../server/staff/sessions.ts'
import type { CloseCode } from '../../shared/live/close-codes.ts'
import type { LogEvent, NewEvent } from '../../shared/live/events.ts'
import { audiences, parseStream } from '../../shared/live/streams.ts'
import type { Session } from '../../shared/staff/session.ts'
import { buildEvent, buildOrder } from '../support/build.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { startNode, type LiveNode } from '../support/live-node.ts'

const order = buildOrder()
const good = (version: number) => buildEvent({ ...order, version }, { id: `good-${version}`, version })
const broken = (event: LogEvent, over: object) => ({ ...event, ...over }) as LogEvent
/** What the log may hold after another build, or after a manual repair. */
const rubbish: [string, object][] = [
  ['an order that is null', { data: null }],
  ['an order that is a word', { data: 'gone' }],
  ['an order without its lines', { data: { ...order, lines: undefined } }],
  ['an order whose customer is missing', { data: { ...order, customer: null } }],
  ['a menu change that is null', { type: 'menu.changed', data: null }],
  ['an alarm without its order', { type: 'kitchen.unseen', data: { level: 1, since: 'now' } }],
  ['a time that is none', { at: Number.MAX_SAFE_INTEGER }],
]

let folder: string
let node: LiveNode
let session: Session
const clock = createFakeClock()
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'comanda-unprojectable-'))
  node = await startNode({ file: join(folder, 'comanda.db'), clock, bell: (from, ...rung) => from.hub.ring(...rung) })
  await node.store.write(null, (tx) => seedDemo(tx, 'hash'))
  session = await node.store.write('napoli', (tx) =>
    startSession(tx, {
      pizzeria: 'napoli',
      kind: 'staff',
      role: 'manager',
      name: 'R',
      screen: null,
      member: null,
      now: clock.now(),
    }),
  )
})
afterEach(async () => {
  await node.stop()
  rmSync(folder, { recursive: true, force: true })
})

const append = (events: (Partial<LogEvent> & NewEvent)[]) =>
  node.context.commit('napoli', async (_tx, append) => {
    for (const { position: _, ...event } of events) await append(event as NewEvent)
  })

/** A reader of a stream: the events it got, and how it ended. */
function listen(name: string, after: string | null) {
  const heard: { position: number; type?: string }[] = []
  const ended: number[] = []
  const sink = {
    encoder: encoders.sse,
    full: false,
    write: (bytes: Buffer) =>
      heard.push(
        ...[...bytes.toString().matchAll(/^data: (.*)$/gm)]
          .map(([, text]) => JSON.parse(text!) as { kind: string; position: number; type?: string })
          .filter(({ kind }) => kind === 'event'),
      ),
    buffered: () => 0,
    close: (code: CloseCode) => ended.push(code),
  }
  const connection = node.accept({ sink, session })
  const [epoch, position] = (after ?? '').split(':')
  connection.open(name, after ? { epoch: epoch!, position: Number(position) } : null)
  return { heard, ended }
}
const settle = async () => {
  for (let turn = 0; turn < 5; turn++) {
    await new Promise((resolve) => setImmediate(resolve))
    await node.store.read(async () => {})
  }
}
const epoch = () => node.store.read((tx) => tx.epoch())

describe('an event that cannot be projected', () => {
  it.each(rubbish)('[SRV-9] live, %s: sends its position alone, and the next one arrives', async (_, over) => {
    const readers = ['kitchen:napoli', 'counter:napoli', 'board:napoli'].map((name) => listen(name, null))
    await settle()
    await append([good(2), broken(good(3), over), good(4)])
    await settle()
    for (const { heard, ended } of readers) {
      expect(heard.map(({ position }) => position)).toEqual([1, 2, 3])
      expect(heard[2]).toMatchObject({ type: 'order.moved' })
      expect(ended).toEqual([])
    }
    // An audience that may not see it is not told anyway; the kitchen would have been.
    expect(readers[0]!.heard[1]).not.toHaveProperty('type')
  })

  it('[SRV-9] from the log, past the buffer: sends its position alone, and what follows', async () => {
    const first = listen('kitchen:napoli', null)
    await settle()
    const bad = broken(good(2), { data: null })
    await append([bad, ...Array.from({ length: maxBufferEvents + 20 }, (_, index) => good(index + 3))])
    await settle()
    const late = listen('kitchen:napoli', `${await epoch()}:0`)
    await settle()
    await expect.poll(() => late.heard.length).toBe(maxBufferEvents + 21)
    expect(late.heard[0]).toEqual({ kind: 'event', stream: 'kitchen:napoli', position: 1 })
    expect(late.heard[1]).toMatchObject({ position: 2, type: 'order.moved' })
    expect([...late.ended, ...first.ended]).toEqual([])
  })

  it('[SRV-9] in a page of events: is its position alone', async () => {
    await append([good(2), broken(good(3), { data: null }), good(4)])
    const project = createProjector(node.context)
    const page = await eventsAfter(
      { store: node.store, project },
      { stream: parseStream('counter:napoli'), session, after: { epoch: await epoch(), position: 0 } },
    )
    expect(page.position).toBe(3)
    expect(page.events.map(({ position }) => position)).toEqual([1, 2, 3])
  })

  it('[SRV-9] is counted each time, by audience, and logged once', async () => {
    const logged: unknown[][] = []
    const logger = { error: (...line: unknown[]) => logged.push(line) } as never
    const project = createProjector({ metrics: node.context.metrics, logger })
    const counted = async () =>
      (await node.context.metrics.unprojectable.get()).values.find(({ labels }) => labels.audience === 'kitchen')
        ?.value ?? 0
    const before = await counted()
    const stream = { ...parseStream('kitchen:napoli')!, kind: streamKinds.kitchen, pizzeria: 'napoli' }
    for (let again = 0; again < 3; again++)
      expect(project(stream, broken(good(7), { position: 9, data: null }))).toEqual({ position: 9, data: undefined })
    expect((await counted()) - before).toBe(3)
    expect(logged).toHaveLength(1)
    expect(logged[0]![0]).toMatchObject({ audience: 'kitchen', pizzeria: 'napoli', position: 9, type: 'order.moved' })
  })

  it.each(audiences)('[SRV-9] in a stream of %s, whatever the row holds', (audience) => {
    const project = createProjector({ metrics: node.context.metrics, logger: node.context.logger })
    const stream = { name: `${audience}:x`, audience, key: 'x', pizzeria: 'napoli', kind: streamKinds[audience] }
    for (const [, over] of rubbish) {
      const event = broken(good(3), { position: 8, ...over })
      expect(project(stream, event).position).toBe(streamKinds[audience].positionOf(event))
    }
  })
})
