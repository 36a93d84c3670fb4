import type { Ref } from 'vue'
import type { KitchenState } from '#shared/order/views'
import type { LiveStream } from '~/composables/useLiveStream'
import type { Snapshot } from '#shared/live/messages'

interface Kept {
  at: number
  state: KitchenState
}
interface Options {
  pizzeria: string
  live: Pick<LiveStream, 'status' | 'serverNow' | 'confirmedAt' | 'error'>
  store: {
    state: () => KitchenState | null
    reset: (snapshot: Snapshot<KitchenState>) => void
    tickets: Record<string, unknown>
  }
}

/**
 * How often the queue is written down, how long that may wait for a moment without other work, and how long the server
 * may take before the offline cache is shown, ms.
 */
const saveMs = 5_000
const idleMs = 4_000
const patienceMs = 1_500

/**
 * The last queue, kept on the device: when the screen starts and the server cannot be reached, yesterday's answer,
 * marked as stale, is better than a dark wall. Returns whether what is shown has not been confirmed since the page
 * began.
 */
export function useOfflineCache({ pizzeria, live, store }: Options) {
  const place = `comanda.kitchen.${pizzeria}`
  const stale = shallowRef(false)
  let saved: unknown = null

  function save() {
    if (live.status.value.name !== 'live' || saved === store.tickets) return
    saved = store.tickets
    const state = store.state()
    try {
      if (state) localStorage.setItem(place, JSON.stringify({ at: live.serverNow(), state } satisfies Kept))
    } catch {
      /* full, or forbidden: the screen works without */
    }
  }

  function restore() {
    if (live.status.value.name === 'live' || live.status.value.name === 'catching-up') return
    // The page itself may come out of the worker's store, rendered long ago.
    stale.value = true
    const kept = read(place)
    if (kept && kept.at > live.confirmedAt())
      store.reset({
        stream: `kitchen:${pizzeria}`,
        epoch: '',
        position: 0,
        now: new Date(kept.at).toISOString(),
        state: kept.state,
      })
  }

  let timer: ReturnType<typeof setInterval> | undefined
  let idle = 0
  let patience: ReturnType<typeof setTimeout> | undefined
  onMounted(() => {
    // Writing down hundreds of tickets takes ms: an order that comes just then would be painted later for it.
    timer = setInterval(() => (idle = requestIdleCallback(save, { timeout: idleMs })), saveMs)
    patience = setTimeout(restore, live.error.value?.status === 0 ? 0 : patienceMs)
  })
  watch(live.status, ({ name }) => {
    if (name === 'live') stale.value = false
  })
  onScopeDispose(() => {
    clearInterval(timer)
    cancelIdleCallback(idle)
    clearTimeout(patience)
  })
  return stale as Readonly<Ref<boolean>>
}

function read(place: string): Kept | null {
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? 'null') as Kept | null
    return kept && Array.isArray(kept.state?.tickets) ? kept : null
  } catch {
    return null
  }
}
