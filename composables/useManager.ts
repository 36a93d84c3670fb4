import { useLiveStream } from '~/composables/useLiveStream'
import { useServerClock } from '~/composables/useServerClock'
import { useStaffSession } from '~/composables/useStaffSession'
import { useCounterStore } from '~/stores/counter'

/**
 * The ground of every page of the manager's area: who is signed in, and the counter's stream, which says what is new.
 * `refused`: nobody who may see it; the page shows the pad, and `retry` once somebody has come.
 */
export async function useManager(pizzeria: string) {
  const store = useCounterStore()
  const session = useStaffSession(pizzeria)
  const live = await useLiveStream('counter', pizzeria, store)
  const now = useServerClock(live)
  const refused = computed(() => live.error.value?.status === 401 || live.error.value?.status === 403)
  watch(live.error, (error) => {
    if (error?.status === 401 && session.staff.value) session.end('ended')
  })
  function retry() {
    live.error.value = null
    live.restart()
  }
  return { store, session, live, now, isOut: computed(() => !session.staff.value || refused.value), retry }
}
