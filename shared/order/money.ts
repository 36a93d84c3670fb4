import { z } from 'zod'

/** How money came or went. Comanda writes down what the staff say; it is no cash register. */
export const paymentMethods = ['cash', 'card', 'voucher', 'other'] as const
export type PaymentMethod = (typeof paymentMethods)[number]

/** One fact of money: never changed, never taken away; a mistake is put right by another one. */
export const payment = z.object({
  id: z.string(),
  kind: z.enum(['payment', 'refund']),
  method: z.enum(paymentMethods),
  /** Minor units, more than nothing. */
  amount: z.int(),
  at: z.iso.datetime(),
  /** Who took it or gave it back; null where nobody knows any more. */
  by: z.object({ id: z.string(), name: z.string() }).nullable(),
})
export type Payment = z.infer<typeof payment>
