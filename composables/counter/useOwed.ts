import { isNewer } from '#shared/live/by-version'
import type { Order } from '#shared/order/order'
import { owedOf } from '#shared/order/payments'
import { sendCommand } from '~/composables/useCommand'
import type { useCounterStore } from '~/stores/counter'

/**
 * Whose money must be returned, the oldest first: those of days ago too, which the counter's own state no longer has.
 * It empties by itself as refunds are noted, here or at another counter.
 */
export function useOwed(store: ReturnType<typeof useCounterStore>) {
  const kept = shallowRef<readonly Order[]>([])

  async function refresh() {
    if (!store.pizzeria) return
    const url = `/api/pizzerias/${store.pizzeria.id}/owed`
    const result = await sendCommand<{ order: Order }[]>(url, { method: 'GET', tries: 3 })
    if (result.name === 'done') kept.value = result.data.map(({ order }) => order)
  }
  // Also after each snapshot: what happened meanwhile is not told.
  onMounted(() => {
    void refresh()
    watch(
      () => store.pizzeria,
      () => void refresh(),
    )
  })

  const orders = computed(() => {
    const all = new Map(kept.value.map((order) => [order.id, order]))
    for (const order of Object.values(store.orders)) if (isNewer(all.get(order.id), order)) all.set(order.id, order)
    return [...all.values()]
      .filter((order) => owedOf(order) > 0)
      .sort((a, b) => (a.placedAt < b.placedAt ? -1 : a.placedAt > b.placedAt ? 1 : 0))
  })
  return { orders, refresh }
}
