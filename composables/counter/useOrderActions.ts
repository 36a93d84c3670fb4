import type { Order, OrderState } from '#shared/order/order'
import type { RejectionCode } from '#shared/order/rejections'
import type { Failure } from '~/composables/useCommand'
import { sendCommand } from '~/composables/useCommand'
import type { useCounterStore } from '~/stores/counter'

/** How long a step can be undone with one tap, ms. */
export const undoMs = 10_000

/** What an undo takes back: one order's step, as the step made it, or one answer to many orders. */
export type Did =
  | { name: 'moved'; order: Order }
  | { name: 'answered'; answer: 'accept' | 'reject'; count: number; /** What could not be done. */ refused: number }

/** What the counter is told after a step. `order: null`: the step was for many. */
export type Notice =
  | { name: 'undo'; did: Did; until: number; back: () => Promise<void> }
  /** What was done, in words; it goes by itself. */
  | { name: 'said'; text: string; until: number }
  | { name: 'beaten'; order: Order }
  | { name: 'refused'; order: Order | null; code: RejectionCode }
  | { name: 'offline'; order: Order | null; again: () => void }

export type OrderActions = ReturnType<typeof useOrderActions>

/** A question that must be answered before a step. */
export type Question =
  | { name: 'unpaid' | 'cancel'; order: Order }
  /** Not a question that stops a step: what was paid of it, and the rest. */
  | { name: 'payments'; order: Order }

/**
 * The steps of an order, as the counter takes them. Nothing is shown as done before the server has confirmed it; until
 * then the order is `sending`. Every step carries the version that was on the screen, so repeating it is safe, and
 * whoever comes second is shown the current order.
 */
export function useOrderActions(store: ReturnType<typeof useCounterStore>, onSignedOut: () => void) {
  const sending = shallowRef<ReadonlySet<string>>(new Set())
  const notice = shallowRef<Notice | null>(null)
  const question = shallowRef<Question | null>(null)
  /** The last step, until the server has answered. */
  let underWay: Promise<void> = Promise.resolve()

  async function send(order: Order, body: Record<string, unknown>): Promise<Order | null> {
    if (sending.value.has(order.id)) return null
    sending.value = new Set([...sending.value, order.id])
    const result = await sendCommand<{ order: Order }>(`/api/orders/${order.id}/moves`, {
      method: 'POST',
      body: { ...body, ifVersion: order.version },
      tries: 4,
    })
    sending.value = new Set([...sending.value].filter((id) => id !== order.id))
    if (result.name === 'done') {
      store.upsert(result.data.order)
      return result.data.order
    }
    // When an undo's answer was lost, sending it again finds it done.
    const current = result.name === 'refused' ? (result.details.order as Order | undefined) : undefined
    if (body.undo && current?.version === order.version + 1) return (store.upsert(current), current)
    settle(order, result, () => void send(order, body))
    return null
  }

  /** What a refused or lost step leaves on the screen. */
  function settle(order: Order, result: Failure, again: () => void) {
    if (result.name === 'unanswered') {
      notice.value = { name: 'offline', order, again }
      return
    }
    if (result.name === 'limited') {
      notice.value = { name: 'refused', order, code: result.code }
      return
    }
    const current = (result.details.order as Order | undefined) ?? order
    store.upsert(current)
    if (result.status === 401) onSignedOut()
    else if (result.code === 'order.unpaid') question.value = { name: 'unpaid', order: current }
    else if (result.code === 'order.reason_required') question.value = { name: 'cancel', order: current }
    else
      notice.value =
        result.code === 'order.stale'
          ? { name: 'beaten', order: current }
          : { name: 'refused', order: current, code: result.code }
  }

  const move = (...step: Parameters<typeof take>) => (underWay = take(...step))

  async function take(order: Order, to: OrderState, extra: { reason?: string; confirmUnpaid?: boolean } = {}) {
    notice.value = null
    const moved = await send(order, { to, ...extra })
    if (moved && moved.version > order.version)
      notice.value = {
        name: 'undo',
        did: { name: 'moved', order: moved },
        until: Date.now() + undoMs,
        back: () => takeBack(moved),
      }
  }

  /**
   * Undoes the last step as if it had not been taken. The live feed is often faster than the answer, so somebody who
   * sees the order move and undoes it at once means a step that is still under way.
   */
  async function undo() {
    await underWay
    if (notice.value?.name !== 'undo') return
    const { back } = notice.value
    notice.value = null
    await (underWay = back())
  }

  /** Takes back the step that made this version of the order. */
  const takeBack = (order: Order) => send(order, { undo: true }).then(() => {})

  /** What a step for many leaves on the screen when it was refused or lost. */
  function settleMany(result: Failure, again: () => void) {
    if (result.name === 'unanswered') notice.value = { name: 'offline', order: null, again }
    else if (result.name === 'refused' && result.status === 401) onSignedOut()
    else notice.value = { name: 'refused', order: null, code: result.code }
  }

  const say = (text: string) => {
    notice.value = { name: 'said', text, until: Date.now() + undoMs }
  }

  return { sending, notice, say, question, move, undo, takeBack, settleMany }
}

/** The step that an order's large button takes: to ready, then to the customer. */
export function nextStep(order: Pick<Order, 'state'>): OrderState | null {
  switch (order.state) {
    case 'scheduled':
    case 'pending':
      return 'queued'
    case 'queued':
    case 'making':
    case 'baking':
      return 'ready'
    case 'ready':
      return 'collected'
    case 'collected':
    case 'rejected':
    case 'cancelled':
    case 'expired':
      return null
    default:
      return order.state satisfies never
  }
}
