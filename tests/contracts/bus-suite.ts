import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi, type Mock } from 'vitest'
import type { Bus, OpenCarrier } from '../../server/bus/bus.ts'
import { createBus } from '../../server/bus/bus.ts'
import type { News } from '../../server/bus/news.ts'
import type { LogEvent } from '../../shared/live/events.ts'
import { newEvent } from './store-suite.ts'

/** A carrier of one kind, and what a test may do to it. */
export interface BusSubject {
  open: OpenCarrier
  /** Says something on a channel that no node has written. */
  shout(channel: string, text: string): Promise<void>
  dispose(): Promise<void>
}
/** Where something carries it that can die, freeze, and be well again. */
export interface FrailSubject extends BusSubject {
  trouble: { kill(): Promise<void>; freeze(): void; heal(): Promise<void> }
}

interface Node {
  bus: Bus
  heard: News[]
  positions(): number[]
  missed: Mock
  lost: Mock
  failed: Mock
}
type Reach = (from: Node, ...to: Node[]) => Promise<void>

const event = (position: number, data: unknown = {}) => ({ ...newEvent({ data }), position }) as LogEvent
const events = (...all: LogEvent[]): News => ({ kind: 'events', epoch: 'epoch', events: all })
const soon = { timeout: 10_000, interval: 10 }

/** What every bus keeps to, whatever carries it (server/bus/bus.ts). */
export function busSuite<Subject extends BusSubject>(
  name: string,
  start: () => Promise<Subject>,
  more: (subject: () => Subject, node: (id: string) => Node, reach: Reach) => void = () => {},
) {
  describe(`the bus by ${name}`, () => {
    let subject: Subject
    let channel: string
    beforeAll(async () => {
      subject = await start()
    })
    afterAll(() => subject.dispose())
    beforeEach(() => {
      channel = `comanda_${randomBytes(8).toString('hex')}`
    })
    const open: Bus[] = []
    afterEach(async () => {
      await Promise.all(open.splice(0).map((bus) => bus.close()))
    })

    function node(id: string, on = channel): Node {
      const heard: News[] = []
      const [missed, lost, failed] = [vi.fn(), vi.fn(), vi.fn()]
      const bus = createBus({
        open: subject.open,
        channel: on,
        node: id,
        hear: (news) => void heard.push(news),
        missed,
        lost,
        failed,
      })
      open.push(bus)
      const positions = () =>
        heard.flatMap((news) => (news.kind === 'events' ? news.events.map((one) => one.position) : []))
      return { bus, heard, positions, missed, lost, failed }
    }
    /** Says it until somebody hears it: a line takes its time to come up, and what is said before that is lost. */
    async function reach(from: Node, ...to: Node[]) {
      await vi.waitFor(() => {
        from.bus.publish({ kind: 'forget', pizzeria: 'hello' })
        for (const one of to) expect(one.heard.length).toBeGreaterThan(0)
      }, soon)
    }

    it('[BUS-1] what one node says all others hear, in order, and it does not hear itself', async () => {
      const [a, b, c] = [node('a'), node('b'), node('c')]
      await reach(a, b, c)
      await reach(b, a)
      for (const one of [a, b, c]) one.heard.length = 0
      for (let position = 1; position <= 50; position++) a.bus.publish(events(event(position, { text: '🍕' })))
      const all = Array.from({ length: 50 }, (_, index) => index + 1)
      await vi.waitFor(() => {
        expect(b.positions()).toEqual(all)
        expect(c.positions()).toEqual(all)
      }, soon)
      const first = b.heard.find((news) => news.kind === 'events')!
      expect(first.epoch).toBe('epoch')
      expect(first.events[0]).toMatchObject({ position: 1, data: { text: '🍕' } })
      expect(a.positions()).toEqual([])
    })

    it('[BUS-1] what is too large for it is told by its position', async () => {
      const [a, b] = [node('a'), node('b')]
      await reach(a, b)
      a.bus.publish(events(event(1), event(2, { note: 'x'.repeat(100_000) }), event(3)))
      await vi.waitFor(() => expect(b.positions()).toContain(3), soon)
      expect(b.positions()).toEqual([1, 3])
      expect(b.heard).toContainEqual({ kind: 'head', epoch: 'epoch', pizzeria: 'napoli', position: 2 })
    })

    it('[BUS-3] another installation is not heard, and what no node has written is not believed', async () => {
      const [a, b, stranger] = [node('a'), node('b'), node('c', `${channel}x`)]
      await reach(a, b)
      b.heard.length = 0
      for (const text of ['', 'hello', '{"node":"x","news":{"kind":"events"}}', '{"node":"x","news":null}'])
        await subject.shout(channel, text)
      await subject.shout(channel, JSON.stringify({ node: 'x', news: events({ ...event(1), position: -1 }) }))
      stranger.bus.publish(events(event(7)))
      a.bus.publish(events(event(1)))
      await vi.waitFor(() => expect(b.positions()).toContain(1), soon)
      expect(b.positions()).toEqual([1])
    })

    more(() => subject, node, reach)
  })
}

/** The same, and what happens while the carrier has died or is frozen. */
export const frailBusSuite = (name: string, start: () => Promise<FrailSubject>) =>
  busSuite(name, start, (subject, node, reach) => {
    it.each(['kill', 'freeze'] as const)(
      '[BUS-2] %s: publishing never waits and never throws, and it works again by itself',
      async (kind) => {
        const { trouble } = subject()
        const [a, b] = [node('a'), node('b')]
        await reach(a, b)
        b.missed.mockClear()
        await trouble[kind]()
        const began = performance.now()
        for (let position = 1; position <= 2000; position++) a.bus.publish(events(event(position)))
        expect(performance.now() - began).toBeLessThan(500)
        await vi.waitFor(() => {
          a.bus.publish(events(event(1)))
          expect(a.lost).toHaveBeenCalled()
        }, soon)
        // Said once, however often it is tried.
        await vi.waitFor(() => expect(b.failed).toHaveBeenCalledTimes(1), soon)
        await trouble.heal()
        await vi.waitFor(() => {
          a.bus.publish(events(event(9999)))
          expect(b.positions()).toContain(9999)
          // What is frozen for less than it takes to find out has told nobody; the tail is the net for both.
          if (kind === 'kill') expect(b.missed).toHaveBeenCalled()
        }, soon)
      },
    )
  })
