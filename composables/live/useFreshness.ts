import type { Ref } from 'vue'
import { freshness, type Freshness } from '#shared/live/freshness'
import type { LiveStream } from '~/composables/useLiveStream'
import { useServerClock } from '~/composables/useServerClock'

/**
 * How fresh what a page shows is (CLI-6), updated once a second and with every change of the connection. `stale` says
 * that the page shows its own offline cache, not what the server said: then it is never better than `doubt`.
 */
export function useFreshness(
  live: Pick<LiveStream, 'status' | 'serverNow' | 'confirmedAt'>,
  stale?: Readonly<Ref<boolean>>,
) {
  const now = useServerClock(live)
  // Read with every tick and change. When the server was last heard is not a ref, so that a heartbeat renders nothing.
  const confirmedAt = computed(() => (live.status.value && now.value ? live.confirmedAt() : 0))
  const silence = computed(() => Math.max(0, now.value - confirmedAt.value))
  const state = computed<Freshness>(() => {
    if (live.status.value.name === 'stopped' || confirmedAt.value === 0) return 'blind'
    const fresh = freshness(confirmedAt.value, now.value)
    return fresh === 'live' && stale?.value ? 'doubt' : fresh
  })
  return {
    /** ms, the server's clock, ticking */
    now,
    /** When the server was last heard: ms, the server's clock; 0 for never. */
    confirmedAt,
    /** ms since then */
    silence,
    freshness: state,
    /** The page may say LIVE: welcomed, caught up, and heard from within 12 s. */
    isLive: computed(() => live.status.value.name === 'live' && state.value === 'live'),
  }
}
