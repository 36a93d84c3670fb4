import { knownCustomers, type KnownCustomer } from '../../shared/order/known.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import type { Context } from '../context.ts'
import { readPhone } from '../ground/phone.ts'
import { requirePizzeria } from '../menu/pizzeria.ts'

/** How far back one number's orders are read: enough for everybody who shares it. */
const maxOrders = 30

/**
 * Who ordered at this pizzeria with a phone number, and what they had last. Nobody, while the number is none yet: it is
 * asked while somebody types it. People who were erased are not found.
 */
export async function findCustomers(
  { store }: Pick<Context, 'store'>,
  pizzeria: string,
  written: string,
): Promise<KnownCustomer[]> {
  return await store.read(async (tx) => {
    const { country } = await requirePizzeria(tx, pizzeria)
    const phone = possiblePhone(written, country)
    if (phone === null) return []
    const orders = await tx.ordersOfPhone(pizzeria, phone, maxOrders)
    return knownCustomers(orders.filter(({ test }) => !test))
  })
}

function possiblePhone(written: string, country: string): string | null {
  try {
    return readPhone(written, country)
  } catch (error) {
    if (error instanceof Rejected) return null
    throw error
  }
}
