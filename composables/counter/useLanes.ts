import type { Ref } from 'vue'
import { matches, toLanes } from '#shared/order/lanes'
import type { Mode } from '#shared/order/modes'
import type { useCounterStore } from '~/stores/counter'

export type DeskFilter = 'all' | Mode | 'unpaid'
export type DeskLanes = ReturnType<typeof useLanes>

/** The day's orders in their lanes: all of them, and those that somebody looks for. */
export function useLanes(store: ReturnType<typeof useCounterStore>, now: Readonly<Ref<number>>) {
  const search = ref('')
  const filter = ref<DeskFilter>('all')
  const isNarrowed = computed(() => search.value !== '' || filter.value !== 'all')

  const all = computed(() => toLanes(Object.values(store.orders), store.unseen, now.value))
  const found = computed(() =>
    isNarrowed.value
      ? toLanes(
          Object.values(store.orders).filter(
            (order) =>
              matches(order, search.value) &&
              (filter.value === 'all' || (filter.value === 'unpaid' ? !order.paid : order.mode === filter.value)),
          ),
          store.unseen,
          now.value,
        )
      : all.value,
  )
  return { search, filter, all, found }
}
