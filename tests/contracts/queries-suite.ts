import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { seedDemo } from '../../db/demo/seed.ts'
import type { Session } from '../../shared/staff/session.ts'
import type { Store } from '../../db/store.ts'
import { grainOf } from '../../shared/menu/quote.ts'
import { orderStates, type Order } from '../../shared/order/order.ts'
import { buildLine, buildMenu, buildOrder, later, noon } from '../support/build.ts'
import { priceLines } from '../../shared/menu/pricing.ts'
import { seed } from '../support/seed.ts'
import { newEvent, pizzeria, type OpenSubject, type Subject } from './store-suite.ts'

const ms = (iso: string) => Date.parse(iso)

/** What the server asks of its database, on any adapter: all dialects must give the same answers. */
export function queriesSuite(name: string, open: OpenSubject) {
  describe(`the queries on ${name} (COMANDA_SEED=${seed})`, () => {
    let subject: Subject
    let store: Store
    let serial = 0
    beforeAll(async () => {
      subject = await open({ lockWaitMs: 1000 })
      store = subject.store
      await store.write(null, (tx) => seedDemo(tx, 'hash'))
    })
    afterAll(() => subject.dispose())
    // Every test looks only at what it has inserted itself.
    beforeEach(async () => {
      await store.write(pizzeria, async (tx) => {
        for (const order of await tx.ordersIn(pizzeria, orderStates))
          await tx.updateOrder(order, { ...order, state: 'collected', updatedAt: noon }, 0)
      })
    })

    const insert = async (over: Partial<Order> = {}, position = 1): Promise<Order> => {
      serial += 1
      const order = buildOrder({ id: `o${serial}`, tracking: `t${serial}`, number: serial, ...over })
      await store.write(pizzeria, (tx) => tx.insertOrder(order, position))
      return order
    }
    const ids = (orders: { id: string }[]) => orders.map(({ id }) => id)

    it('[LOG-1] return an order as it was written, by its id and by its key', async () => {
      const order = await insert({ note: '🍕 no nuts', shownAt: later(1) })
      expect(await store.read((tx) => tx.order(order.id))).toEqual(order)
      expect(await store.read((tx) => tx.orderByTracking(order.tracking))).toEqual(order)
      expect(await store.read((tx) => tx.order('nobody'))).toBe(undefined)
      const moved = { ...order, state: 'making' as const, version: 4 }
      await store.write(pizzeria, (tx) => tx.updateOrder(order, moved, 2))
      expect(await store.read((tx) => tx.order(order.id))).toEqual(moved)
    })

    it('[ORD-44] count what the kitchen makes before an order, by promise and then arrival', async () => {
      const mine = await insert({ state: 'queued', promiseAt: later(30), placedAt: later(5) })
      const pizzas = mine.lines[0]!.quantity
      expect(await store.read((tx) => tx.ahead(mine))).toEqual({ orders: 0, pizzas: 0 })
      await insert({ state: 'baking', promiseAt: later(20), placedAt: later(9) })
      await insert({ state: 'making', promiseAt: later(30), placedAt: later(4) })
      // Later, placed later for the same time, not in the kitchen any more or yet, or made up.
      await insert({ state: 'queued', promiseAt: later(35), placedAt: later(1) })
      await insert({ state: 'queued', promiseAt: later(30), placedAt: later(6) })
      await insert({ state: 'ready', promiseAt: later(10), placedAt: later(1) })
      await insert({ state: 'scheduled', promiseAt: later(10), placedAt: later(1) })
      await insert({ state: 'queued', promiseAt: later(10), placedAt: later(1), test: true })
      expect(await store.read((tx) => tx.ahead(mine))).toEqual({ orders: 2, pizzas: 2 * pizzas })
    })

    it('[ORD-9] refuse the same number twice in one day', async () => {
      const first = await insert({ day: '2026-06-13' })
      await expect(insert({ day: '2026-06-13', number: first.number })).rejects.toThrow()
    })

    it('[ORD-9] continue the numbers of each day from what is there; a rehearsal has its own', async () => {
      const next = (days: string[], test = false) => store.write(pizzeria, (tx) => tx.nextNumber(pizzeria, days, test))
      await insert({ day: '2027-01-01', number: 7 })
      expect([await next(['2027-01-01']), await next(['2027-01-01']), await next(['2027-01-02'])]).toEqual([8, 9, 1])
      expect(await next(['2027-01-02', '2027-01-01'])).toBe(10)
      expect([await next(['2027-01-02']), await next(['2027-01-01'])]).toEqual([11, 11])
      expect([await next(['2027-01-01'], true), await next(['2027-01-01'], true)]).toEqual([1, 2])
      const rehearsed = await insert({ day: '2027-01-01', number: 7, test: true })
      expect(await store.read((tx) => tx.order(rehearsed.id))).toEqual(rehearsed)
    })

    it(
      '[STR-2] find orders by state, and those of other states while they are recent, oldest promise ' + 'first',
      async () => {
        const second = await insert({ state: 'making', promiseAt: later(40) })
        const first = await insert({ state: 'queued', promiseAt: later(30) })
        const recent = await insert({ state: 'cancelled', updatedAt: later(10), promiseAt: later(50) })
        await insert({ state: 'cancelled', updatedAt: later(5) })
        expect(
          ids(await store.read((tx) => tx.ordersIn(pizzeria, ['queued', 'making'], ['cancelled'], ms(later(10))))),
        ).toEqual([first.id, second.id, recent.id])
        expect(await store.read((tx) => tx.ordersIn('roma', ['queued']))).toEqual([])
        expect(await store.read((tx) => tx.ordersIn(pizzeria, []))).toEqual([])
      },
    )

    it('[ORD-8] keep the load as the orders make it, whatever is placed and changed', async () => {
      const change = fc.record({
        which: fc.nat(),
        isNew: fc.boolean(),
        quantity: fc.integer({ min: 1, max: 5 }),
        state: fc.constantFrom(...orderStates),
        minutes: fc.integer({ min: 0, max: 3 }),
      })
      await fc.assert(
        fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
          const all: Order[] = []
          for (const { which, isNew, quantity, state, minutes } of changes) {
            const priced = priceLines(buildMenu(), [buildLine({ quantity })])
            if (!priced.ok) throw new Error(priced.rejection.code)
            const over = { state, lines: priced.lines, promiseAt: later(minutes * 4) }
            const position = await store.write(pizzeria, async (tx) => {
              const { position } = await tx.append(newEvent())
              const before = all[which % Math.max(1, all.length)]
              serial += 1
              const after = buildOrder(
                before && !isNew
                  ? { ...before, ...over }
                  : { id: `o${serial}`, tracking: `t${serial}`, number: serial, ...over },
              )
              if (before && !isNew) await tx.updateOrder(before, after, position)
              else await tx.insertOrder(after, position)
              if (before && !isNew) all[all.indexOf(before)] = after
              else all.push(after)
              // Now and then somebody asks while it is kept.
              await tx.load({ id: pizzeria, position })
              return position
            })
            const [kept, read] = [
              await store.write(pizzeria, (tx) => tx.load({ id: pizzeria, position })),
              await store.read((tx) => tx.load({ id: pizzeria, position })),
            ]
            expect(kept).toEqual(read)
          }
        }),
        { seed, numRuns: 15, endOnFailure: true },
      )
    })

    it('[ORD-8] count the promised pizzas by five minutes, and those ahead', async () => {
      const priced = priceLines(buildMenu(), [
        buildLine({ quantity: 3 }),
        buildLine({ item: 'tiramisu', size: undefined, quantity: 2 }),
      ])
      if (!priced.ok) throw new Error(priced.rejection.code)
      for (const state of ['queued', 'making', 'scheduled', 'ready', 'cancelled'] as const)
        await insert({ state, promiseAt: later(37), lines: priced.lines })
      await insert({ state: 'baking', promiseAt: later(50), lines: priced.lines })
      expect(await store.read((tx) => tx.load({ id: pizzeria, position: 1 }))).toEqual({
        position: 1,
        promised: new Map([
          [grainOf(ms(later(37))), 9],
          [grainOf(ms(later(50))), 3],
        ]),
        pizzasAhead: 9,
      })
      expect(await store.read((tx) => tx.load({ id: 'roma', position: 0 }))).toEqual({
        position: 0,
        promised: new Map(),
        pizzasAhead: 0,
      })
    })

    it('[DSP-2] know which orders no screen has proved to show, and how far each has escalated', async () => {
      const order = await insert({ queuedAt: later(0) })
      await insert({ queuedAt: later(0), shownAt: later(1) })
      await insert({ queuedAt: later(0), state: 'making' })
      const unseen = (before: string, level: number) =>
        store.read(async (tx) => ids(await tx.unseenSince(ms(before), level, 2)))
      expect(await unseen(later(-1), 1)).toEqual([])
      expect(await unseen(later(0), 1)).toEqual([order.id])
      await store.write(pizzeria, (tx) => tx.markUnseen(order.id, 1))
      expect([await unseen(later(0), 1), await unseen(later(0), 2)]).toEqual([[], [order.id]])
      const [younger, youngest] = [await insert({ queuedAt: later(2) }), await insert({ queuedAt: later(3) })]
      expect(await unseen(later(3), 1)).toEqual([younger.id, youngest.id])
      expect(await unseen(later(3), 2)).toEqual([order.id, younger.id])
      expect(await store.read((tx) => tx.unseen(pizzeria))).toEqual([{ id: order.id, level: 1, since: ms(noon) }])
    })

    it('[BDG-3] know which waiting orders nobody has answered since a time, the oldest first', async () => {
      const [old, older] = [
        await insert({ state: 'pending', updatedAt: later(2) }),
        await insert({ state: 'pending', updatedAt: later(1) }),
      ]
      await insert({ state: 'rejected', updatedAt: later(1) })
      await insert({ state: 'pending', updatedAt: later(9) })
      const since = (before: string, limit: number) =>
        store.read(async (tx) => ids(await tx.pendingSince(ms(before), limit)))
      expect(await since(later(9), 5)).toEqual([older.id, old.id])
      expect(await since(later(9), 1)).toEqual([older.id])
    })

    it('[BDG-3] know the pizzerias in whose queue an order is that was held', async () => {
      const [queued, waiting] = [await insert({}), await insert({ state: 'pending' })]
      const who = 'address:192.0.2.1'
      const trusted = { pizzeria, who, first: true, pizzas: 1, later: false, at: ms(noon), until: ms(later(60)) }
      await store.write(pizzeria, async (tx) => {
        await tx.insertTrust({ ...trusted, order: queued.id, state: 'open' })
        await tx.insertTrust({ ...trusted, order: waiting.id, state: 'held' })
      })
      const held = () => store.read((tx) => tx.withHeldInQueue())
      expect(await held()).toEqual([])
      await store.write(pizzeria, (tx) => tx.holdTrust(pizzeria, who, ms(noon) - 1, ms(later(60))))
      expect(await held()).toEqual([pizzeria])
    })

    it('[DSP-1] mark orders as shown up to a position, and keep their version and position', async () => {
      const [early, late] = [await insert({}, 5), await insert({ state: 'baking' }, 9)]
      expect(ids(await store.read((tx) => tx.notShownUpTo(pizzeria, 8)))).toEqual([early.id])
      await store.write(pizzeria, (tx) => tx.markShown(early, ms(later(1))))
      expect(await store.read((tx) => tx.order(early.id))).toEqual({ ...early, shownAt: later(1) })
      expect(ids(await store.read((tx) => tx.notShownUpTo(pizzeria, 9)))).toEqual([late.id])
    })

    it('[DSP-4] note what was painted of an order until it counts as shown; its version stays', async () => {
      const [order, other] = [await insert({}), await insert({})]
      await insert({ state: 'ready' })
      const among = (all: string[]) => store.read((tx) => tx.notShownAmong(pizzeria, all))
      expect(await among([order.id, 'unknown'])).toEqual([{ order, painted: [] }])
      await store.write(pizzeria, (tx) => tx.notePainted(order.id, ['pizza/classics']))
      expect(await among([order.id])).toEqual([{ order, painted: ['pizza/classics'] }])
      await store.write(pizzeria, (tx) => tx.markShown(order, ms(later(1))))
      expect((await among([order.id, other.id])).map((one) => one.order.id)).toEqual([other.id])
      expect(await store.read((tx) => tx.notShownAmong('roma', [other.id]))).toEqual([])
    })

    it('[ORD-8] find scheduled orders that are due', async () => {
      const due = await insert({ state: 'scheduled', promiseAt: later(60) })
      await insert({ state: 'scheduled', promiseAt: later(90) })
      expect(ids(await store.read((tx) => tx.dueScheduled(ms(later(60)))))).toEqual([due.id])
    })

    it('[ORD-6] read the menu as it is now, also after a change that was rolled back', async () => {
      const out = (available: boolean, then?: Error) =>
        store.write(pizzeria, async (tx) => {
          await tx.setToppingAvailable(pizzeria, 'basil', available, null)
          await tx.countMenu(pizzeria)
          const { toppings } = await tx.menuRows((await tx.pizzeria(pizzeria))!)
          if (then) throw then
          return toppings.find((topping) => topping.id === 'basil')!.available
        })
      const basil = () =>
        store.write(
          pizzeria,
          async (tx) =>
            (await tx.menuRows((await tx.pizzeria(pizzeria))!)).toppings.find((topping) => topping.id === 'basil')!
              .available,
        )
      await expect(out(false, new Error('no'))).rejects.toThrow('no')
      // The version that was rolled back is used again, for another change.
      await store.write(pizzeria, async (tx) => {
        await tx.setItemAvailable(pizzeria, 'marinara', true, null)
        await tx.countMenu(pizzeria)
      })
      expect(await basil()).toBe(true)
      expect([await out(false), await basil(), await out(true), await basil()]).toEqual([false, false, true, true])
    })

    it('[ORD-6] take stock, and bring back what was out until a time', async () => {
      await store.write(pizzeria, async (tx) => {
        // What is known of the menu is changed along.
        await tx.menuRows((await tx.pizzeria(pizzeria))!)
        await tx.takeStock(pizzeria, 'tiramisu', 1)
        await tx.takeStock(pizzeria, 'tiramisu', 3)
        expect(await tx.setItemAvailable(pizzeria, 'marinara', false, 1000)).toBe(true)
        expect(await tx.setToppingAvailable(pizzeria, 'olives', false, 2000)).toBe(true)
        expect(await tx.setItemAvailable(pizzeria, 'nothing', false, null)).toBe(false)
        expect(await tx.setStock(pizzeria, 'nothing', 1)).toBe(false)
        const now = await tx.menuRows((await tx.countMenu(pizzeria))!)
        expect(now.items.find(({ id }) => id === 'tiramisu')!.stock).toBe(20)
        const until = '1970-01-01T00:00:01.000Z'
        expect(now.items.find(({ id }) => id === 'marinara')).toMatchObject({ available: false, until })
      })
      const { items } = await store.read(async (tx) => tx.menuRows((await tx.pizzeria(pizzeria))!))
      expect(items.find((item) => item.id === 'tiramisu')!.stock).toBe(20)
      expect(items.find((item) => item.id === 'marinara')).toMatchObject({
        available: false,
        until: '1970-01-01T00:00:01.000Z',
      })
      expect(await store.read((tx) => tx.backInStock(1999))).toEqual([{ pizzeria, kind: 'item', id: 'marinara' }])
      expect(await store.read((tx) => tx.backInStock(2000))).toHaveLength(2)
    })

    it('[MNU-4] keep what has left the menu, and write known and new entries by their id', async () => {
      const book = () => store.read((tx) => tx.menuBook(pizzeria))
      const before = await book()
      const [first, second, ...rest] = before.items
      const fresh = { ...first!.body, id: 'fresh', name: { it: 'Fresca', en: '', fr: '' }, portions: 3, stock: 3 }
      const many = Array.from({ length: 120 }, (_, index) => ({ sort: 1000, body: { ...fresh, id: `z${index}` } }))
      const on = { archived: false }
      await store.write(pizzeria, async (tx) => {
        const { id, menuVersion } = (await tx.pizzeria(pizzeria))!
        await tx.menuRows({ id, menuVersion })
        await tx.saveItems(pizzeria, [
          { ...first!, archived: true },
          { ...second!, body: { ...second!.body, category: 'specials' } },
          { sort: -1, ...on, body: fresh },
          ...many.map((entry) => ({ ...entry, ...on })),
        ])
        await tx.saveToppings(pizzeria, [])
        const { items } = await tx.menuRows((await tx.countMenu(pizzeria))!)
        expect(items[0]).toEqual({ ...fresh, name: { it: 'Fresca', en: 'Fresca', fr: 'Fresca' } })
        expect(ids(items)).not.toContain(first!.body.id)
        expect(items.find(({ id }) => id === second!.body.id)!.category).toBe('specials')
        expect(await tx.setItemAvailable(pizzeria, first!.body.id, false, null)).toBe(false)
      })
      const after = await book()
      expect(after.items[0]).toEqual({ sort: -1, archived: false, body: fresh })
      expect(after.items.find(({ body }) => body.id === first!.body.id)).toEqual({ ...first, archived: true })
      expect(after.items).toHaveLength(before.items.length + 121)
      expect(after.toppings).toEqual(before.toppings)
      await store.write(pizzeria, async (tx) => {
        await tx.saveItems(pizzeria, [
          ...[first!, second!, ...rest],
          ...[{ sort: 999, body: fresh }, ...many].map((entry) => ({ ...entry, archived: true })),
        ])
        await tx.countMenu(pizzeria)
      })
    })

    it('[SRV-7] return a session until it has ended or expired', async () => {
      const session = (id: string, over: Partial<Session> = {}): Session => ({
        id,
        pizzeria,
        kind: 'staff',
        role: 'counter',
        name: 'Giulia',
        screen: null,
        member: null,
        createdAt: 0,
        expiresAt: 100,
        endedAt: null,
        ...over,
      })
      await store.write(pizzeria, async (tx) => {
        await tx.insertSession(session('lives'))
        await tx.insertSession(session('ended'))
        await tx.insertSession(session('over', { expiresAt: 50 }))
        await tx.insertSession(session('screen', { kind: 'screen', role: 'kitchen', screen: 'device-1' }))
        await tx.endSession('ended', 10)
      })
      const live = (id: string) => store.read((tx) => tx.liveSession(id, 50))
      expect(await live('lives')).toEqual(session('lives'))
      expect([await live('ended'), await live('over'), await live('nobody')]).toEqual([undefined, undefined, undefined])
      expect((await store.read((tx) => tx.endedAmong(['lives', 'ended', 'over', 'screen'], 50))).sort()).toEqual([
        'ended',
        'over',
      ])
      expect(await store.read((tx) => tx.endedAmong([], 50))).toEqual([])
      await store.write(pizzeria, (tx) => tx.endScreenSessions(pizzeria, 'device-1', 20))
      expect(await live('screen')).toBe(undefined)
    })

    it('[PDA-5] drop sessions that ended or expired before a time, one piece at a time', async () => {
      const session = (id: string, over: Partial<Session>): Session => ({
        id,
        pizzeria,
        kind: 'staff',
        role: 'counter',
        name: 'Giulia',
        screen: null,
        member: null,
        createdAt: 0,
        expiresAt: 9_000,
        endedAt: null,
        ...over,
      })
      await store.write(pizzeria, async (tx) => {
        for (const id of ['a', 'b', 'c']) await tx.insertSession(session(`ended-${id}`, { endedAt: 4_000 }))
        await tx.insertSession(session('expired', { expiresAt: 4_000 }))
        await tx.insertSession(session('ended-later', { endedAt: 6_000 }))
        await tx.insertSession(session('kept', {}))
      })
      // Sessions of earlier tests ended long ago.
      for (let more = true; more;) more = (await store.write(null, (tx) => tx.dropSessionsBefore(4_000, 100))) > 0
      expect(await store.write(null, (tx) => tx.dropSessionsBefore(5_000, 2))).toBe(3)
      expect(await store.write(null, (tx) => tx.dropSessionsBefore(5_000, 2))).toBe(1)
      expect(await store.write(null, (tx) => tx.dropSessionsBefore(5_000, 2))).toBe(0)
      expect(await store.read((tx) => tx.endedAmong(['ended-a', 'expired', 'ended-later'], 8_000))).toEqual([
        'ended-later',
      ])
      expect(await store.read((tx) => tx.liveSession('kept', 8_000))).toMatchObject({ id: 'kept' })
    })

    it('[PDA-2] find orders that still have personal data, the oldest first, and remove it', async () => {
      const at = { state: 'collected', placedAt: later(-600), updatedAt: later(-590) } as const
      const [first, second, open] = [await insert(at), await insert(at), await insert({ ...at, state: 'ready' })]
      const mine = [first.id, second.id, open.id]
      const over = async () => ids(await store.read((tx) => tx.overWithPeople(pizzeria, ms(later(-500)), 100)))
      expect(await over()).toEqual([first.id, second.id])
      const after = { placedAt: ms(later(-600)), id: first.id }
      expect(ids(await store.read((tx) => tx.withPeopleAfter(pizzeria, after, 2)))).toEqual([second.id, open.id].sort())
      await store.write(pizzeria, (tx) => tx.erasePeople(first))
      expect(await store.read((tx) => tx.order(first.id))).toMatchObject({ customer: { name: '', phone: null } })
      expect(await over()).toEqual([second.id])
      expect(ids(await store.read((tx) => tx.withPeopleAmong(mine))).sort()).toEqual([second.id, open.id].sort())
      expect(await store.read((tx) => tx.withPeopleAmong([]))).toEqual([])
    })

    it('[SRV-7] find a pairing by its code or its token, until it has expired or was dropped', async () => {
      const pairing = {
        code: 'ABCDEF',
        tokenHash: 'token',
        device: 'device-1',
        pizzeria: null,
        session: null,
        expiresAt: 100,
      }
      const find = (where: { code: string } | { tokenHash: string }, now = 50) =>
        store.read((tx) => tx.pairing(where, now))
      await store.write(null, (tx) => tx.insertPairing(pairing))
      expect(await find({ code: 'ABCDEF' })).toEqual(pairing)
      expect(await find({ code: 'ABCDEF' }, 100)).toBe(undefined)
      await store.write(pizzeria, (tx) => tx.completePairing('ABCDEF', pizzeria, 'lives'))
      expect(await find({ tokenHash: 'token' })).toMatchObject({ pizzeria, session: 'lives' })
      await store.write(null, (tx) => tx.dropPairingsBefore(101))
      expect(await find({ tokenHash: 'token' })).toBe(undefined)
    })

    it('[DSP-3] keep what a screen last reported, and find screens that fell silent', async () => {
      const report = {
        audio: 'armed' as const,
        wakeLock: true,
        visible: true,
        fullscreen: true,
        page: '1/2',
        build: 'b',
        transport: 'sse',
      }
      await store.write(pizzeria, (tx) =>
        tx.saveScreen(pizzeria, 'device-1', { name: 'Oven', connected: true, seenAt: 1000, report }),
      )
      const after = await store.write(pizzeria, (tx) => tx.saveScreen(pizzeria, 'device-1', { shownPosition: 7 }))
      expect(after).toMatchObject({
        id: 'device-1',
        name: 'Oven',
        connected: true,
        shownPosition: 7,
        report,
        paired: false,
      })
      expect(await store.read((tx) => tx.silentSince(1000))).toEqual([])
      expect(await store.read((tx) => tx.silentSince(1001))).toEqual([after])
      expect(await store.read((tx) => tx.screens('roma'))).toEqual([])
      expect(await store.write(pizzeria, (tx) => tx.removeScreen(pizzeria, 'device-1', 2000))).toBe(true)
      expect(await store.write(pizzeria, (tx) => tx.removeScreen(pizzeria, 'device-1', 3000))).toBe(false)
      expect(await store.read((tx) => tx.screens(pizzeria))).toEqual([])
      expect(await store.read((tx) => tx.removedScreen(pizzeria, 'device-1'))).toMatchObject({ removedAt: 2000 })
      expect(await store.read((tx) => tx.screen(pizzeria, 'device-1'))).toBe(undefined)
    })
  })
}
