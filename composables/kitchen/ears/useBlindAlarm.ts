import type { Ref } from 'vue'
import type { Freshness } from '#shared/live/freshness'
import type { ToneName } from '#shared/sound/tones'

interface Options {
  freshness: Readonly<Ref<Freshness>>
  /** ms, the server's clock, ticking */
  now: Readonly<Ref<number>>
  play: (tone: ToneName) => boolean
  say: (sentences: readonly string[], options?: { urgent?: boolean }) => void
  /** What is said when the screen knows nothing any more. */
  words: () => string
}

/** How often the alarm is repeated while nobody reacts, ms. */
const againMs = 30_000

/** The alarm of a screen that knows nothing any more, and the tone of its recovery (KIT-14). */
export function useBlindAlarm({ freshness, now, play, say, words }: Options) {
  let alarmedAt = 0

  function alarm() {
    alarmedAt = now.value
    play('lost')
    say([words()], { urgent: true })
  }

  onMounted(() => {
    watch(freshness, (is, was) => {
      if (is === 'blind') alarm()
      else if (was === 'blind' && is === 'live') play('restored')
    })
    watch(now, () => freshness.value === 'blind' && now.value - alarmedAt >= againMs && alarm())
  })
}
