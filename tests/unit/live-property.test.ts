import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CarrierKind } from '../../shared/live/carrier.ts'
import type { Transport } from '../../shared/live/client/types.ts'
import { noFaults } from '../support/fake-network.ts'
import { openPage } from '../support/live-page.ts'
import { randomFrom, seed } from '../support/seed.ts'

type Page = ReturnType<typeof openPage>

const ms = (max: number) => fc.integer({ min: 0, max })
const transport = fc.constantFrom<Transport>('websocket', 'sse', 'pusher', 'ably')

/** Everything that may happen to a page, as data: a failing list shrinks to the shortest one that still fails. */
const happening = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      order: fc.constantFrom('a', 'b', 'c'),
      add: fc.integer({ min: 1, max: 9 }),
      visible: fc.boolean(),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.oneof(ms(50), ms(4_000), ms(70_000)) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('burst' as const), count: fc.constantFrom(5, 150, 230, 600) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('cut' as const),
      code: fc.constantFrom(1006, 1012, 4500, 4501, 4503, 4529),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), retryIn: ms(3_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restore' as const), lost: fc.integer({ min: 0, max: 8 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('retain' as const), keep: fc.integer({ min: 0, max: 5 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('net' as const),
      lose: fc.constantFrom(0, 0.2, 0.6),
      double: fc.constantFrom(0, 0.5),
      delay: fc.constantFrom(0, 100, 6_000),
      reorder: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('black' as const), on: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('transport' as const), transport, dead: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('carrierCut' as const, 'rename' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pump' as const), on: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('snapshot' as const), status: fc.constantFrom(null, 0, 503) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sleep' as const), ms: fc.oneof(ms(20_000), ms(600_000)) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('clock' as const), ms: fc.integer({ min: -86_400_000, max: 86_400_000 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('wake' as const, 'online' as const, 'bug' as const, 'shown' as const) }),
  },
)
type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never

async function happen({ server, clock, client, faults, skew, page, foreign }: Page, what: Happening) {
  switch (what.do) {
    case 'write':
      return server.write(what, what.visible)
    case 'pass':
      return clock.advance(what.ms)
    case 'burst':
      for (let add = 0; add < what.count; add++) server.write({ order: 'c', add: 1 })
      return
    case 'cut':
      return server.cut(what.code)
    case 'restart':
      return server.cut(1012, what.retryIn)
    case 'restore':
      return server.restore(what.lost)
    case 'retain':
      return server.retain(what.keep)
    case 'net':
      return void Object.assign(faults, {
        lose: what.lose,
        double: what.double,
        delay: what.delay,
        reorder: what.reorder,
      })
    case 'black':
      faults.black = what.on
      return
    case 'transport':
      return void (what.dead ? faults.dead.add(what.transport) : faults.dead.delete(what.transport))
    case 'carrierCut':
      return foreign?.cut()
    case 'rename':
      return foreign?.rename()
    case 'pump':
      if (foreign) foreign.isPumped = what.on
      return
    case 'snapshot':
      faults.snapshotStatus = what.status
      return
    case 'sleep':
      return clock.sleep(what.ms)
    case 'clock':
      skew.ms += what.ms
      return
    case 'wake':
      return client.wake()
    case 'online':
      return client.online()
    case 'bug':
      page.breakNext = true
      return
    case 'shown':
      return client.shown(client.position())
    default:
      what satisfies never
  }
}

/** A doubled message may be this late; after it everything is quiet, and the time limit starts. */
const settleMs = 90_000

async function expectToConverge(world: Page) {
  const { page, server, clock, faults, client, status } = world
  Object.assign(faults, noFaults())
  page.breakNext = false
  if (world.foreign) world.foreign.isPumped = true
  await clock.advance(settleMs)
  expect(page.at).toEqual({ epoch: server.epoch(), position: server.head() })
  expect(page.state).toEqual(server.state())
  expect(status().name).toBe('live')
  expect(Math.abs(client.serverNow() - clock.now())).toBeLessThan(10_000)

  server.write({ order: 'a', add: 100 })
  // To a carrier it is one step more.
  await clock.advance(world.foreign ? 140_000 : 70_000)
  expect(page.state).toEqual(server.state())
  expect(status()).toEqual({ name: 'live', transport: world.foreign?.kind ?? 'websocket' })
  expect(server.connections()).toEqual(world.foreign ? [] : ['websocket'])
  // Positions came one by one, each once: otherwise `openPage` throws, and the client reports it.
  expect(page.faults.map(String).filter((fault) => fault !== 'Error: a bug in a store')).toEqual([])
  client.dispose()
  await clock.advance(20_000)
}

async function run(happenings: Happening[], dice: number, bare = false, carrier?: CarrierKind) {
  const world = openPage({ random: randomFrom(dice), bare, carrier, device: 'device-123' })
  world.client.start()
  for (const what of happenings) await happen(world, what)
  await expectToConverge(world)
}

describe(`whatever happens (COMANDA_SEED=${seed})`, () => {
  it(
    '[CLI-7] the page ends with what the server has, each event applied once and in order',
    { timeout: 120_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(happening, { minLength: 1, maxLength: 40 }),
          fc.nat(),
          fc.boolean(),
          (list, dice, bare) => run(list, dice, bare),
        ),
        { seed, numRuns: Number(process.env.COMANDA_RUNS) || 150 },
      )
    },
  )

  it.each(['pusher', 'ably'] as const)(
    '[CAR-6] [CLI-7] it does so over a carrier too (%s), whatever that loses, doubles, delays, and when it dies',
    { timeout: 120_000 },
    async (carrier) => {
      const happenings = fc.array(happening, { minLength: 1, maxLength: 40 })
      await fc.assert(
        fc.asyncProperty(happenings, fc.nat(), (list, dice) => run(list, dice, false, carrier)),
        { seed, numRuns: Number(process.env.COMANDA_RUNS) || 100 },
      )
    },
  )
})
