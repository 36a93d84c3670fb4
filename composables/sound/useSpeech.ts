import type { Language } from '#shared/menu/menu'
import { chooseVoice, utteranceSeconds } from '#shared/kitchen/speech'

/** `blocked`: the browser needs a gesture first; `none`: this device cannot speak this language. */
export type SpeechState = 'unknown' | 'ok' | 'blocked' | 'none'

/** How many sentences may wait; older ones are out of date by then. */
const maxQueued = 14

/**
 * Reads sentences aloud, one utterance at a time. A watchdog moves the queue on when a voice never reports its end, as
 * network voices do while offline.
 */
export function useSpeech(options: {
  language: () => Language
  /** 0 to 1 */
  volume?: () => number
  /** 1 is the voice's own speed. */
  rate?: number
  enabled?: () => boolean
}) {
  const state = shallowRef<SpeechState>('unknown')
  const speaking = shallowRef(false)
  let queue: string[] = []
  // Kept here, because Chrome garbage-collects an utterance that nobody holds, and then it never ends.
  let current: SpeechSynthesisUtterance | null = null
  let watchdog: ReturnType<typeof setTimeout> | undefined
  const synthesis = () => (import.meta.client && 'speechSynthesis' in window ? window.speechSynthesis : null)

  /** Says these sentences after the current one; `urgent` sentences go before everything that waits. */
  function say(sentences: readonly string[], { urgent = false } = {}) {
    if (options.enabled?.() === false || sentences.length === 0) return
    queue = (urgent ? [...sentences, ...queue] : [...queue, ...sentences]).slice(0, maxQueued)
    if (!current) next()
  }

  function stop() {
    queue = []
    finish()
    synthesis()?.cancel()
  }

  function finish() {
    clearTimeout(watchdog)
    if (current) current.onend = current.onerror = null
    current = null
    speaking.value = false
  }

  function next() {
    const voices = synthesis()
    const sentence = queue.shift()
    if (!voices || sentence === undefined) return
    const language = options.language()
    const utterance = new SpeechSynthesisUtterance(sentence)
    const voice = chooseVoice(voices.getVoices(), language)
    if (voice) utterance.voice = voice
    utterance.lang = voice?.lang ?? language
    utterance.volume = options.volume?.() ?? 1
    utterance.rate = options.rate ?? 1
    utterance.onend = () => ended('ok')
    utterance.onerror = (event) =>
      ended(
        event.error === 'not-allowed'
          ? 'blocked'
          : event.error === 'canceled' || event.error === 'interrupted'
            ? 'ok'
            : 'none',
      )
    current = utterance
    speaking.value = true
    watchdog = setTimeout(
      () => {
        voices.cancel()
        ended('none')
      },
      utteranceSeconds(sentence) * 2000 + 2500,
    )
    // A synthesizer that hangs from earlier would swallow this sentence without an error.
    if (voices.speaking || voices.pending) voices.cancel()
    voices.speak(utterance)
  }

  function ended(result: SpeechState) {
    finish()
    state.value = result
    // A blocked page would lose one sentence after the other, so the newest of them wait for the gesture.
    if (result !== 'blocked') next()
    else queue = []
  }

  onMounted(() => {
    if (!synthesis()) state.value = 'none'
    // The first call starts the loading of voices in Chrome.
    synthesis()?.getVoices()
  })
  onScopeDispose(stop)
  return { state, speaking, say, stop }
}
