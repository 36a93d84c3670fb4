import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { seedDemo } from '../../db/demo/seed.ts'
import type { Store } from '../../db/store.ts'
import { encoders } from '../../server/live/frames.ts'
import { createHub } from '../../server/live/hub.ts'
import { createProjector } from '../../server/live/projector.ts'
import { streamKinds } from '../../server/live/stream-kinds.ts'
import type { NewEvent } from '../../shared/live/events.ts'
import { parseStream } from '../../shared/live/streams.ts'
import { buildEvent, buildOrder } from '../support/build.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { startNode, type LiveNode } from '../support/live-node.ts'

let folder: string
let node: LiveNode
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'comanda-hub-'))
  // Nobody is rung: what this node commits, the others find in the log.
  node = await startNode({ file: join(folder, 'comanda.db'), clock: createFakeClock(), bell: () => {} })
  await node.store.write(null, (tx) => seedDemo(tx, 'hash'))
})
afterEach(async () => {
  await node.stop()
  rmSync(folder, { recursive: true, force: true })
})

const append = (version: number) =>
  node.context.commit('napoli', async (_tx, append) => {
    const { position: _, ...event } = buildEvent({ ...buildOrder(), version }, { id: `e${version}`, version })
    await append(event as NewEvent)
  })
const stream = { ...parseStream('kitchen:napoli')!, kind: streamKinds.kitchen, pizzeria: 'napoli' }
const sink = { encoder: encoders.sse, full: false, write: () => {}, buffered: () => 0, close: () => {} }

/** A database whose answers can be held back, as on a slow line. */
function slowLine(store: Store) {
  let answered = 0
  let held: { from: number; until: Promise<void> } | undefined
  let failing = 0
  const read: Store['read'] = async (work) => {
    const result = await store.read(work)
    answered += 1
    if (failing === answered) throw new Error('The line is cut.')
    if (held?.from === answered) await held.until
    return result
  }
  return {
    store: { ...store, read },
    /** Holds the answer to the read after so many others; returns what lets it go. */
    hold(others: number) {
      let go = () => {}
      held = { from: answered + others + 1, until: new Promise<void>((resolve) => (go = resolve)) }
      return go
    },
    /** The read after so many others fails. */
    fail: (others: number) => void (failing = answered + others + 1),
    answered: () => answered,
  }
}

it('[SRV-4] [CLI-2] a client from a quicker node goes on where it was while this one still reads', async () => {
  const line = slowLine(node.store)
  const hub = createHub({ ...node.context, store: line.store, project: createProjector(node.context) })
  const join = (position: number | null, epoch = '') =>
    hub.join({ stream, sink, end: () => {}, after: position === null ? null : { epoch, position } })
  const { epoch } = await join(null)
  await append(1)
  const go = line.hold(1)
  const before = line.answered()
  const tail = hub.tail()
  await expect.poll(line.answered).toBe(before + 2)
  // This node has read the first event, and has not heard of it yet; the client was shown the second one elsewhere.
  await append(2)
  const joining = join(2, epoch)
  await expect.poll(line.answered).toBe(before + 3)
  go()
  expect(await joining).toMatchObject({ resync: null, position: 2, head: 2 })
  await tail
})

it('[SRV-4] [CLI-2] a client from a quicker node goes on where it was while another joins its stream', async () => {
  const line = slowLine(node.store)
  const hub = createHub({ ...node.context, store: line.store, project: createProjector(node.context) })
  const join = (position: number | null, epoch = '', of = stream) =>
    hub.join({ stream: of, sink, end: () => {}, after: position === null ? null : { epoch, position } })
  const counter = { ...parseStream('counter:napoli')!, kind: streamKinds.counter, pizzeria: 'napoli' }
  const { epoch } = await join(null, '', counter)
  // The first of the kitchen has read the log when an event comes; it must read again for it.
  const goOn = line.hold(0)
  const first = join(null)
  await expect.poll(line.answered).toBe(2)
  await append(1)
  await hub.tail()
  const before = line.answered()
  const goOnAgain = line.hold(0)
  goOn()
  await expect.poll(line.answered).toBe(before + 1)
  expect(await join(1, epoch)).toMatchObject({ resync: null, position: 1, head: 1 })
  goOnAgain()
  expect(await first).toMatchObject({ resync: null, head: 1 })
})

it('[SRV-4] what a new channel could not read while it was read in is read again, not left out', async () => {
  const line = slowLine(node.store)
  const hub = createHub({ ...node.context, store: line.store, project: createProjector(node.context) })
  const counter = { ...parseStream('counter:napoli')!, kind: streamKinds.counter, pizzeria: 'napoli' }
  const join = (of: typeof stream) => hub.join({ stream: of, sink, end: () => {}, after: null })
  await join(counter)
  const goOn = line.hold(0)
  const joining = join(stream)
  await expect.poll(line.answered).toBe(2)
  await append(1)
  await hub.tail()
  const goOnAgain = line.hold(0)
  const before = line.answered()
  goOn()
  // It has read the first event and has not taken it yet: the second one is not its next, and the read for it fails.
  await expect.poll(line.answered).toBe(before + 1)
  await append(2)
  line.fail(2)
  await hub.tail()
  await expect.poll(line.answered).toBe(before + 4)
  goOnAgain()
  expect(await joining).toMatchObject({ head: 2 })
})
