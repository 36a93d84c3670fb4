import type { Ref } from 'vue'
import type { ScreenSettings } from '#shared/kitchen/screen-settings'
import type { Ticket } from '#shared/order/views'
import type { LiveStream } from '~/composables/useLiveStream'
import { speechWords } from '#shared/kitchen/speech-words'
import { useChime } from '~/composables/useChime'
import { useKitchenNews } from '~/composables/useKitchenNews'
import { useKitchenTruth } from '~/composables/useKitchenTruth'
import { useSpeech } from '~/composables/useSpeech'
import type { useKitchenStore } from '~/stores/kitchen'

interface Options {
  store: ReturnType<typeof useKitchenStore>
  tickets: Ref<readonly Ticket[]>
  now: Ref<number>
  settings: Ref<ScreenSettings>
  live: LiveStream
  old: Ref<boolean>
}

/**
 * Everything that the kitchen hears, from one pair of speakers: tones, sentences, and the alarm of a screen that knows
 * nothing.
 */
export function useKitchenSound({ store, tickets, now, settings, live, old }: Options) {
  const chime = useChime({ sound: () => settings.value.sound, volume: () => settings.value.volume })
  const speech = useSpeech({
    language: () => settings.value.language,
    volume: () => settings.value.volume,
    enabled: () => settings.value.voice && settings.value.sound,
  })
  const language = () => settings.value.language
  const news = useKitchenNews({
    happened: toRef(store, 'happened'),
    tickets,
    now,
    language,
    play: chime.play,
    say: speech.say,
  })
  const truth = useKitchenTruth({
    live,
    now,
    old,
    play: chime.play,
    say: speech.say,
    lostWords: () => speechWords[language()].lost,
  })
  return {
    audio: chime.audio,
    play: chime.play,
    say: speech.say,
    speaking: speech.speaking,
    repeat: news.repeat,
    truth: truth.state,
    silence: truth.silence,
  }
}
