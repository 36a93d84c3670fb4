import { z } from 'zod'
import { paymentMethods, type Payment, type PaymentMethod } from './money.ts'
import type { DecideContext, Decision } from './decision.ts'
import type { Order } from './order.ts'

/** The body of one payment or refund. */
export const paymentInput = z.strictObject({
  ifVersion: z.int().min(1),
  kind: z.enum(['payment', 'refund']).default('payment'),
  method: z.enum(paymentMethods),
  amount: z.int().min(1).max(100_000_000),
})

type Money = Pick<Order, 'total' | 'paid' | 'payments'>

/** What has been paid and not given back, minor units. An order of an earlier build says only whether it is paid. */
export const paidOf = ({ total, paid, payments }: Money) =>
  payments
    ? payments.reduce((sum, { kind, amount }) => sum + (kind === 'payment' ? amount : -amount), 0)
    : paid
      ? total
      : 0

const isOff = ({ state }: Pick<Order, 'state'>) => state === 'cancelled' || state === 'rejected'

/** What is still to be paid, minor units. */
export const dueOf = (order: Money & Pick<Order, 'state'>) =>
  isOff(order) ? 0 : Math.max(0, order.total - paidOf(order))

/** What must be returned: all that was paid of what is cancelled, or more than it costs since it was amended. */
export const owedOf = (order: Money & Pick<Order, 'state'>) =>
  Math.max(0, paidOf(order) - (isOff(order) ? 0 : order.total))

/** Its facts, also where an earlier build only noted that it is paid. */
export const factsOf = (order: Order): Payment[] =>
  order.payments ??
  (order.paid && order.total > 0
    ? [{ id: 'before', kind: 'payment', method: 'other', amount: order.total, at: order.updatedAt, by: null }]
    : [])

export type PaymentCommand =
  /** Said with one tap: all of the rest has been paid, or none of it. */
  | { name: 'pay'; ifVersion: number; paid: boolean; id: string; by: Payment['by']; method?: PaymentMethod }
  | ({ name: 'payment'; id: string; by: Payment['by'] } & z.infer<typeof paymentInput>)

/** The rule of money, pure: who may note it, and how much. */
export function decidePayment(order: Order, command: PaymentCommand, { actor, now }: DecideContext): Decision {
  if (command.name === 'pay' && order.paid === command.paid) return { outcome: 'unchanged', order }
  if (order.version !== command.ifVersion) return refuse('order.stale', order)
  if (actor !== 'counter' && actor !== 'manager') return refuse('order.illegal', order)
  const { kind, method, amount } = command.name === 'payment' ? command : wholeOf(order, command)
  if (kind === 'payment' && isOff(order)) return refuse('order.illegal', order)
  const most = kind === 'payment' ? dueOf(order) : paidOf(order)
  if (amount > most) return refuse('order.amount', order, most)
  const fact: Payment = { id: command.id, kind, method, amount, at: now, by: command.by }
  const payments = amount > 0 ? [...factsOf(order), fact] : factsOf(order)
  const after = { ...order, version: order.version + 1, updatedAt: now, payments }
  const paid = command.name === 'pay' ? command.paid : isPaid(after)
  return { outcome: 'changed', type: 'order.paid', order: { ...after, paid } }
}

/** Whether nothing is left to pay; what costs nothing is paid when somebody says so. */
export const isPaid = (order: Money) => (order.total > 0 ? paidOf(order) >= order.total : order.paid)

const wholeOf = (order: Order, { paid, method }: { paid: boolean; method?: PaymentMethod }) =>
  paid
    ? { kind: 'payment' as const, method: method ?? 'other', amount: dueOf(order) }
    : { kind: 'refund' as const, method: method ?? factsOf(order).at(-1)?.method ?? 'other', amount: paidOf(order) }

const refuse = (code: 'order.stale' | 'order.illegal' | 'order.amount', order: Order, most?: number): Decision => ({
  outcome: 'refused',
  rejection: { code, details: { order, ...(most !== undefined && { most }) } },
})
