import { int, list, maybe, object, text } from '#shared/live/client/checks'
import type { Line } from '#shared/menu/line'
import { keptLine } from '~/composables/useBasketKept'
import { useKept } from '~/composables/useKept'

export interface LastOrder {
  pizzeria: string
  name: string
  tracking: string
  number: number
  placedAt: string
  /** The promise that was given for it, ISO 8601; missing in what an older build kept. */
  promiseAt?: string
  /** What was ordered, to order it again; missing in what an older build kept. */
  lines?: Line[]
}
const lastOrders = list(
  object<LastOrder>({
    pizzeria: text,
    name: text,
    tracking: text,
    number: int,
    placedAt: text,
    promiseAt: maybe(text),
    lines: maybe(list(keptLine)),
  }),
)

/** How many orders a device remembers: what somebody likes shows in a few months' orders. */
const maxKept = 20

/**
 * The tracking links of this device, newest first. They are the customer's only key to an order, so they are worth
 * keeping.
 */
export function useLastOrders() {
  const orders = useKept<LastOrder[]>('comanda:orders', lastOrders, [])
  const remember = (order: LastOrder) => {
    orders.value = [order, ...orders.value.filter((one) => one.tracking !== order.tracking)].slice(0, maxKept)
  }
  return { orders, remember }
}
