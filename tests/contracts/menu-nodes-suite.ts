import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { seedDemo } from '../../db/demo/seed.ts'
import type { Store } from '../../db/store.ts'
import { createCommit } from '../../server/ground/commit.ts'
import { documentOf, readBook } from '../../server/menu/editor/book.ts'
import { planMenu, publishPlanned } from '../../server/menu/editor/plan.ts'
import { publishMenu } from '../../server/menu/editor/publish.ts'
import { requirePizzeria } from '../../server/menu/pizzeria.ts'
import { changePizzeria } from '../../server/menu/settings.ts'
import type { MenuDocument } from '../../shared/menu/document.ts'
import { pizzeria, type OpenSubject, type Subject } from './store-suite.ts'
import { trustedClock } from '../support/trusted.ts'

/** What managers do on several nodes in the same moment, on whatever lies below. */
export function menuNodesSuite(name: string, open: OpenSubject) {
  describe(`the menu of several nodes on ${name}`, () => {
    let subject: Subject
    let nodes: Store[]
    beforeEach(async () => {
      subject = await open({ lockWaitMs: 20_000 })
      await subject.store.write(null, (tx) => seedDemo(tx, 'hash'))
      nodes = [subject.store, await subject.reopen(), await subject.reopen()]
    })
    afterEach(async () => {
      await Promise.all(nodes.slice(1).map((node) => node.close()))
      await subject.dispose()
    })

    const now = Date.parse('2026-11-20T18:30:00.000Z')
    const on = (store: Store, at = now) => ({
      store,
      commit: createCommit(store, () => {}),
      clock: () => at,
      trusted: trustedClock(() => at),
    })
    const readOn = (store: Store) => store.read(async (tx) => readBook(tx, await requirePizzeria(tx, pizzeria)))
    const priced = (menu: MenuDocument, price: number): MenuDocument => ({
      ...menu,
      items: menu.items.map((item) =>
        item.id === 'marinara' ? { ...item, sizes: item.sizes.map((size) => ({ ...size, price })) } : item,
      ),
    })
    const priceIn = ({ items }: Pick<MenuDocument, 'items'>) =>
      items.find(({ id }) => id === 'marinara')!.sizes.map(({ price }) => price)[0]!
    const told = () => subject.store.read((tx) => tx.eventsAfter(pizzeria, 0, 100))

    /** Each node does its own in the same moment; what came of it: one is done, and why each of the others was not. */
    async function race(each: (store: Store, nth: number) => Promise<unknown>) {
      const outcomes = await Promise.allSettled(nodes.map(each))
      return {
        winners: outcomes.flatMap(({ status }, nth) => (status === 'fulfilled' ? [nth] : [])),
        refusals: outcomes.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : [])),
      }
    }

    it('[MNU-1] three publish from the same version: one is published, and the others are told', async () => {
      const book = await readOn(subject.store)
      const { winners, refusals } = await race((store, nth) =>
        publishMenu(on(store), {
          pizzeria,
          ifVersion: book.version,
          menu: priced(documentOf(book), 2000 + nth),
          actor: 'manager',
        }),
      )
      expect(winners).toHaveLength(1)
      expect(refusals).toEqual(['menu.stale', 'menu.stale'])
      for (const store of nodes) {
        const { version, ...menu } = await readOn(store)
        expect(version).toBe(book.version + 1)
        expect(priceIn(menu)).toBe(2000 + winners[0]!)
      }
      expect((await told()).map(({ type }) => type)).toEqual(['menu.changed'])
    })

    it('[MNU-10] three plan a menu: one plan is there, published once when its time comes on all nodes', async () => {
      const book = await readOn(subject.store)
      const at = new Date(now + 60_000).toISOString()
      const { winners, refusals } = await race((store, nth) =>
        planMenu(on(store), {
          pizzeria,
          ifVersion: book.version,
          menu: priced(documentOf(book), 2000 + nth),
          at,
          by: null,
          actor: 'manager',
        }),
      )
      expect(winners).toHaveLength(1)
      expect(refusals).toEqual(['menu.planned', 'menu.planned'])
      const before = (await told()).length
      await Promise.all(
        nodes.flatMap((store) => Array.from({ length: 3 }, () => publishPlanned(on(store, now + 61_000)))),
      )
      for (const store of nodes) {
        expect(await store.read((tx) => tx.plan(pizzeria))).toBeUndefined()
        const { version, ...menu } = await readOn(store)
        expect(version).toBe(book.version + 1)
        expect(priceIn(menu)).toBe(2000 + winners[0]!)
      }
      expect((await told()).slice(before).map(({ type }) => type)).toEqual(['menu.changed'])
    })

    it('[SET-6] three change the tables from the same version: one does, and the others are told', async () => {
      const { winners, refusals } = await race((store, nth) =>
        changePizzeria(on(store), {
          pizzeria,
          change: { ifVersion: 0, tables: [{ name: `Window ${nth}`, token: `window-${nth}-token` }] },
          actor: 'manager',
        }),
      )
      expect(winners).toHaveLength(1)
      expect(refusals).toEqual(['pizzeria.stale', 'pizzeria.stale'])
      for (const store of nodes) {
        const { settings } = await store.read((tx) => requirePizzeria(tx, pizzeria))
        expect(settings.version).toBe(1)
        expect(settings.tables?.map(({ name }) => name)).toEqual([`Window ${winners[0]}`])
      }
    })
  })
}
