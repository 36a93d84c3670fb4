import { describe, expect, it } from 'vitest'
import { createFaultyLane, faultyIo, type Note } from '../../shared/lab/faults.ts'
import { openNaivePusher, openNaiveRedis } from '../../shared/lab/naive.ts'
import { createRecord, graceMs, type TruthEvent } from '../../shared/lab/record.ts'
import { standInPusher, standInRedis, type Wire } from '../../shared/lab/stand-in.ts'
import { faultNames, laneNames, noSwitches, readActs, readSwitches, writeSwitches } from '../../shared/lab/switches.ts'
import { createLiveClient } from '../../shared/live/client/client.ts'
import type { LiveStatus, OwnTransport, PipeHandlers } from '../../shared/live/client/types.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { createFakeNetwork } from '../support/fake-network.ts'
import { createFakeServer, stream } from '../support/fake-server.ts'
import { randomFrom } from '../support/seed.ts'

describe('the link', () => {
  it('[LAB-5] sets the switches, and the switches make the same link', () => {
    const query = { cut: 'redis,pusher', drop: 'all', freeze: 'nobody', other: '1' }
    const switches = readSwitches(query)
    expect(switches).toEqual({ ...noSwitches(), cut: ['redis', 'pusher'], drop: [...laneNames] })
    expect(writeSwitches(switches)).toEqual({ cut: 'redis,pusher', drop: 'all' })
    expect(readSwitches(writeSwitches(switches))).toEqual(switches)
    expect(readSwitches({})).toEqual(noSwitches())
    expect(readActs({ act: 'epoch,doorbell,nothing' })).toEqual(['doorbell', 'epoch'])
  })
})

/** A far end that says what the test says. */
function openLane(random = () => 0) {
  const clock = createFakeClock()
  const notes: Note[] = []
  const lane = createFaultyLane({ ...clock, random }, (note) => notes.push(note))
  const heard: string[] = []
  const ends: number[] = []
  let far: (PipeHandlers & { open?(): void }) | null = null
  const open = (farewell?: string) =>
    lane.line(
      (handlers) => {
        far = handlers
        return { send() {}, close() {} }
      },
      { message: (text) => heard.push(text), closed: (code) => ends.push(code) },
      farewell,
    )
  return { clock, lane, notes, heard, ends, open, say: (text: string) => far!.message(text), far: () => far! }
}

describe('the faults of a lane', () => {
  it('[LAB-2] cut: the line ends with 1006, and no other opens until it is over', async () => {
    const { lane, open, ends, clock, say, heard } = openLane()
    open()
    lane.set('cut', true)
    await clock.advance(1_000)
    say('late')
    open()
    await clock.advance(1_000)
    expect([heard, ends]).toEqual([[], [1006, 1006]])
    lane.set('cut', false)
    open()
    say('again')
    expect(heard).toEqual(['again'])
  })

  it('[LAB-2] freeze: nothing comes, no close comes, and the line stays dead; a new one works', async () => {
    const { lane, open, ends, clock, say, heard, far } = openLane()
    open()
    lane.set('freeze', true)
    say('lost')
    far().closed(1012)
    lane.set('freeze', false)
    say('lost too')
    await clock.advance(600_000)
    expect([heard, ends]).toEqual([[], []])
    open()
    say('new')
    expect(heard).toEqual(['new'])
  })

  it('[LAB-2] delay: two seconds, in order; drop: gone; double: twice', async () => {
    const { lane, open, clock, say, heard, notes } = openLane()
    open()
    lane.set('delay', true)
    say('1')
    lane.set('delay', false)
    say('2')
    expect(heard).toEqual([])
    await clock.advance(2_000)
    expect(heard).toEqual(['1', '2'])
    lane.set('double', true)
    say('3')
    lane.set('double', false)
    lane.set('drop', true)
    say('4')
    expect(heard).toEqual(['1', '2', '3', '3'])
    expect(notes.at(-1)).toMatchObject({ text: '4', fate: 'lost' })
  })

  it('[LAB-2] reorder: a frame is overtaken', async () => {
    const turns = [0, 1, 0.9]
    const { lane, open, clock, say, heard } = openLane(() => turns.shift() ?? 0.9)
    open()
    lane.set('reorder', true)
    say('early')
    say('second')
    await clock.advance(5_000)
    expect(heard).toEqual(['second', 'early'])
  })

  it('[LAB-2] restart: our server says bye, others just end, and are back after two seconds', async () => {
    const { lane, open, clock, heard, ends } = openLane()
    open('{"kind":"bye"}')
    open()
    lane.restart()
    await clock.advance(100)
    expect([heard, ends]).toEqual([['{"kind":"bye"}'], [1012, 1006]])
    open()
    await clock.advance(1_000)
    expect(ends).toEqual([1012, 1006, 1006])
    await clock.advance(1_000)
    open()
    await clock.advance(1_000)
    expect(lane.size()).toBe(1)
  })

  it('[LAB-2] requests fail where the lane is cut, and never end where it is frozen', async () => {
    const { lane } = openLane()
    const ask = () => lane.ask('GET', async () => 'answer', String)
    expect(await ask()).toBe('answer')
    lane.set('freeze', true)
    expect(await Promise.race([ask(), Promise.resolve('nothing')])).toBe('nothing')
  })
})

/** All lanes but the carrier at one model of the server, with the client of our pages and the naive ones. */
function openLab(seed: number) {
  const clock = createFakeClock()
  const server = createFakeServer(clock)
  const random = randomFrom(seed)
  const network = createFakeNetwork(clock, server, random)
  const hearers = new Set<(name: string, data: unknown) => void>()
  const wire: Wire = {
    listen(hear) {
      hearers.add(hear)
      return () => void hearers.delete(hear)
    },
    isUp: () => true,
    onCut: () => () => {},
  }
  const soon = (run: () => void) => clock.setTimer(run, 1)
  const truth: TruthEvent[] = []
  const ground = { ...clock, random }
  const lanes = new Map(
    (['websocket', 'sse', 'polling', 'redis', 'pusher'] as const).map((name) => {
      const faulty = createFaultyLane(ground, () => {})
      const record = createRecord()
      let claim = ''
      if (name === 'redis' || name === 'pusher') {
        const open = name === 'redis' ? standInRedis(wire, soon) : standInPusher(wire, soon)
        const io = { ...clock, openSocket: (handlers: Parameters<typeof open>[0]) => faulty.line(open, handlers) }
        const on = {
          claims: (next: string) => void (claim = next),
          event: ({ position }: { position: number }) => record.take(position),
        }
        record.begin(1)
        if (name === 'redis') openNaiveRedis(io, on)
        else openNaivePusher('board.napoli', io, on)
      } else {
        const ways: OwnTransport[] = [name]
        const client = createLiveClient({
          stream,
          cursor: null,
          ways,
          io: faultyIo(network.io, faulty),
          on: {
            reset: ({ position }) => (record.hasBegun() ? record.cover(position, true) : record.begin(position)),
            apply: ({ position }) => record.take(position),
            status: (status: LiveStatus) =>
              void (claim = 'transport' in status ? `${status.name} ${status.transport}` : status.name),
          },
        })
        client.start()
      }
      const tally = () => record.tally(truth, truth.at(-1)?.position ?? 1, clock.now())
      return [name, { faulty, tally, claim: () => claim }] as const
    }),
  )
  let position = 1
  server.write({ order: 'a', add: 1 })
  return {
    clock,
    lanes,
    lane: (name: 'websocket' | 'sse' | 'polling' | 'redis' | 'pusher') => lanes.get(name)!,
    /** Orders for so many seconds, one a second. */
    async orders(seconds: number) {
      for (let second = 0; second < seconds; second++) {
        server.write({ order: 'a', add: 1 })
        position += 1
        for (const hear of hearers) hear('event', { position, type: 'order.placed', data: {} })
        truth.push({ position, label: `T${position}`, state: 'queued', seenAt: clock.now() })
        await clock.advance(1_000)
      }
    },
  }
}
const ours = ['websocket', 'sse', 'polling'] as const
const naive = ['redis', 'pusher'] as const

describe('the lanes', () => {
  it('[LAB-2] use the way that they are named after, whatever fails', async () => {
    const lab = openLab(1)
    await lab.clock.advance(5_000)
    for (const name of ours) expect(lab.lane(name).claim()).toBe(`live ${name}`)
    for (const name of ours) lab.lane(name).faulty.set('cut', true)
    await lab.clock.advance(120_000)
    for (const name of ours) lab.lane(name).faulty.set('cut', false)
    await lab.clock.advance(20_000)
    for (const name of ours) expect(lab.lane(name).claim()).toBe(`live ${name}`)
  })

  it.each(faultNames)('[LAB-2] [LAB-3] %s: ours end with everything, once', async (fault) => {
    const lab = openLab(7)
    await lab.clock.advance(5_000)
    await lab.orders(5)
    for (const { faulty } of lab.lanes.values()) faulty.set(fault, true)
    await lab.orders(40)
    for (const { faulty } of lab.lanes.values()) faulty.set(fault, false)
    await lab.orders(60)
    await lab.clock.advance(30_000)
    for (const name of ours)
      expect([name, lab.lane(name).tally()]).toEqual([name, expect.objectContaining({ missing: 0, position: 106 })])
    for (const name of naive) {
      const { missing, doubled, disordered } = lab.lane(name).tally()
      const suffers = { cut: missing, freeze: missing, drop: missing, double: doubled, reorder: disordered, delay: 1 }
      expect([name, suffers[fault]]).toEqual([name, expect.toSatisfy((count: number) => count > 0)])
    }
  })

  it('[LAB-3] a naive lane that came back says connected, and lacks what was sent meanwhile for ever', async () => {
    const lab = openLab(3)
    await lab.clock.advance(1_000)
    for (const name of naive) lab.lane(name).faulty.set('cut', true)
    await lab.orders(10)
    for (const name of naive) lab.lane(name).faulty.set('cut', false)
    await lab.orders(30)
    for (const name of naive) {
      expect(lab.lane(name).claim()).toBe('connected')
      const { missing, healed } = lab.lane(name).tally()
      expect([missing >= 10 && missing < 14, healed]).toEqual([true, 0])
    }
  })

  it('[LAB-3] half-open: the naive one on Redis says connected for ever, pusher-js for a minute', async () => {
    const lab = openLab(3)
    await lab.clock.advance(1_000)
    for (const { faulty } of lab.lanes.values()) faulty.set('freeze', true)
    await lab.orders(26)
    for (const name of naive) expect(lab.lane(name).claim()).toBe('connected')
    for (const name of ours) expect(lab.lane(name).claim()).not.toMatch(/^live/)
    await lab.orders(600)
    expect(lab.lane('redis').claim()).toBe('connected')
    expect(lab.lane('pusher').claim()).toBe('connecting')
  })
})

describe('the record of a lane', () => {
  it('[LAB-3] tells what came, what was healed, what is late and what is missing', () => {
    const record = createRecord()
    const at = (position: number, seenAt = 0): TruthEvent => ({ position, label: '', state: '', seenAt })
    record.begin(10)
    record.take(11)
    record.take(11)
    record.owe(13)
    record.take(13)
    record.cover(15, true)
    const truth = [at(9), at(11), at(12), at(13), at(14), at(16, graceMs), at(17)]
    const { cells, missing, healed, doubled } = record.tally(truth, 17, graceMs + 1)
    expect(cells.map(({ event, mark }) => [event.position, mark])).toEqual([
      [11, 'doubled'],
      [12, 'missing'],
      [13, 'healed'],
      [14, 'healed'],
      [16, 'late'],
      [17, 'missing'],
    ])
    expect({ missing, healed, doubled }).toEqual({ missing: 2, healed: 2, doubled: 1 })
  })
})
