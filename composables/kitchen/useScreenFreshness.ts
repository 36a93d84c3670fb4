import type { Ref } from 'vue'
import type { LiveStream } from '~/composables/useLiveStream'
import { freshness, type Freshness } from '#shared/kitchen/freshness'

interface Options {
  live: Pick<LiveStream, 'status' | 'confirmedAt'>
  /** ms, the server's clock, ticking */
  now: Readonly<Ref<number>>
  /** What is shown comes from this device, not from the server. */
  stale: Readonly<Ref<boolean>>
}

/** What this screen may claim about its knowledge (KIT-14), and how long the server has been silent, ms. */
export function useScreenFreshness({ live, now, stale }: Options) {
  const silence = computed(() => Math.max(0, now.value - live.confirmedAt()))
  const state = computed<Freshness>(() => {
    if (live.status.value.name === 'stopped') return 'blind'
    const fresh = freshness(now.value - silence.value, now.value)
    return fresh === 'live' && stale.value ? 'doubt' : fresh
  })
  return { freshness: state, silence }
}
