import { useDocumentVisibility, useIntervalFn } from '@vueuse/core'
import { computed, onMounted, onScopeDispose, shallowRef, watch } from 'vue'
import type { Ref } from 'vue'

/**
 * `off`: nobody asked. `on`: sound, and a notification where the browser allows one. `sound`: notifications are
 * refused.
 */
export type ReadyAlert = 'off' | 'on' | 'sound'

/**
 * Tells somebody who looks elsewhere that the order is ready: a chime, a blinking page title, a notification.
 * Browsers keep pages mute and ask before notifications until a gesture, so all of it starts with one button.
 */
export function useReadyAlert(ready: Ref<boolean>, words: () => { title: string; body: string }) {
  const alert = shallowRef<ReadyAlert>('off')
  const visibility = useDocumentVisibility()
  let audio: AudioContext | null = null

  async function arm() {
    audio ??= new AudioContext()
    await audio.resume().catch(() => {})
    const allowed = 'Notification' in window ? await Notification.requestPermission().catch(() => 'denied') : 'denied'
    alert.value = allowed === 'granted' ? 'on' : 'sound'
    chime(audio, [660])
  }

  function tell() {
    if (audio) chime(audio, [523, 659, 784, 1047])
    navigator.vibrate?.([200, 100, 200])
    if (alert.value !== 'on' || visibility.value === 'visible') return
    // Chrome on Android only notifies from a service worker and throws here; the chime has sounded all the same.
    try {
      void new Notification(words().title, { body: words().body, icon: '/icon.svg', tag: 'comanda-ready' })
    } catch {
      alert.value = 'sound'
    }
  }

  const calling = computed(() => ready.value && visibility.value === 'hidden')
  const blink = shallowRef(false)
  const blinking = useIntervalFn(
    () => {
      blink.value = !blink.value
    },
    1000,
    { immediate: false },
  )
  watch(calling, (now) => {
    if (now) return blinking.resume()
    blinking.pause()
    blink.value = false
  })
  onMounted(() => watch(ready, (now) => now && tell()))
  onScopeDispose(() => void audio?.close())
  return { alert, arm, blink }
}

/** A rising arpeggio of soft bells; each note is a sine with a fast attack and a long fall. Frequencies in Hz. */
function chime(audio: AudioContext, notes: number[]) {
  notes.forEach((frequency, index) => {
    const start = audio.currentTime + index * 0.16
    const gain = audio.createGain()
    gain.gain.setValueAtTime(0, start)
    gain.gain.linearRampToValueAtTime(0.25, start + 0.02)
    gain.gain.exponentialRampToValueAtTime(0.001, start + 1.2)
    const tone = audio.createOscillator()
    tone.frequency.value = frequency
    tone.connect(gain).connect(audio.destination)
    tone.start(start)
    tone.stop(start + 1.3)
  })
}
