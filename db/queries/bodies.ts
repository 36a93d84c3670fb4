import type { Order } from '../../shared/order/order.ts'

/** The orders that rows hold, as they were written. */
export const bodies = async (rows: PromiseLike<{ body: Order }[]> | { body: Order }[]): Promise<Order[]> =>
  (await rows).map(({ body }) => body)
