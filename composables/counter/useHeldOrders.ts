import type { Ref } from 'vue'
import type { Order } from '#shared/order/order'
import type { RejectionCode } from '#shared/order/rejections'
import { sendCommand } from '~/composables/useCommand'
import type { OrderActions } from '~/composables/counter/useOrderActions'
import { undoMs } from '~/composables/counter/useOrderActions'
import type { useCounterStore } from '~/stores/counter'

type Answer = 'accept' | 'reject' | 'restore'
/** All that are held, those of one source, or these. */
export type WhichHeld = { held: true } | { source: string } | { orders: string[] }
interface Answered {
  orders: Order[]
  refused: { id: string; code: RejectionCode }[]
}

/** A yes is settled order by order, 200 of them at most (ms). */
const answerMs = 30_000
/** Undos that are under way at the same time. */
const undosAtOnce = 6

interface Options {
  store: ReturnType<typeof useCounterStore>
  actions: Pick<OrderActions, 'notice' | 'takeBack' | 'settleMany'>
}

/**
 * One answer to all orders that wait for the counter's yes because strangers have brought more than their budget
 * (BDG-4); it can be taken back like any other step.
 */
export function useHeldOrders({ store, actions }: Options) {
  const sending = shallowRef<Answer | null>(null) as Ref<Answer | null>

  async function send(answer: Answer, which: WhichHeld): Promise<Answered | null> {
    if (sending.value) return null
    sending.value = answer
    const result = await sendCommand<Answered>(`/api/pizzerias/${store.pizzeria?.id}/waiting`, {
      method: 'POST',
      body: { answer, which },
      tries: 3,
      timeout: answerMs,
    })
    sending.value = null
    if (result.name === 'done') {
      store.upsertAll(result.data.orders)
      return result.data
    }
    actions.settleMany(result, () => void send(answer, which))
    return null
  }

  async function answer(answer: 'accept' | 'reject', which: WhichHeld = { held: true }) {
    actions.notice.value = null
    const answered = await send(answer, which)
    if (!answered) return
    const { orders, refused } = answered
    actions.notice.value = {
      name: 'undo',
      did: { name: 'answered', answer, count: orders.length, refused: refused.length },
      until: Date.now() + undoMs,
      back: () => (answer === 'reject' ? restore(orders) : undoAll(orders)),
    }
  }

  const restore = async (orders: Order[]) => void (await send('restore', { orders: orders.map(({ id }) => id) }))

  async function undoAll(orders: Order[]) {
    const waiting = [...orders]
    const next = async () => {
      for (let order = waiting.shift(); order; order = waiting.shift()) await actions.takeBack(order)
    }
    await Promise.all(Array.from({ length: undosAtOnce }, next))
  }

  return { sending, answer }
}
