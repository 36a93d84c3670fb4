import { useLiveStream } from '~/composables/useLiveStream'
import { useServerClock } from '~/composables/useServerClock'
import { useStaffSession } from '~/composables/useStaffSession'
import { useCounterStore } from '~/stores/counter'

/**
 * What every page of the manager's area is built on: who is signed in, and the counter's stream, which reports changes.
 * `refused`: nobody who may see the page; it then shows the PIN pad, and calls `retry` after a sign-in.
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
