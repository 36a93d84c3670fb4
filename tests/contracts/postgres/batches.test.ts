import { describe, expect, it } from 'vitest'
import type { Tx } from '../../../db/store.ts'
import { noPostgres } from '../../support/postgres.ts'
import { newEvent, pizzeria } from '../store-suite.ts'
import { useDatabase } from './subject.ts'

describe.skipIf(noPostgres)('writers that PostgreSQL flushes together', () => {
  const { database, store, reopen, ask, append, positions } = useDatabase()

  it('[LOG-4] [LOG-7] who waits together is flushed together, also where the server would not flush', async () => {
    await ask(`ALTER DATABASE ${database()} SET synchronous_commit = off`)
    const again = await reopen()
    const commits = async () =>
      (await ask<{ n: number }>('SELECT pg_stat_clear_snapshot(), pg_current_xact_id()::text::int AS n'))[0]!.n
    const before = await commits()
    await Promise.all(Array.from({ length: 100 }, () => append(again)))
    // A number for each batch, and one for each of their savepoints: writers that ask nothing have none.
    expect((await commits()) - before).toBeLessThan(20)
    expect(await again.write(null, (tx) => tx.epoch())).toMatch(/^[\w-]{8}$/)
    await again.close()
  })

  it('[LOG-7] a statement fails after its writer has gone on: nobody else notices', async () => {
    const answer = { scope: 'place', key: 'k', bodyHash: 'h', response: null, at: 1 }
    await store.write(pizzeria, (tx) => tx.keepAnswer(answer))
    const again = (more: () => void) =>
      store.write(pizzeria, async (tx) => {
        const event = await tx.append(newEvent())
        await tx.keepAnswer(answer)
        more()
        return event
      })
    const outcomes = await Promise.allSettled([
      append(),
      again(() => {}),
      append(),
      again(() => {
        throw new Error('changed my mind')
      }),
      append(),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual([
      ...['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'],
    ])
    const appended = outcomes.flatMap((one) => (one.status === 'fulfilled' ? one.value.position : []))
    expect(appended).toEqual([1, 2, 3])
    expect(await positions()).toEqual([1, 2, 3])
  })

  it('[LOG-7] what a writer had written and read back is taken back alone when it fails', async () => {
    const writing = (isFailing: boolean) =>
      store.write(pizzeria, async (tx) => {
        const { position } = await tx.append(newEvent())
        const { stock } = await counted(tx)
        await tx.takeStock(pizzeria, 'margherita', 1)
        expect([(await tx.head(pizzeria))!.position, (await counted(tx)).stock]).toEqual([position, stock! - 1])
        if (isFailing) throw new Error('changed my mind')
        return position
      })
    const counted = async (tx: Tx) =>
      (await tx.menuBook(pizzeria)).items.find(({ body }) => body.id === 'margherita')!.body
    await store.write(pizzeria, (tx) => tx.setStock(pizzeria, 'margherita', 10))
    const outcomes = await Promise.allSettled([false, true, false, true, false].map(writing))
    const done = outcomes.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
    expect(done).toEqual([1, 2, 3])
    expect(await positions()).toEqual([1, 2, 3])
    expect((await store.read(counted)).stock).toBe(7)
  })

  it('[LOG-7] a question that cannot be answered fails its writer alone', async () => {
    const outcomes = await Promise.allSettled([
      append(),
      store.write(pizzeria, (tx) => tx.eventsAfter(pizzeria, 1e30, 1)),
      append(),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await positions()).toEqual([1, 2])
  })
})
