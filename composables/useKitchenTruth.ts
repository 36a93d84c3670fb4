import type { Ref } from 'vue'
import type { LiveStream } from '~/composables/useLiveStream'
import { freshness, type Freshness } from '#shared/kitchen/freshness'
import type { ToneName } from '#shared/kitchen/tones'

interface Options {
  live: Pick<LiveStream, 'status' | 'confirmedAt'>
  now: Ref<number>
  /** The page shows a copy from this device, not from the server. */
  old: Ref<boolean>
  play: (tone: ToneName) => boolean
  say: (sentences: readonly string[], options?: { urgent?: boolean }) => void
  lostWords: () => string
}

/** How often the alarm is repeated while nobody reacts, ms. */
const againMs = 30_000

/** What this screen may claim, and the alarm when it may claim nothing any more. */
export function useKitchenTruth({ live, now, old, play, say, lostWords }: Options) {
  const silence = computed(() => Math.max(0, now.value - live.confirmedAt()))
  const state = computed<Freshness>(() => {
    if (live.status.value.name === 'stopped') return 'blind'
    const fresh = freshness(now.value - silence.value, now.value)
    return fresh === 'live' && old.value ? 'doubt' : fresh
  })
  let alarmedAt = 0

  function alarm() {
    alarmedAt = now.value
    play('lost')
    say([lostWords()], { urgent: true })
  }

  onMounted(() => {
    watch(state, (is, was) => {
      if (is === 'blind') alarm()
      else if (was === 'blind' && is === 'live') play('restored')
    })
    watch(now, () => state.value === 'blind' && now.value - alarmedAt >= againMs && alarm())
  })
  return { state, silence }
}
