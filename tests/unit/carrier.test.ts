import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { seedDemo } from '../../db/demo/seed.ts'
import { carrierChannel, wordOf } from '../../server/carrier/channels.ts'
import { messagesOf, type CarrierMessage } from '../../server/carrier/message.ts'
import type { Outlet, Published } from '../../server/carrier/outlet.ts'
import { createPump } from '../../server/carrier/pump.ts'
import { startSession } from '../../server/staff/sessions.ts'
import { createProjector } from '../../server/live/projector.ts'
import type { LogEvent, NewEvent } from '../../shared/live/events.ts'
import { randomFrom } from '../../shared/random.ts'
import { buildEvent, buildOrder, noon } from '../support/build.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { startNode, type LiveNode } from '../support/live-node.ts'

let folder: string
let node: LiveNode
let clock: ReturnType<typeof createFakeClock>
beforeEach(async () => {
  clock = createFakeClock()
  folder = mkdtempSync(join(tmpdir(), 'comanda-carrier-'))
  node = await startNode({ file: join(folder, 'comanda.db'), clock, bell: () => {} })
  await node.store.write(null, (tx) => seedDemo(tx, 'hash'))
})
afterEach(async () => {
  await node.stop()
  rmSync(folder, { recursive: true, force: true })
})

const secret = {
  name: 'Grace Murray Hopper',
  phone: '+33699999999',
  note: 'ring the bell twice',
  tracking: 'key-of-it',
}
const order = (version: number, over = {}) =>
  buildOrder({
    version,
    tracking: secret.tracking,
    customer: { name: secret.name, phone: secret.phone },
    note: secret.note,
    ...over,
  })
const append = (count: number, from = 1) =>
  node.context.commit('napoli', async (_tx, append) => {
    for (let version = from; version < from + count; version++) {
      const { position: _, ...event } = buildEvent(order(version), { version, id: `e${version}` })
      await append(event as NewEvent)
    }
  })

/** A carrier that keeps a log of what it was sent, and answers what a test tells it to. */
function fakeCarrier(answer: (messages: CarrierMessage[]) => Published = () => ({ outcome: 'sent' })) {
  const log: CarrierMessage[] = []
  let open = 0
  const outlet: Outlet = {
    batch: 10,
    async publish(messages) {
      open += 1
      expect(open).toBe(1)
      await new Promise((resolve) => setImmediate(resolve))
      const published = answer(messages)
      if (published.outcome === 'sent') log.push(...messages)
      open -= 1
      return published
    },
  }
  const positions = (audience: string) =>
    log
      .filter(({ name, stream }) => name === 'event' && stream.audience === audience)
      .map(({ data }) => (JSON.parse(data) as { position: number }).position)
  return { log, outlet, positions, beats: () => log.filter(({ name }) => name === 'heartbeat') }
}
const project = () => createProjector(node.context)
const names = { secret: 'secret-of-the-carrier' }
const pumpTo = (outlet: Outlet, name = 'a') =>
  createPump({
    ...node.context,
    project: project(),
    outlet,
    wordOf: (tx, pizzeria, now) => wordOf(tx, names, pizzeria, now),
    node: name,
    random: () => 0.5,
  })
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at)

describe('the pump', () => {
  it('[CAR-1] publishes each event once, in order and one request at a time, from where it began', async () => {
    const { outlet, positions } = fakeCarrier()
    await append(3)
    const { pump } = pumpTo(outlet)
    await pump()
    expect(positions('board')).toEqual([])
    await append(120, 4)
    await pump()
    for (const audience of ['board', 'kitchen', 'counter']) expect(positions(audience)).toEqual(range(4, 123))
    expect(positions('order')).toEqual(range(4, 123))
    expect(positions('menu')).toEqual([])
    await pump()
    expect(positions('board')).toHaveLength(120)
  })

  it('[CAR-1] leaves nothing out when it dies at any moment: the next one goes on from the row', async () => {
    const random = randomFrom(7)
    const { outlet, positions } = fakeCarrier(() =>
      random() < 0.4 ? { outcome: 'failed', status: null } : { outcome: 'sent' },
    )
    await pumpTo(outlet, 'node 0').pump()
    for (let life = 1; life < 40; life++) {
      await append(7, 1 + (life - 1) * 7)
      // The node before it is dead: its place is free after ten seconds.
      await clock.advance(10_001)
      await pumpTo(outlet, `node ${life}`).pump()
    }
    const { outlet: well, positions: rest } = fakeCarrier()
    await clock.advance(10_001)
    await pumpTo(well, 'the last').pump()
    const all = [...positions('board'), ...rest('board')]
    const last = 39 * 7
    expect(new Set(all)).toEqual(new Set(range(1, last)))
    // Whoever drops what is not newer reads the log as it is.
    let newest = 0
    const read = all.filter((position) => position > newest && (newest = position))
    expect(read).toEqual(range(1, last))
  })

  it('[CAR-1] of several nodes one pumps, and another when it has died', async () => {
    const { outlet, positions } = fakeCarrier()
    const [a, b] = [pumpTo(outlet, 'a'), pumpTo(outlet, 'b')]
    await a.pump()
    await append(2)
    await b.pump()
    expect(positions('board')).toEqual([])
    await a.pump()
    expect(positions('board')).toEqual([1, 2])
    await append(1, 3)
    await clock.advance(10_001)
    await b.pump()
    expect(positions('board')).toEqual([1, 2, 3])
  })

  it('[CAR-1] writes nothing while there is nothing new, but for its place', async () => {
    const { outlet } = fakeCarrier()
    let writes = 0
    const write: typeof node.store.write = (...asked) => {
      writes += 1
      return node.store.write(...asked)
    }
    const store = { ...node.store, write }
    const pump = createPump({
      ...node.context,
      store,
      project: project(),
      outlet,
      wordOf: async () => 'w',
      node: 'a',
      random: () => 0,
    })
    for (let second = 0; second < 60; second++) {
      await pump.pump()
      await clock.advance(1000)
    }
    expect(writes).toBeLessThan(16)
  })

  it('[CAR-3] waits longer after each refusal, up to 30 s, and then sends what has come meanwhile', async () => {
    let isDown = true
    let asked = 0
    const { outlet, positions } = fakeCarrier(() => {
      asked += 1
      return isDown ? { outcome: 'failed', status: 503 } : { outcome: 'sent' }
    })
    const { pump } = pumpTo(outlet)
    await pump()
    await append(1)
    for (let second = 0; second < 120; second++) {
      await clock.advance(1000)
      await pump()
    }
    expect(asked).toBeLessThan(15)
    await append(1, 2)
    isDown = false
    await clock.advance(30_000)
    await pump()
    expect(positions('board')).toEqual([1, 2])
  })

  it('[CAR-2] sends the position alone where the carrier finds an event too large', async () => {
    const { outlet, log } = fakeCarrier((messages) =>
      messages.some(({ data }) => data.length > 100) ? { outcome: 'too_large' } : { outcome: 'sent' },
    )
    const { pump } = pumpTo(outlet)
    await pump()
    await append(2)
    await pump()
    const board = log.filter(({ name, stream }) => name === 'event' && stream.audience === 'board')
    expect(board.map(({ data }) => JSON.parse(data) as object)).toEqual([{ position: 1 }, { position: 2 }])
  })

  it('[CAR-3] says the head of each channel every ten seconds', async () => {
    const { outlet, beats } = fakeCarrier()
    const { pump } = pumpTo(outlet)
    await append(5)
    await pump()
    expect(beats().length).toBeGreaterThan(0)
    const board = beats().find(({ stream }) => stream.audience === 'board' && stream.key === 'napoli')!
    const epoch = await node.store.read((tx) => tx.epoch())
    expect(JSON.parse(board.data)).toEqual({ now: new Date(clock.now()).toISOString(), head: 5, epoch })
    const before = beats().length
    await pump()
    expect(beats()).toHaveLength(before)
    await clock.advance(10_000)
    await pump()
    expect(beats()).toHaveLength(2 * before)
  })
})

describe('the names of channels', () => {
  const staff = {
    pizzeria: 'napoli',
    kind: 'staff',
    role: 'kitchen',
    name: 'Rosa',
    screen: null,
    member: null,
  } as const
  const nameNow = () =>
    node.store.read(async (tx) =>
      carrierChannel({ audience: 'kitchen', key: 'napoli' }, await wordOf(tx, names, 'napoli', clock.now()), names),
    )

  it('[CAR-5] are other ones after a session has been ended, and on another day', async () => {
    const session = await node.store.write('napoli', (tx) => startSession(tx, { ...staff, now: clock.now() }))
    const before = await nameNow()
    expect(before).toMatch(/^private-kitchen\.napoli\.[0-9a-f]{16}$/)
    expect(await nameNow()).toBe(before)
    await node.store.write('napoli', (tx) => tx.endSession(session.id, clock.now()))
    const after = await nameNow()
    expect(after).not.toBe(before)
    // Who signs out twice has ended nothing more.
    await node.store.write('napoli', (tx) => tx.endSession(session.id, clock.now()))
    expect(await nameNow()).toBe(after)
    await clock.advance(24 * 60 * 60_000)
    expect(await nameNow()).not.toBe(after)
  })

  it('[CAR-5] change under the pump: it tells the old ones, and goes on under the new', async () => {
    const session = await node.store.write('napoli', (tx) => startSession(tx, { ...staff, now: clock.now() }))
    const { outlet, log } = fakeCarrier()
    const { pump } = pumpTo(outlet)
    await pump()
    await append(1)
    await pump()
    const before = log.find(({ stream, name }) => stream.audience === 'kitchen' && name === 'event')!.word
    await node.store.write('napoli', (tx) => tx.endSession(session.id, clock.now()))
    await append(1, 2)
    await pump()
    expect(log.filter(({ name }) => name === 'moved').map(({ word, stream }) => [stream.audience, word])).toEqual([
      ['kitchen', before],
      ['counter', before],
    ])
    const events = log.filter(({ stream, name }) => stream.audience === 'kitchen' && name === 'event')
    expect(events.map(({ word }) => word === before)).toEqual([true, false])
  })

  it('[CAR-5] say nothing of an order to who has not its tracking id, and nothing of it changes', () => {
    const order = { audience: 'order', key: 'key-of-it' } as const
    const name = carrierChannel(order, 'w', names)
    expect(name).toMatch(/^private-order\.[0-9a-f]{64}$/)
    expect(name).toBe(carrierChannel(order, 'another', names))
    expect(carrierChannel(order, 'w', { secret: 'another' })).not.toBe(name)
    expect(carrierChannel({ audience: 'board', key: 'napoli' }, 'w', names)).toBe('board.napoli')
  })
})

describe('what goes to a stranger’s server', () => {
  const sent = (event: LogEvent) => messagesOf(project(), { epoch: 'e', word: 'w' }, event)
  const dataFor = (event: LogEvent, audience: string) =>
    sent(event)
      .filter(({ stream }) => stream.audience === audience)
      .map(({ data }) => JSON.parse(data) as object)

  it('[CAR-2] holds no phone number, surname, note or tracking id, whatever has happened', () => {
    const types: [string, unknown][] = [
      ...['order.placed', 'order.moved', 'order.paid'].map((type) => [type, order(3)] as [string, unknown]),
      ['order.moved', order(4, { state: 'cancelled', cancelReason: secret.note })],
      ['kitchen.unseen', { id: 'o', level: 2, since: null, order: order(3) }],
    ]
    for (const [type, data] of types) {
      const event = { ...buildEvent(order(3)), type, data } as LogEvent
      const data2 = sent(event).map((message) => message.data + message.id)
      expect(data2.length).toBeGreaterThan(3)
      expect(data2.join()).not.toMatch(/Murray|Hopper|33699999999|bell|key-of-it/)
    }
  })

  it('[CAR-2] is the event where the public may see it, and in the kitchen where nobody has written anything', () => {
    const plain = buildEvent(order(3, { note: '' }))
    expect(dataFor(plain, 'board')).toMatchObject([{ position: 1, type: 'order.moved', data: { name: 'Grace' } }])
    expect(dataFor(plain, 'kitchen')).toMatchObject([{ position: 1, type: 'order.moved', data: { number: 42 } }])
    expect(dataFor(buildEvent(order(3)), 'kitchen')).toEqual([{ position: 1 }])
    expect(dataFor(plain, 'counter')).toEqual([{ position: 1 }])
    expect(dataFor(plain, 'order')).toEqual([{ position: 3 }])
  })

  it.each([
    ['Grace', 'whole', true],
    ['Grace Hopper', 'first', true],
    ['Grace Hopper', 'whole', false],
    ['Grace Hopper', 'initial', false],
    ['Mr Hopper', 'first', false],
    ['Hopper, Grace', 'first', false],
  ] as const)('[CAR-2] says no surname: %s, who is called by the way "%s"', (name, calledAs, travels) => {
    const named = buildEvent(order(3, { note: '', customer: { name, phone: null }, calledAs }))
    for (const audience of ['board', 'kitchen']) expect('data' in dataFor(named, audience)[0]!).toBe(travels)
  })

  it.each([
    ['a note on a line', { lines: order(3).lines.map((line) => ({ ...line, note: 'allergic' })) }],
    ['a table', { table: '7' }],
    ['what was struck', { amended: { at: noon, struck: [], fresh: [] } }],
    ['what cannot be read', { lines: order(3).lines.map((line) => ({ ...line, name: undefined })) }],
  ])('[CAR-2] is the position alone in the kitchen with %s', (_, over) => {
    const event = { ...buildEvent(order(3)), data: { ...order(3, { note: '' }), ...over } } as LogEvent
    expect(dataFor(event, 'kitchen')).toEqual([{ position: 1 }])
  })

  it('[CAR-2] is the position alone of a type that nobody has spoken of', () => {
    const event = { ...buildEvent(order(3)), type: 'order.unheard', data: { phone: secret.phone } } as never
    for (const audience of ['board', 'kitchen', 'counter']) expect(dataFor(event, audience)).toEqual([{ position: 1 }])
  })

  it('[CAR-2] is the position alone above 9 kB', () => {
    const lines = Array.from({ length: 60 }, () => order(3).lines[0]!)
    expect(dataFor(buildEvent(order(3, { note: '', lines })), 'kitchen')).toEqual([{ position: 1 }])
  })
})
