import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { seedDemo } from '../../db/demo/seed.ts'
import type { Store, Tx } from '../../db/store.ts'
import type { Context } from '../../server/context.ts'
import { createCommit } from '../../server/ground/commit.ts'
import { createMetrics } from '../../server/ground/metrics.ts'
import { createDisplay } from '../../server/live/display.ts'
import { publishPlanned } from '../../server/menu/editor/plan.ts'
import { createRehearsals } from '../../server/orders/rehearsal.ts'
import { lapseWaiting, takeHeldOut } from '../../server/orders/waiting.ts'
import { removeScreen } from '../../server/staff/screens.ts'
import { startSession } from '../../server/staff/sessions.ts'
import { bringBack, releaseScheduled } from '../../server/system/clockwork.ts'
import { rehearse } from '../../shared/order/rehearsal.ts'
import { screenReport } from '../../shared/order/views.ts'
import { buildOrder } from '../support/build.ts'
import { newEvent, pizzeria, type OpenSubject, type Subject } from './store-suite.ts'
import { trustedClock } from '../support/trusted.ts'

/** What holds between nodes, and between what was written and what is read, on whatever lies below. */
export function nodesSuite(name: string, open: OpenSubject) {
  describe(`several nodes on ${name}`, () => {
    let subject: Subject
    let store: Store
    beforeEach(async () => {
      subject = await open({ lockWaitMs: 20_000 })
      store = subject.store
      await store.write(null, (tx) => seedDemo(tx, 'hash'))
    })
    afterEach(() => subject.dispose())

    const kept = (from = store) => from.read((tx) => tx.eventsAfter(pizzeria, 0, 1000))
    const display = (on: Store, now: number) =>
      createDisplay({
        store: on,
        commit: createCommit(on, () => {}),
        clock: () => now,
        uptime: () => now,
        life: { phase: 'serving' },
        metrics: createMetrics(),
      })

    const paired = () =>
      store.write(pizzeria, (tx) =>
        startSession(tx, {
          pizzeria,
          kind: 'screen',
          role: 'kitchen',
          name: 'Oven',
          screen: 'device-1',
          member: null,
          now: Date.now(),
        }),
      )

    it('[ORD-14] a rehearsal that another node begins ends this one, and keeps its own orders', async () => {
      const evening = (on: Store) =>
        createRehearsals({
          config: { DATABASE_URL: 'postgres://several' } as Context['config'],
          store: on,
          commit: createCommit(on, () => {}),
          clock: Date.now,
          trusted: trustedClock(Date.now),
          logger: { warn() {}, error() {} } as unknown as Context['logger'],
        })
      const [a, b] = [evening(store), evening(await subject.reopen())]
      const begin = (on: typeof a) =>
        on.start(pizzeria, { minutes: 5, staff: null }, (menu) =>
          rehearse({ menu, seed: 'one', minutes: 60, peak: 600 })
            .slice(0, 1)
            .map((order) => ({ ...order, at: 0 })),
        )
      const soon = { timeout: 10_000, interval: 20 }
      const open = async () => (await store.read((tx) => tx.ordersIn(pizzeria, ['queued']))).map(({ id }) => id)
      await begin(a)
      await vi.waitFor(async () => expect(await open()).toHaveLength(1), soon)
      const [first] = await open()
      await begin(b)
      await vi.waitFor(async () => expect((await open()).filter((id) => id !== first)).toHaveLength(1), soon)
      await a.sweep()
      expect(await open()).toHaveLength(1)
      expect(await open()).not.toContain(first)
      await a.stop(pizzeria)
      expect(await open()).toEqual([])
      await b.sweep()
      expect(await b.view(pizzeria)).toMatchObject({ running: false })
    })

    it('[LOG-1] a writer knows what it and other nodes have changed of a pizzeria', async () => {
      const other = await subject.reopen()
      const changes: ((tx: Tx) => Promise<unknown>)[] = [
        (tx) => tx.append(newEvent({ at: 1 })),
        (tx) => tx.countMenu(pizzeria),
        (tx) => tx.updatePizzeria(pizzeria, { busyMinutes: 7 }),
        (tx) => tx.dropEventsBefore(pizzeria, 2, 10),
      ]
      const all = async (tx: Tx) => [await tx.pizzeria(pizzeria), await tx.epoch()]
      for (const change of changes)
        for (const node of [store, other]) {
          await node.write(pizzeria, all)
          const seen = await node.write(pizzeria, async (tx) => {
            await change(tx)
            return await all(tx)
          })
          expect(seen).toEqual(await store.read(all))
          expect(await store.write(pizzeria, all)).toEqual(seen)
          expect(await other.write(pizzeria, all)).toEqual(seen)
        }
      await other.write(pizzeria, (tx) => tx.renewEpoch())
      expect(await store.write(pizzeria, all)).toEqual(await store.read(all))
      expect((await store.read(all))[0]).toMatchObject({ position: 2, oldest: 3, menuVersion: 2, busyMinutes: 7 })
    })

    it('[LOG-2] two nodes with 200 writers: positions without a hole, in the order of the commits', async () => {
      const other = await subject.reopen()
      const answers = await Promise.all(
        Array.from({ length: 200 }, (_, index) =>
          (index % 2 ? other : store)
            .write(pizzeria, async (tx) => {
              const event = await tx.append(newEvent({ data: { index } }))
              if (index % 10 === 9) throw new Error('changed my mind')
              return { index, position: event.position }
            })
            .catch(() => null),
        ),
      )
      const events = await kept()
      expect(events.map(({ position }) => position)).toEqual(events.map((_, index) => index + 1))
      expect(events).toHaveLength(180)
      for (const answer of answers)
        if (answer) expect(events[answer.position - 1]!.data).toEqual({ index: answer.index })
      await other.close()
    })

    it('[ORD-9] [LOG-2] two nodes with 100 writers, two orders each: no number twice, none left out', async () => {
      const other = await subject.reopen()
      const [friday, saturday] = ['2027-01-01', '2027-01-02']
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, index) =>
          (index % 2 ? other : store)
            .write(pizzeria, async (tx) => {
              const number = () => tx.nextNumber(pizzeria, [friday], false)
              const both = () => tx.nextNumber(pizzeria, index % 3 ? [saturday] : [friday, saturday], true)
              const taken = {
                numbers: [await number(), await number()],
                tests: [await both(), await both()],
                positions: [(await tx.append(newEvent())).position, (await tx.append(newEvent())).position],
              }
              if (index % 10 === 9) throw new Error('changed my mind')
              return taken
            })
            .catch(() => null),
        ),
      )
      const taken = answers.filter((answer) => answer !== null)
      const upTo = (count: number) => Array.from({ length: count }, (_, nth) => nth + 1)
      const all = (of: 'numbers' | 'tests' | 'positions') => taken.flatMap((one) => one[of]).sort((a, b) => a - b)
      expect(taken).toHaveLength(90)
      expect(all('numbers')).toEqual(upTo(180))
      expect(all('tests')).toEqual(upTo(180))
      expect(all('positions')).toEqual(upTo(180))
      expect((await kept()).map(({ position }) => position)).toEqual(upTo(180))
    })

    it('[LOG-12] what is done once is done once: ten nodes start in the same moment', async () => {
      const nodes = await Promise.all(Array.from({ length: 10 }, () => subject.reopen()))
      let made = 0
      const secrets = await Promise.all(
        nodes.map((node, index) =>
          node.alone(async (tx) => {
            const known = await tx.secret('password')
            if (known) return known
            made += 1
            await tx.keepSecret('password', `of ${index}`)
            return `of ${index}`
          }),
        ),
      )
      expect(new Set(secrets).size).toBe(1)
      expect(made).toBe(1)
      await Promise.all(nodes.map((node) => node.close()))
    })

    it('[DSP-2] each alarm once: three nodes escalate the same late orders in the same moment', async () => {
      const now = Date.parse('2026-11-20T18:30:00.000Z')
      const late = new Date(now - 30_000).toISOString()
      const nodes = [store, await subject.reopen(), await subject.reopen()]
      await store.write(pizzeria, async (tx) => {
        for (let serial = 1; serial <= 10; serial++) {
          const order = buildOrder({ id: `o${serial}`, tracking: `t${serial}`, number: serial, queuedAt: late })
          await tx.insertOrder(order, (await tx.append(newEvent({ subject: `order:t${serial}` }))).position)
        }
      })
      await Promise.all(nodes.flatMap((node) => Array.from({ length: 5 }, () => display(node, now).escalate())))
      expect((await kept()).filter(({ type }) => type === 'kitchen.unseen')).toHaveLength(10)
      await Promise.all(nodes.slice(1).map((node) => node.close()))
    })

    it('[OPS-4] what runs every few seconds asks once, however many pizzerias there are', async () => {
      const [napoli] = await store.read((tx) => tx.pizzerias())
      await store.write(null, async (tx) => {
        for (const id of ['roma', 'milano', 'torino']) await tx.insertPizzeria({ ...napoli!, id })
      })
      let reads = 0
      const counted: Store = { ...store, read: (work) => (reads++, store.read(work)) }
      const now = Date.now
      const ground = {
        store: counted,
        commit: createCommit(counted, () => {}),
        clock: now,
        uptime: now,
        life: { phase: 'serving' as const },
        trusted: trustedClock(now),
      }
      const tasks = { takeHeldOut, lapseWaiting, releaseScheduled, bringBack, publishPlanned }
      for (const [name, task] of Object.entries(tasks)) {
        reads = 0
        await task(ground)
        expect.soft(reads, name).toBeLessThanOrEqual(2)
      }
    })

    it('[DSP-3] [LOG-11] a screen that reports the same again writes nothing', async () => {
      const now = Date.parse('2026-11-20T18:30:00.000Z')
      const session = await paired()
      const said = screenReport.parse({ visible: true, audio: 'armed', build: 'b' })
      const report = () => display(store, now).report({ pizzeria, device: 'device-1', session }, said)
      for (let time = 1; time <= 5; time++) await report()
      const events = (await kept()).filter(({ type }) => type === 'kitchen.screen')
      expect(events).toHaveLength(1)
      // A version that is a time.
      expect(events[0]!.version).toBe(now)
    })

    it('[SRV-7] a screen that was removed on one node does not come back by what another hears', async () => {
      const other = await subject.reopen()
      const session = await paired()
      const said = screenReport.parse({ visible: true })
      const viewer = { pizzeria, device: 'device-1', session }
      await display(other, Date.now()).report(viewer, said)
      const ground = { store, trusted: trustedClock(Date.now), connections: { endRevoked: async () => {} } }
      await removeScreen(ground, pizzeria, 'device-1')
      await display(other, Date.now()).report(viewer, said)
      await display(other, Date.now()).shown(viewer, { position: 1 })
      expect(await store.read((tx) => tx.screens(pizzeria))).toEqual([])
      await other.close()
    })

    it('[SRV-7] a session that another node ends is over at once, and lives where its end was undone', async () => {
      const other = await subject.reopen()
      const { id } = await paired()
      const lives = (on: Store, at = Date.now()) => on.read(async (tx) => (await tx.liveSession(id, at)) !== undefined)
      const endAndThrow = async (tx: Tx) => {
        await tx.endSession(id, Date.now())
        throw new Error('changed my mind')
      }
      expect([await lives(store), await lives(other)]).toEqual([true, true])
      await expect(store.write(pizzeria, endAndThrow)).rejects.toThrow('changed my mind')
      expect([await lives(store), await lives(other)]).toEqual([true, true])
      expect(await lives(store, Number.MAX_SAFE_INTEGER)).toBe(false)
      await other.write(pizzeria, (tx) => tx.endSession(id, Date.now()))
      expect([await lives(store), await lives(other)]).toEqual([false, false])
      await other.close()
    })

    it('[LOG-11] odd strings and the order of keys survive, and find nothing where they are ids', async () => {
      const data = { zebra: 1, 'a\0b': 'NUL \0', lone: '\ud83c', nothing: null, deep: [{ z: '\udc00', a: 1 }], n: 1.5 }
      await store.write(pizzeria, (tx) => tx.append(newEvent({ data, version: 2 ** 52 })))
      const [event] = await kept()
      expect(JSON.stringify(event!.data)).toBe(JSON.stringify(data))
      expect(event!.version).toBe(2 ** 52)
      const order = buildOrder({ note: 'no \0 nuts \ud83c', table: null })
      await store.write(pizzeria, (tx) => tx.insertOrder(order, 1))
      expect(JSON.stringify(await store.read((tx) => tx.order(order.id)))).toBe(JSON.stringify(order))
      await store.read(async (tx) => {
        expect(await tx.order('\0')).toBe(undefined)
        expect(await tx.orderByTracking('\ud83c\0')).toBe(undefined)
        expect(await tx.pizzeria('na\0poli')).toBe(undefined)
        expect(await tx.liveSession('\0', 0)).toBe(undefined)
        expect(await tx.eventsAfter(pizzeria, Number.MAX_SAFE_INTEGER, 10)).toEqual([])
      })
      await expect(store.write('na\0poli', (tx) => tx.append(newEvent({ pizzeria: 'na\0poli' })))).rejects.toThrow(
        'No pizzeria',
      )
    })

    it('[ORD-8] [ORD-6] a node never prices from what another node has changed since', async () => {
      const other = await subject.reopen()
      const look = (on: Store) =>
        on.write(pizzeria, async (tx) => {
          const found = (await tx.pizzeria(pizzeria))!
          const { items } = await tx.menuRows(found)
          const { pizzasAhead } = await tx.load(found)
          return { pizzasAhead, available: items.find(({ id }) => id === 'marinara')!.available }
        })
      let serial = 0
      const change = (on: Store, available: boolean) =>
        on.write(pizzeria, async (tx) => {
          serial += 1
          await tx.setItemAvailable(pizzeria, 'marinara', available, null)
          await tx.countMenu(pizzeria)
          const order = buildOrder({ id: `o${serial}`, tracking: `t${serial}`, number: serial, state: 'making' })
          await tx.insertOrder(order, (await tx.append(newEvent({ subject: `order:t${serial}` }))).position)
        })
      const before = await look(store)
      for (const [index, available] of [false, true, false, false, true].entries()) {
        await change(index % 2 ? store : other, available)
        for (const on of [store, other]) {
          const seen = await look(on)
          expect(seen.available).toBe(available)
          expect(seen.pizzasAhead).toBeGreaterThan(before.pizzasAhead)
        }
        expect(await look(store)).toEqual(await look(other))
      }
      await other.close()
    })
  })
}
