import { parseCommand, type SpokenCommand } from '#shared/kitchen/spoken-commands'
import type { Language } from '#shared/menu/menu'

/**
 * `unavailable`: this browser cannot recognise speech on the device itself, and we do not send a kitchen's talk to
 * anybody.
 */
export type Listening = 'off' | 'unavailable' | 'listening' | 'paused'

interface Recognition extends EventTarget {
  lang: string
  continuous: boolean
  interimResults: boolean
  processLocally: boolean
  start: () => void
  abort: () => void
}
interface RecognitionClass {
  new (): Recognition
  available?: (options: { langs: string[]; processLocally: boolean }) => Promise<string>
}

/**
 * Spoken commands, off by default and only where the browser recognises speech on this device. Deaf while the screen
 * itself speaks.
 */
export function useSpokenCommands(options: {
  enabled: () => boolean
  language: () => Language
  speaking: () => boolean
  heard: (command: SpokenCommand) => void
}) {
  const state = shallowRef<Listening>('off')
  let recognition: Recognition | null = null

  const recogniser = () =>
    (window as unknown as { SpeechRecognition?: RecognitionClass; webkitSpeechRecognition?: RecognitionClass })
      .SpeechRecognition

  async function start() {
    stop()
    const Class = recogniser()
    const local =
      Class?.available &&
      (await Class.available({ langs: [options.language()], processLocally: true }).catch(() => 'unavailable'))
    if (!Class || local !== 'available') {
      state.value = 'unavailable'
      return
    }
    const made = new Class()
    Object.assign(made, { lang: options.language(), continuous: true, interimResults: false, processLocally: true })
    made.addEventListener('result', (event) => {
      const results = (event as unknown as { results: ArrayLike<ArrayLike<{ transcript: string }>> }).results
      const command = parseCommand(results[results.length - 1]?.[0]?.transcript ?? '', options.language())
      if (command) options.heard(command)
    })
    // Recognition ends by itself after a while of silence.
    made.addEventListener('end', () => (recognition === made && !options.speaking() ? made.start() : undefined))
    made.addEventListener('error', (event) => (event as unknown as { error: string }).error === 'not-allowed' && stop())
    recognition = made
    made.start()
    state.value = 'listening'
  }

  function stop() {
    const before = recognition
    recognition = null
    before?.abort()
    state.value = 'off'
  }

  if (import.meta.client) {
    watch([options.enabled, options.language], () => (options.enabled() ? void start() : stop()), { immediate: true })
    watch(options.speaking, (speaking) => {
      if (!recognition) return
      if (speaking) recognition.abort()
      else recognition.start()
      state.value = speaking ? 'paused' : 'listening'
    })
  }
  onScopeDispose(() => recognition && stop())
  return state
}
