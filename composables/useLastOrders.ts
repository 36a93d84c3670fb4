import { int, list, object, text } from '#shared/live/client/checks'
import { useKept } from '~/composables/useKept'

export interface LastOrder {
  pizzeria: string
  name: string
  tracking: string
  number: number
  placedAt: string
}
const lastOrders = list(object<LastOrder>({ pizzeria: text, name: text, tracking: text, number: int, placedAt: text }))

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
