import type { Payment } from '#shared/order/money'
import type { Order } from '#shared/order/order'
import type { RejectionCode } from '#shared/order/rejections'
import { randomId } from '~/composables/randomId'
import { sendCommand } from '~/composables/useCommand'
import type { useCounterStore } from '~/stores/counter'

export type Fact = Pick<Payment, 'kind' | 'method' | 'amount'>

export type Noting =
  | { name: 'idle' }
  | { name: 'sending'; fact: Fact }
  /** Nobody knows whether it was noted. The same key is sent again, so that it is noted once. */
  | { name: 'unanswered'; fact: Fact }
  | { name: 'refused'; code: RejectionCode }

interface Attempt {
  key: string
  ifVersion: number
  fact: Fact
}

export type Payments = ReturnType<typeof usePayments>

/**
 * Notes what was paid and given back. One fact has one Idempotency-Key until an answer settles it, however often it is
 * sent; nothing is shown as noted before the server has confirmed it.
 */
export function usePayments(store: ReturnType<typeof useCounterStore>, onSignedOut: () => void) {
  /** By order: two cards may wait for an answer at the same time. */
  const states = shallowRef<Record<string, Noting>>({})
  const attempts = new Map<string, Attempt>()
  const stateOf = (order: string): Noting => states.value[order] ?? { name: 'idle' }
  const set = (order: string, state: Noting) => {
    states.value = { ...states.value, [order]: state }
  }

  async function send(id: string): Promise<Order | null> {
    const attempt = attempts.get(id)
    if (!attempt || stateOf(id).name === 'sending') return null
    const { key, ifVersion, fact } = attempt
    set(id, { name: 'sending', fact })
    const result = await sendCommand<{ order: Order }>(`/api/orders/${id}/payments`, {
      method: 'POST',
      key,
      body: { ifVersion, ...fact },
      tries: 4,
    })
    if (result.name === 'unanswered') return (set(id, { name: 'unanswered', fact }), null)
    attempts.delete(id)
    if (result.name === 'done') {
      set(id, { name: 'idle' })
      store.upsert(result.data.order)
      return result.data.order
    }
    set(id, { name: 'refused', code: result.code })
    if (result.name === 'limited') return null
    if (result.details.order) store.upsert(result.details.order as Order)
    if (result.status === 401) onSignedOut()
    return null
  }

  /** Notes one fact; answers the order after it, or null when it was not noted, or nobody knows. */
  async function note(order: Pick<Order, 'id' | 'version'>, fact: Fact): Promise<Order | null> {
    if (stateOf(order.id).name === 'sending' || stateOf(order.id).name === 'unanswered') return null
    attempts.set(order.id, { key: randomId(), ifVersion: order.version, fact })
    return await send(order.id)
  }

  /** The refusal has been read. */
  const read = (id: string) => stateOf(id).name === 'refused' && set(id, { name: 'idle' })

  return { stateOf, note, again: send, read }
}
