import { afterAll, beforeAll, beforeEach } from 'vitest'
import { seedDemo } from '../../../db/demo/seed.ts'
import type { Store } from '../../../db/store.ts'
import { orderStates, type Order } from '../../../shared/order/order.ts'
import { buildOrder, noon } from '../../support/build.ts'
import { pizzeria, type OpenSubject, type Subject } from '../store-suite.ts'

/** A database that tests ask, all the same one. Every test looks only at what it has inserted itself. */
export interface Asked {
  store: Pick<Store, 'read' | 'write'>
  /** The same database, opened as by another process. */
  reopen(): Promise<Store>
  /** An order that no other test has, not yet inserted. */
  newOrder(over?: Partial<Order>): Order
  insert(over?: Partial<Order>, position?: number): Promise<Order>
}

export const ids = (orders: { id: string }[]) => orders.map(({ id }) => id)

export const ms = (iso: string) => Date.parse(iso)

/** Opens it before the first test of the suite that calls this; no order is open when a test begins. */
export function openAsked(open: OpenSubject): Asked {
  let subject: Subject
  let serial = 0
  const store: Asked['store'] = {
    read: (work) => subject.store.read(work),
    write: (of, work) => subject.store.write(of, work),
  }
  beforeAll(async () => {
    subject = await open({ lockWaitMs: 1000 })
    await store.write(null, (tx) => seedDemo(tx, 'hash'))
  })
  afterAll(() => subject.dispose())
  beforeEach(async () => {
    await store.write(pizzeria, async (tx) => {
      for (const order of await tx.ordersIn(pizzeria, orderStates))
        await tx.updateOrder(order, { ...order, state: 'collected', updatedAt: noon }, 0)
    })
  })

  function newOrder(over: Partial<Order> = {}): Order {
    serial += 1
    // In the order of the alphabet as well: some queries order by it.
    return buildOrder({ id: `o${String(serial).padStart(4, '0')}`, tracking: `t${serial}`, number: serial, ...over })
  }
  async function insert(over: Partial<Order> = {}, position = 1): Promise<Order> {
    const order = newOrder(over)
    await store.write(pizzeria, (tx) => tx.insertOrder(order, position))
    return order
  }
  return { store, reopen: () => subject.reopen(), newOrder, insert }
}
