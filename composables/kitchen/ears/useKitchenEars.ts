import type { Ref } from 'vue'
import type { Freshness } from '#shared/live/freshness'
import type { ScreenSettings } from '#shared/kitchen/screen-settings'
import type { ToneName } from '#shared/sound/tones'
import type { Ticket } from '#shared/order/views'
import type { useKitchenStore } from '~/stores/kitchen'
import { speechWords } from '#shared/kitchen/speech-words'
import { useSpeaker, type AudioState } from '~/composables/sound/useSpeaker'
import type { KitchenBoard } from '~/composables/kitchen/board/useKitchenBoard'
import { useBlindAlarm } from '~/composables/kitchen/ears/useBlindAlarm'
import { useNews } from '~/composables/kitchen/ears/useNews'
import { useSpeech } from '~/composables/sound/useSpeech'

/** The organ that is heard: tones, sentences and the alarm of a blind screen, from one pair of speakers. */
export interface KitchenEars {
  /** Whether this page can be heard; `mute` stands on the screen in letters that nobody misses. */
  audio: Readonly<Ref<AudioState>>
  /** True while a sentence is read aloud. */
  speaking: Readonly<Ref<boolean>>
  /** Plays a tone. False when nobody can have heard it. */
  play: (tone: ToneName) => boolean
  say: (sentences: readonly string[]) => void
  /** Says a ticket again; null: what was said last. */
  repeat: (ticket: Ticket | null) => void
}

export function useKitchenEars({
  store,
  board,
  now,
  settings,
  freshness,
}: {
  store: ReturnType<typeof useKitchenStore>
  board: Pick<KitchenBoard, 'tickets' | 'here' | 'standsIn'>
  /** ms, the server's clock, ticking */
  now: Readonly<Ref<number>>
  settings: Readonly<Ref<ScreenSettings>>
  freshness: Readonly<Ref<Freshness>>
}): KitchenEars {
  const language = () => settings.value.language
  const { audio, play } = useSpeaker({
    arms: 'at-start',
    sound: () => settings.value.sound,
    volume: () => settings.value.volume,
  })
  const { speaking, say } = useSpeech({
    language,
    volume: () => settings.value.volume,
    enabled: () => settings.value.voice && settings.value.sound,
  })
  const { repeat } = useNews({
    happened: toRef(store, 'happened'),
    tickets: board.tickets,
    here: board.here,
    now,
    language,
    play,
    say,
  })
  useBlindAlarm({ freshness, now, play, say, words: () => speechWords[language()].lost })
  onMounted(() =>
    watch(board.standsIn, (is) => {
      play('changed')
      say([is ? speechWords[language()].standsIn : speechWords[language()].standsDown], { urgent: true })
    }),
  )
  return { audio, speaking, play, say, repeat }
}
