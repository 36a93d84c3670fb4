import { useDocumentVisibility, useIntervalFn } from '@vueuse/core'
import type { Ref } from 'vue'
import { int, nullable, object } from '#shared/live/client/checks'
import type { CustomerOrder } from '#shared/order/views'
import { sendCommand } from '~/composables/useCommand'

interface Ahead {
  orders: number
  pizzas: number
}
const answer = object<{ ahead: Ahead | null }>({ ahead: nullable(object<Ahead>({ orders: int, pizzas: int })) })
/** Other orders are made meanwhile, of which this one's stream tells nothing: it is asked again after so long, ms. */
const againMs = 20_000

/**
 * What the kitchen makes before this order, while it waits in the queue and somebody looks; null: it does not wait, or
 * nobody knows any more.
 */
export function useQueuePlace(tracking: string, order: Readonly<Ref<Pick<CustomerOrder, 'state' | 'version'>>>) {
  const ahead = shallowRef<Ahead | null>(null)
  const visibility = useDocumentVisibility()
  const waits = computed(() => order.value.state === 'queued')

  async function ask() {
    const { version } = order.value
    const result = await sendCommand<{ ahead: Ahead | null }>(`/api/tracking/${tracking}/queue`, { method: 'GET' })
    if (order.value.version !== version) return
    ahead.value = result.name === 'done' && answer(result.data) ? result.data.ahead : null
  }
  const { pause, resume } = useIntervalFn(() => void ask(), againMs, { immediate: false })
  onMounted(() =>
    watch(
      [visibility, waits, () => order.value.version],
      () => {
        pause()
        if (!waits.value) ahead.value = null
        else if (visibility.value === 'visible') {
          void ask()
          resume()
        }
      },
      { immediate: true },
    ),
  )
  return ahead
}
