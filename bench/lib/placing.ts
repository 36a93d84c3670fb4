import { randomUUID } from 'node:crypto'
import type { Store } from '../../db/store.ts'
import { createCommit } from '../../server/ground/commit.ts'
import { placeOrder } from '../../server/orders/place.ts'
import { placeInput } from '../../shared/order/order.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import { trustedClock } from '../../tests/support/trusted.ts'
import { spread, type Spread } from './figures.ts'

export interface Placing {
  /** In turn, a writer each; all have the demo's menu. */
  pizzerias: string[]
  writers: number
  seconds: number
}
export interface Placed {
  perSecond: number
  /** ms from the call to the answer, which comes after the flush. */
  latency: Spread
  /** The tracking ids of everything that was answered. */
  acknowledged: Set<string>
}

const wanted = {
  mode: 'pickup',
  customer: { name: 'Ada Lovelace', phone: '+33612345678' },
  lines: [
    { item: 'margherita', size: 'medium', quantity: 1 },
    { item: 'diavola', size: 'medium', quantity: 1 },
  ],
}

/** Between slices the open orders are collected, as in kitchens that keep up; this time is not measured. */
const sliceMs = 500

/** Places orders through the real code, without HTTP, for about so long. */
export async function place(store: Store, { pizzerias, writers, seconds }: Placing): Promise<Placed> {
  const context = { commit: createCommit(store, () => {}), clock: Date.now, trusted: trustedClock(Date.now) }
  const order = (pizzeria: string, total: number) =>
    placeOrder(context, {
      pizzeria,
      key: randomUUID(),
      input: placeInput.parse({ ...wanted, total }),
      actor: 'counter',
    })

  /** The price, as a client learns it: from the refusal of a wrong total. */
  async function ask(): Promise<number> {
    try {
      await order(pizzerias[0]!, 0)
    } catch (error) {
      if (error instanceof Rejected && error.code === 'order.price_changed')
        return (error.details as { quote: { total: number } }).quote.total
    }
    throw new Error('the price is unknown')
  }

  const acknowledged = new Set<string>()
  const latencies: number[] = []
  const total = await ask()
  async function write(pizzeria: string, until: number, keep: boolean) {
    while (performance.now() < until) {
      const start = performance.now()
      const { tracking } = await order(pizzeria, total)
      if (keep) latencies.push(performance.now() - start)
      acknowledged.add(tracking)
    }
  }
  const all = (until: number, keep: boolean) =>
    Promise.all(Array.from({ length: writers }, (_, nth) => write(pizzerias[nth % pizzerias.length]!, until, keep)))
  const handOver = (pizzeria: string) =>
    store.write(pizzeria, async (tx) => {
      const { position } = (await tx.head(pizzeria))!
      for (const open of await tx.ordersIn(pizzeria, ['queued', 'pending']))
        await tx.updateOrder(open, { ...open, state: 'collected' }, position)
    })

  await all(performance.now() + sliceMs, false)
  let [orders, measuredMs] = [0, 0]
  while (measuredMs < seconds * 1000) {
    await Promise.all(pizzerias.map(handOver))
    const [before, start] = [acknowledged.size, performance.now()]
    await all(start + sliceMs, true)
    measuredMs += performance.now() - start
    orders += acknowledged.size - before
  }
  return { perSecond: (orders / measuredMs) * 1000, latency: spread(latencies), acknowledged }
}

/** Acknowledged orders that the database does not hold, and orders in it that nobody was told of. */
export const missingAndSurplus = (acknowledged: Set<string>, held: Set<string>) => ({
  acknowledged: acknowledged.size,
  missing: [...acknowledged].filter((tracking) => !held.has(tracking)).length,
  surplus: [...held].filter((tracking) => !acknowledged.has(tracking)).length,
})
