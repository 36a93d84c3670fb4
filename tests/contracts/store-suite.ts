import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { seedDemo } from '../../db/demo/seed.ts'
import type { NewEvent } from '../../shared/live/events.ts'
import type { Store, Tx } from '../../db/store.ts'
import { buildEvent, buildOrder } from '../support/build.ts'
import { randomFrom, seed } from '../support/seed.ts'

/** An empty, migrated database of one kind, and what a test may do to it from outside. */
export interface Subject {
  store: Store
  /** The same database, opened as by another process. */
  reopen: (options?: OpenOptions) => Promise<Store>
  /** Holds what a writer needs, as another process would, until it is released. */
  lock: () => Promise<() => Promise<void>>
  dispose: () => Promise<void>
}
export interface OpenOptions {
  /** How long writers wait for another process's lock, ms. */ lockWaitMs: number
}
export type OpenSubject = (options: OpenOptions) => Promise<Subject>

export const pizzeria = 'napoli'
export const newEvent = (over: Partial<Record<keyof NewEvent, unknown>> = {}): NewEvent => {
  const { position: _, ...event } = buildEvent(buildOrder(), {
    id: randomUUID(),
    subject: 'order:a',
    version: 1,
    ...over,
  })
  return event
}
const settled = <T>(work: Promise<T>) =>
  work.then(
    (value) => ({ value }),
    (error: Error & { code?: string }) => ({ error }),
  )
const headOf = async (store: Store) => (await store.read((tx) => tx.head(pizzeria)))!.position
/** Stands for an append in a transaction that fails later. */
const appendAndThrow = async (tx: Tx) => {
  await tx.append(newEvent())
  throw new Error('changed my mind')
}

/** What every store guarantees, whatever the database below it (db/store.ts). */
export function storeSuite(name: string, open: OpenSubject) {
  describe(`the store on ${name} (COMANDA_SEED=${seed})`, () => {
    let subject: Subject
    let store: Store
    beforeEach(async () => {
      subject = await open({ lockWaitMs: 250 })
      store = subject.store
      await store.write(null, (tx) => seedDemo(tx, 'hash'))
    })
    afterEach(() => subject.dispose())

    describe('transactions', () => {
      it('[LOG-1] a reader never sees uncommitted rows, and sees them afterwards', async () => {
        await store.write(pizzeria, async (tx) => {
          await tx.append(newEvent())
          expect(await headOf(store)).toBe(0)
        })
        expect(await headOf(store)).toBe(1)
      })

      it('[STR-2] a reader sees one moment only, whatever is committed meanwhile', async () => {
        const [before, after, events] = await store.read(async (tx) => {
          const before = await tx.head(pizzeria)
          await store.write(pizzeria, (tx) => tx.append(newEvent()))
          return [before, await tx.head(pizzeria), await tx.eventsAfter(pizzeria, 0, 10)]
        })
        expect(after).toEqual(before)
        expect(events).toEqual([])
        expect(await headOf(store)).toBe(1)
      })

      it('[LOG-1] work that throws is rolled back completely, and its error reaches the caller', async () => {
        await expect(store.write(pizzeria, appendAndThrow)).rejects.toThrow('changed my mind')
        expect(await headOf(store)).toBe(0)
        expect(await store.read((tx) => tx.eventsAfter(pizzeria, 0, 10))).toEqual([])
        expect((await store.write(pizzeria, (tx) => tx.append(newEvent()))).position).toBe(1)
      })

      it('[LOG-1] a reader whose work throws leaves nothing behind', async () => {
        await expect(
          store.read(async () => {
            throw new Error('no')
          }),
        ).rejects.toThrow('no')
        expect(await headOf(store)).toBe(0)
      })

      it('[LOG-1] a reader may not write', async () => {
        await expect(store.read((tx) => tx.append(newEvent()))).rejects.toThrow()
        await expect(store.read((tx) => tx.countMenu(pizzeria))).rejects.toThrow()
        expect(await headOf(store)).toBe(0)
        expect((await store.write(pizzeria, (tx) => tx.append(newEvent()))).position).toBe(1)
      })

      it('[LOG-1] an event comes back as it was written', async () => {
        const event = newEvent({ data: { pizza: '🍕', nothing: null, deep: [{ n: 1.5 }] }, at: 1_750_000_000_123 })
        const written = await store.write(pizzeria, (tx) => tx.append(event))
        expect(written).toEqual({ ...event, position: 1 })
        expect(await store.read((tx) => tx.eventsAfter(pizzeria, 0, 10))).toEqual([written])
      })

      it('[LOG-1] an event for a pizzeria that does not exist is refused', async () => {
        await expect(store.write('nowhere', (tx) => tx.append(newEvent({ pizzeria: 'nowhere' })))).rejects.toThrow(
          'nowhere',
        )
      })
    })

    describe('the log', () => {
      it(
        '[LOG-2] [LOG-7] 200 writers at once, some of whom fail: positions have no hole and follow the ' + 'commits',
        async () => {
          const random = randomFrom(seed)
          const answered: number[] = []
          const results = await Promise.all(
            Array.from({ length: 200 }, (_, index) => {
              const fails = random()
              return settled(
                store
                  .write(pizzeria, async (tx) => {
                    const event = await tx.append(newEvent({ subject: `order:${index}`, data: { index } }))
                    if (fails < 0.2) throw new Error('changed my mind')
                    // An error of the database itself, not of ours.
                    if (fails < 0.3) await tx.insertPizzeria({ ...(await tx.pizzeria(pizzeria))! })
                    return event
                  })
                  .then((event) => {
                    answered.push(event.position)
                    return { index, event }
                  }),
              )
            }),
          )
          const written = results.flatMap((result) => ('value' in result ? [result.value] : []))
          const events = await store.read((tx) => tx.eventsAfter(pizzeria, 0, 1000))
          expect(written.length).toBeGreaterThan(100)
          expect(written.length).toBeLessThan(200)
          expect(events.map((event) => event.position)).toEqual(events.map((_, index) => index + 1))
          expect(events.map((event) => (event.data as unknown as { index: number }).index).sort()).toEqual(
            written.map(({ index }) => index).sort(),
          )
          for (const { index, event } of written) expect(events[event.position - 1]!.data).toEqual({ index })
          expect(answered).toEqual(answered.toSorted((a, b) => a - b))
          expect(await headOf(store)).toBe(events.length)
        },
      )

      it('[LOG-2] writers of one pizzeria never run inside each other, and all others are answered too', async () => {
        const { settings, currency, timezone } = (await store.read((tx) => tx.pizzeria(pizzeria)))!
        await store.write(null, (tx) => tx.insertPizzeria({ id: 'roma', name: 'Roma', settings, currency, timezone }))
        const inside = { napoli: 0, roma: 0 }
        const most = { napoli: 0, roma: 0 }
        const append = (where: 'napoli' | 'roma') =>
          store.write(where, async (tx) => {
            inside[where] += 1
            most[where] = Math.max(most[where], inside[where])
            await tx.head(where)
            const event = await tx.append(newEvent({ pizzeria: where }))
            await tx.head(where)
            inside[where] -= 1
            return event.position
          })
        const answers = await Promise.all([
          ...Array.from({ length: 10 }, () => append('napoli')),
          store.write(null, (tx) => tx.dropAnswersBefore(0, 1)).then(() => 'none'),
          ...Array.from({ length: 5 }, () => append('roma')),
        ])
        expect(answers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 'none', 1, 2, 3, 4, 5])
        expect(most).toEqual({ napoli: 1, roma: 1 })
      })

      it('[LOG-2] each pizzeria has its own positions', async () => {
        const { settings, currency, timezone } = (await store.read((tx) => tx.pizzeria(pizzeria)))!
        await store.write(null, (tx) => tx.insertPizzeria({ id: 'roma', name: 'Roma', settings, currency, timezone }))
        for (const where of ['napoli', 'roma', 'napoli'])
          await store.write(where, (tx) => tx.append(newEvent({ pizzeria: where })))
        expect(await store.read((tx) => tx.heads())).toEqual(
          expect.arrayContaining([
            { pizzeria: 'napoli', position: 2, oldest: 1 },
            { pizzeria: 'roma', position: 1, oldest: 1 },
          ]),
        )
      })

      it('[LOG-3] the events of a subject are read by its versions', async () => {
        await store.write(pizzeria, async (tx) => {
          for (const version of [1, 2, 3])
            for (const subject of ['order:a', 'order:b', 'menu']) await tx.append(newEvent({ subject, version }))
        })
        const read = (subject: string, after: number, limit = 10) =>
          store.read(async (tx) =>
            (await tx.subjectEventsAfter(pizzeria, subject, after, limit)).map(
              (event) => `${event.subject} ${event.version}`,
            ),
          )
        expect(await read('order:b', 1)).toEqual(['order:b 2', 'order:b 3'])
        expect(await read('menu', 0, 2)).toEqual(['menu 1', 'menu 2'])
        expect(await store.read((tx) => tx.oldestOfSubject(pizzeria, 'order:a'))).toBe(1)
        expect(await store.read((tx) => tx.oldestOfSubject(pizzeria, 'order:z'))).toBe(undefined)
      })

      it("[LOG-3] the menu's version counts up by one, also when a change in between is rolled back", async () => {
        const next = () => store.write(pizzeria, (tx) => tx.countMenu(pizzeria)).then((after) => after?.menuVersion)
        expect(await next()).toBe(1)
        await settled(
          store.write(pizzeria, async (tx) => {
            await tx.countMenu(pizzeria)
            throw new Error('no')
          }),
        )
        expect(await next()).toBe(2)
      })

      it('[LOG-5] the epoch stays over a restart, and another database has another one', async () => {
        const epoch = await store.read((tx) => tx.epoch())
        expect(epoch).toMatch(/^[\w-]{8}$/)
        await store.write(pizzeria, (tx) => tx.append(newEvent()))
        await store.close()
        const again = await subject.reopen()
        expect(await again.read((tx) => tx.epoch())).toBe(epoch)
        expect(await headOf(again)).toBe(1)
        await again.close()
        const other = await open({ lockWaitMs: 250 })
        expect(await other.store.read((tx) => tx.epoch())).not.toBe(epoch)
        await other.dispose()
      })

      it('[LOG-6] old events are deleted one piece at a time, and the oldest kept position is known', async () => {
        await store.write(pizzeria, async (tx) => {
          for (const at of [10, 20, 30, 40]) await tx.append(newEvent({ at }))
        })
        const drop = (time: number, limit = 500) =>
          store.write(pizzeria, (tx) => tx.dropEventsBefore(pizzeria, time, limit))
        const oldest = async () => (await store.read((tx) => tx.head(pizzeria)))!.oldest
        expect([await drop(10), await oldest()]).toEqual([0, 1])
        expect([await drop(35, 2), await oldest()]).toEqual([2, 3])
        expect([await drop(35, 2), await oldest()]).toEqual([1, 4])
        expect([await drop(35, 2), await oldest()]).toEqual([0, 4])
        expect(
          await store.read(async (tx) => (await tx.eventsAfter(pizzeria, 0, 10)).map((event) => event.position)),
        ).toEqual([4])
        expect([await drop(99), await oldest(), await headOf(store)]).toEqual([1, 5, 4])
        expect((await store.write(pizzeria, (tx) => tx.append(newEvent()))).position).toBe(5)
      })

      it('[LOG-6] a wrong clock deletes nothing early: a young event keeps those behind it', async () => {
        const now = 1000
        await store.write(pizzeria, async (tx) => {
          // One event of 1970 in between; events a day in the future, between old ones and at the end.
          for (const at of [10, now + 99, 20, 900, 5, now + 99]) await tx.append(newEvent({ at }))
        })
        const drop = () => store.write(pizzeria, (tx) => tx.dropEventsBefore(pizzeria, 500, 500, now))
        const kept = () =>
          store.read(async (tx) => (await tx.eventsAfter(pizzeria, 0, 10)).map(({ position }) => position))
        expect([await drop(), await kept()]).toEqual([3, [4, 5, 6]])
        expect([await drop(), await kept()]).toEqual([0, [4, 5, 6]])
      })
    })

    describe('claimed keys', () => {
      const claim = (key: string, response: unknown) =>
        store.write(pizzeria, async (tx) => {
          const before = await tx.answerTo('place:napoli', key)
          if (before) return before.response
          await tx.append(newEvent())
          await tx.keepAnswer({ scope: 'place:napoli', key, bodyHash: 'hash', response, at: Date.now() })
          return response
        })

      it('[IDM-1] fifty requests with one key at once do the work once and get one answer', async () => {
        const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => claim('the-same-key', { index })))
        expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
        expect(await headOf(store)).toBe(1)
      })

      it('[IDM-3] a key is claimed with what it protects: rolled back together, kept until it is old', async () => {
        await settled(
          store.write(pizzeria, async (tx) => {
            await tx.keepAnswer({ scope: 's', key: 'undone', bodyHash: 'h', response: {}, at: 1 })
            throw new Error('no')
          }),
        )
        expect(await store.read((tx) => tx.answerTo('s', 'undone'))).toBe(undefined)
        await store.write(pizzeria, async (tx) => {
          for (const at of [100, 200])
            await tx.keepAnswer({ scope: 's', key: `at-${at}`, bodyHash: 'h', response: { at }, at })
        })
        expect(await store.write(null, (tx) => tx.dropAnswersBefore(200, 10))).toBe(1)
        expect(await store.read((tx) => tx.answerTo('s', 'at-100'))).toBe(undefined)
        expect(await store.read((tx) => tx.answerTo('s', 'at-200'))).toEqual({ bodyHash: 'h', response: { at: 200 } })
        expect(await store.read((tx) => tx.answerTo('other', 'at-200'))).toBe(undefined)
      })
    })

    describe('a database that another process has locked', () => {
      it('[LOG-8] for less than the wait: writers wait, readers do not, and all are answered', async () => {
        // However slow this machine is now, the wait is longer.
        const patient = await subject.reopen({ lockWaitMs: 20_000 })
        const unlock = await subject.lock()
        const answered = vi.fn()
        const writes = Array.from({ length: 5 }, () =>
          patient.write(pizzeria, (tx) => tx.append(newEvent())).finally(answered),
        )
        // Long enough for the writers to find it locked.
        await new Promise((resolve) => setTimeout(resolve, 60))
        expect(await headOf(patient)).toBe(0)
        expect(answered).not.toHaveBeenCalled()
        await unlock()
        expect((await Promise.all(writes)).map((event) => event.position)).toEqual([1, 2, 3, 4, 5])
        await patient.close()
      })

      it(
        '[LOG-8] for longer: all waiting writers get "server.busy", nothing is written, and it works ' +
          'again by itself',
        async () => {
          const unlock = await subject.lock()
          const results = await Promise.all(
            Array.from({ length: 5 }, () => settled(store.write(pizzeria, (tx) => tx.append(newEvent())))),
          )
          expect(results.map((result) => 'error' in result && result.error.code)).toEqual(
            Array.from({ length: 5 }, () => 'server.busy'),
          )
          expect(await headOf(store)).toBe(0)
          await unlock()
          expect((await store.write(pizzeria, (tx) => tx.append(newEvent()))).position).toBe(1)
        },
      )
    })

    it('[LOG-4] work that waits when the store closes is still written', async () => {
      const writes = Promise.all([1, 2, 3].map(() => store.write(pizzeria, (tx) => tx.append(newEvent()))))
      await store.close()
      expect((await writes).map((event) => event.position)).toEqual([1, 2, 3])
      const again = await subject.reopen()
      expect(await headOf(again)).toBe(3)
      await again.close()
    })
  })
}
