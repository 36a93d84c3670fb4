import { createHash } from 'node:crypto'
import type { Actor, Order } from '../../shared/order/order.ts'
import type { Payment } from '../../shared/order/money.ts'
import { owedOf, type PaymentCommand } from '../../shared/order/payments.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import type { Context } from '../context.ts'
import { applyCommand } from './change.ts'

export interface PaymentNote {
  order: string
  pizzeria: string
  /** With it, a repeat is the same payment. */ key: string | null
  command: Extract<PaymentCommand, { name: 'payment' }>
  actor: Actor
}

/** Notes one payment or refund; the same key gets the same answer, so that a repeat pays nothing twice. */
export async function notePayment(
  { commit, clock }: Pick<Context, 'commit' | 'clock'>,
  { order: id, pizzeria, key, command, actor }: PaymentNote,
): Promise<{ order: Order; payment: Payment }> {
  const scope = `payment:${id}`
  const { ifVersion, kind, method, amount } = command
  const bodyHash = createHash('sha256')
    .update(JSON.stringify([ifVersion, kind, method, amount]))
    .digest('base64url')
  return await commit(pizzeria, async (tx, append) => {
    const order = await tx.order(id)
    if (!order || order.pizzeria !== pizzeria) throw new Rejected('order.unknown')
    const before = key === null ? undefined : await tx.answerTo(scope, key)
    if (before && before.bodyHash !== bodyHash) throw new Rejected('idempotency.reused')
    if (before) return withPayment(order, (before.response as { payment: string }).payment)
    const now = clock()
    const after = await applyCommand(tx, append, { order, command, actor, now })
    if (key !== null) await tx.keepAnswer({ scope, key, bodyHash, response: { payment: command.id }, at: now })
    return withPayment(after, command.id)
  })
}

const withPayment = (order: Order, id: string) => ({ order, payment: order.payments!.find((one) => one.id === id)! })

/** Orders whose customers have money to get back, and how much each, minor units. */
export async function moneyToReturn({ store }: Pick<Context, 'store'>, pizzeria: string) {
  const orders = await store.read((tx) => tx.owedOrders(pizzeria))
  return orders.map((order) => ({ order, owed: owedOf(order) }))
}
