import { expect, it } from 'vitest'
import { later } from '../../support/build.ts'
import { pizzeria } from '../store-suite.ts'
import { ids, ms, type Asked } from './asked.ts'

export function erasureQueriesSuite({ store, insert }: Asked) {
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
}
