import type { Ref } from 'vue'
import { tones, type Tone, type ToneName } from '#shared/sound/tones'

/**
 * Whether this page can be heard. Browsers keep a page silent until somebody touches it, or a kiosk flag allows sound.
 */
export type AudioState = 'unknown' | 'armed' | 'mute'

interface Options {
  /** False: this page stays silent, whoever asks. */
  sound?: () => boolean
  /** 0 to 1 */
  volume?: () => number
  /**
   * When the page asks the browser for sound: `at-start`, with a soft tone as a test, and again at each touch;
   * `by-touch`, at the first touch or key; `when-asked`, only by `arm`.
   */
  arms: 'at-start' | 'by-touch' | 'when-asked'
}

/** How long a browser may take to say whether it allows sound, ms. */
const testMs = 600
/**
 * What counts as a gesture differs: for a finger, Firefox and Safari take its release and its click, not its press. All
 * of them are listened to, because a second try costs nothing.
 */
const gestures = ['keydown', 'pointerdown', 'pointerup', 'click'] as const

/**
 * The one engine for tones, on every page with sound: Web Audio makes the tones, so no file can fail to load. `audio`
 * says whether somebody can hear them.
 */
export function useSpeaker({ sound = () => true, volume = () => 1, arms }: Options) {
  const audio = shallowRef<AudioState>('unknown')
  let context: AudioContext | null = null

  const look = () => {
    audio.value = context?.state === 'running' ? 'armed' : 'mute'
  }

  /**
   * Creates or resumes the audio. Outside a gesture it may never settle, so await it only where a gesture called it.
   */
  async function arm() {
    if (context?.state === 'closed') context = null
    try {
      context ??= open()
      if (context.state !== 'running') await context.resume()
    } catch {
      /* no audio here, or no permission to use it: `audio` says so */
    }
    look()
  }

  function open() {
    const made = new AudioContext({ latencyHint: 'interactive' })
    made.onstatechange = look
    return made
  }

  /** Plays a tone. Returns false when nobody can have heard it. */
  function play(name: ToneName): boolean {
    if (!sound()) return false
    if (context?.state !== 'running') {
      if (arms !== 'when-asked') void arm()
      return false
    }
    render(context, tones[name], volume())
    return true
  }

  if (arms === 'at-start')
    onMounted(() => {
      void arm()
      setTimeout(() => {
        look()
        play('test')
      }, testMs)
    })
  if (import.meta.client && arms !== 'when-asked') {
    const touch = () => audio.value !== 'armed' && void arm()
    useEventListener(window, [...gestures], touch, { capture: true, passive: true })
    useEventListener(document, 'visibilitychange', () => document.visibilityState === 'visible' && context && arm())
  }
  onScopeDispose(() => void context?.close().catch(() => {}))
  return { audio: audio as Readonly<Ref<AudioState>>, play, arm }
}

/**
 * Schedules the notes. Each fades in within milliseconds, because a hard edge clicks, and then fades out at its end, or
 * dies away like a bell.
 */
function render(context: AudioContext, tone: Tone, volume: number) {
  let at = context.currentTime + 0.02
  for (const [frequency, length] of tone.notes) {
    if (frequency > 0) {
      const oscillator = context.createOscillator()
      const gain = context.createGain()
      const end = at + (tone.decay ?? length)
      oscillator.type = tone.wave
      oscillator.frequency.value = frequency
      gain.gain.setValueAtTime(0, at)
      gain.gain.linearRampToValueAtTime(tone.loudness * volume, at + 0.012)
      if (tone.decay === undefined) {
        gain.gain.setValueAtTime(tone.loudness * volume, end - 0.03)
        gain.gain.linearRampToValueAtTime(0, end)
      } else gain.gain.exponentialRampToValueAtTime(0.001, end)
      oscillator.connect(gain).connect(context.destination)
      oscillator.start(at)
      oscillator.stop(end)
    }
    at += length
  }
}
