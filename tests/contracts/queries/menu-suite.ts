import { expect, it } from 'vitest'
import { pizzeria } from '../store-suite.ts'
import { ids, type Asked } from './asked.ts'

export function menuQueriesSuite({ store }: Asked) {
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
}
