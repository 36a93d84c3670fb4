import { z } from 'zod'
import { useKept } from '~/composables/useKept'

const lastOrders = z
  .array(
    z.object({ pizzeria: z.string(), name: z.string(), tracking: z.string(), number: z.int(), placedAt: z.string() }),
  )
  .max(20)
export type LastOrder = z.infer<typeof lastOrders>[number]

/**
 * The tracking links of this device, newest first. They are the customer's only key to an order, so they are worth
 * keeping.
 */
export function useLastOrders() {
  const orders = useKept<LastOrder[]>('comanda:orders', lastOrders, [])
  const remember = (order: LastOrder) => {
    orders.value = [order, ...orders.value.filter((one) => one.tracking !== order.tracking)].slice(0, 5)
  }
  return { orders, remember }
}
