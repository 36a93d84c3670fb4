import type { Ref } from 'vue'
import type { Language } from '#shared/menu/menu'
import { useSpeaker } from '~/composables/sound/useSpeaker'
import { useSpeech } from '~/composables/sound/useSpeech'

/** 0 quiet; 2: an order has not been proved shown for 45 s; 3: for 90 s, louder and in words. */
export type AlarmLevel = 0 | 2 | 3

const everyMs = { 2: 5000, 3: 4000 }
const quietMs = 60_000

/**
 * The counter's red alarm. It sounds until no order is missing or somebody silences it, for a minute or until it gets
 * worse. A browser allows sound only after a gesture: `armed` says whether the alarm would be heard.
 */
export function useAlarm(level: Ref<AlarmLevel>, words: () => { text: string; language: string }) {
  const { audio, play, arm } = useSpeaker({ arms: 'by-touch' })
  const { say, stop } = useSpeech({ language: () => words().language as Language })
  const quietUntil = ref(0)

  function sound() {
    if (level.value === 0 || Date.now() < quietUntil.value) return
    play(level.value === 3 ? 'alarmLouder' : 'alarm')
    if (level.value === 3) {
      // The list may have grown: only the newest sentence is said, not one after the other.
      stop()
      say([words().text])
    }
    // Browsers refuse it, and complain, before somebody has touched the page.
    if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.([200, 100, 200])
  }

  const quiet = () => {
    quietUntil.value = Date.now() + quietMs
  }

  let timer: ReturnType<typeof setInterval> | undefined
  // Not before the page is the server's: where sound is allowed at once, `armed` would change while it is hydrated.
  onMounted(() =>
    watch(
      level,
      (now, before) => {
        clearInterval(timer)
        if (now === 0) return
        if (now > (before ?? 0)) quietUntil.value = 0
        sound()
        timer = setInterval(sound, everyMs[now])
      },
      { immediate: true },
    ),
  )
  onScopeDispose(() => clearInterval(timer))

  return { armed: computed(() => audio.value === 'armed'), arm, quiet, quietUntil }
}
