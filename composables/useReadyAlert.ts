import { useDocumentVisibility, useIntervalFn } from '@vueuse/core'
import { computed, onMounted, shallowRef, watch } from 'vue'
import type { Ref } from 'vue'
import { useSpeaker } from '~/composables/sound/useSpeaker'

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
  const { baseURL } = useRuntimeConfig().app
  const alert = shallowRef<ReadyAlert>('off')
  const visibility = useDocumentVisibility()
  const { play, arm: armSound } = useSpeaker({ arms: 'when-asked' })

  async function arm() {
    await armSound()
    const allowed = 'Notification' in window ? await Notification.requestPermission().catch(() => 'denied') : 'denied'
    alert.value = allowed === 'granted' ? 'on' : 'sound'
    play('armed')
  }

  function tell() {
    play('orderReady')
    navigator.vibrate?.([200, 100, 200])
    if (alert.value !== 'on' || visibility.value === 'visible') return
    // Chrome on Android only notifies from a service worker and throws here; the chime has sounded all the same.
    try {
      void new Notification(words().title, { body: words().body, icon: `${baseURL}icon.svg`, tag: 'comanda-ready' })
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
  return { alert, arm, blink }
}
