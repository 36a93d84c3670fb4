import type { Ref } from 'vue'
import { tones, type Tone, type ToneName } from '#shared/kitchen/tones'

/** Whether this page can be heard. Browsers keep a page silent until somebody touches it, or a kiosk flag allows it. */
export type AudioState = 'unknown' | 'armed' | 'mute'

/** How long a browser may take to say whether it lets us be heard, ms. */
const testMs = 600

/**
 * Tones made by Web Audio: no files that could fail to load. Tests itself at the start, says so when it is mute, and
 * any key or touch arms it again.
 */
export function useChime(options: { sound: () => boolean; volume: () => number }) {
  const audio = shallowRef<AudioState>('unknown')
  let context: AudioContext | null = null

  const look = () => {
    audio.value = context?.state === 'running' ? 'armed' : 'mute'
  }

  /** Makes or wakes the audio. Outside a gesture the promise may never settle: nobody waits for it. */
  function arm() {
    if (context?.state === 'closed') context = null
    try {
      context ??= open()
      if (context.state !== 'running') context.resume().then(look, look)
    } catch {
      look()
    }
  }

  function open() {
    const made = new AudioContext({ latencyHint: 'interactive' })
    made.onstatechange = look
    return made
  }

  /** Plays a tone. False when nobody can have heard it. */
  function play(name: ToneName): boolean {
    if (!options.sound()) return false
    if (context?.state !== 'running') {
      arm()
      return false
    }
    render(context, tones[name], options.volume())
    return true
  }

  onMounted(() => {
    arm()
    setTimeout(() => {
      look()
      play('test')
    }, testMs)
  })
  if (import.meta.client) {
    useEventListener(window, ['keydown', 'pointerdown'], () => audio.value !== 'armed' && arm(), { capture: true })
    useEventListener(document, 'visibilitychange', () => document.visibilityState === 'visible' && arm())
  }
  onScopeDispose(() => void context?.close().catch(() => {}))
  return { audio: audio as Readonly<Ref<AudioState>>, play, arm }
}

/** Schedules the notes; each fades in and out within milliseconds, for a hard edge clicks. */
function render(context: AudioContext, tone: Tone, volume: number) {
  let at = context.currentTime + 0.02
  for (const [frequency, length] of tone.notes) {
    if (frequency > 0) {
      const oscillator = context.createOscillator()
      const gain = context.createGain()
      oscillator.type = tone.wave
      oscillator.frequency.value = frequency
      gain.gain.setValueAtTime(0, at)
      gain.gain.linearRampToValueAtTime(tone.loudness * volume, at + 0.012)
      gain.gain.setValueAtTime(tone.loudness * volume, at + length - 0.03)
      gain.gain.linearRampToValueAtTime(0, at + length)
      oscillator.connect(gain).connect(context.destination)
      oscillator.start(at)
      oscillator.stop(at + length)
    }
    at += length
  }
}
