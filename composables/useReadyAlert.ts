import { useDocumentVisibility, useIntervalFn } from '@vueuse/core'
import { computed, onMounted, shallowRef, watch } from 'vue'
import type { Ref } from 'vue'
import { list, text } from '#shared/live/client/checks'
import { useSpeaker } from '~/composables/sound/useSpeaker'
import { useKept } from '~/composables/useKept'
import type { Notifier, NotificationWords } from '~/composables/useNotifier'

/**
 * What is promised, and never more than works: `off`: nobody asked, or nothing works; `sound`, `notice`: one of them;
 * `both`; `push`: a notification also when the page is closed or the phone locked.
 */
export type ReadyAlert = 'off' | 'sound' | 'notice' | 'both' | 'push'

/** Orders whose customer asked to be told: kept, because a phone drops the page of whoever looks elsewhere. */
const kept = list(text)

interface Options {
  /** The order's tracking id. */
  tracking: string
  ready: Readonly<Ref<boolean>>
  notifier: Notifier
  /** Said as a proof when somebody asks to be told, and when it is ready. */
  words: () => { asked: NotificationWords; ready: NotificationWords; pushed: NotificationWords }
  /** Asks the server to tell this device when the page is gone; whether it will. */
  subscribe: (words: NotificationWords) => Promise<boolean>
}

/**
 * Tells somebody who looks elsewhere that the order is ready: a chime, a blinking page title, a notification.
 * Browsers keep pages mute and ask before notifications until a gesture, so all of it starts with one button. After a
 * reload what was asked for holds again; sound then waits for the first touch, and is not promised before.
 */
export function useReadyAlert({ tracking, ready, notifier, words, subscribe }: Options) {
  const asked = useKept<string[]>('comanda:tell', kept, [])
  const isAsked = computed(() => asked.value.includes(tracking))
  const notifies = shallowRef(false)
  const isPushed = shallowRef(false)
  const visibility = useDocumentVisibility()
  const { audio, play, arm: armSound } = useSpeaker({ arms: 'by-touch', sound: () => isAsked.value })

  const alert = computed<ReadyAlert>(() => {
    if (!isAsked.value) return 'off'
    if (isPushed.value) return 'push'
    const sounds = audio.value === 'armed'
    return sounds && notifies.value ? 'both' : sounds ? 'sound' : notifies.value ? 'notice' : 'off'
  })

  async function arm() {
    asked.value = [tracking, ...asked.value.filter((one) => one !== tracking)].slice(0, 10)
    await armSound()
    play('armed')
    notifies.value = await notifier.prove(words().asked)
    isPushed.value = notifies.value && (await subscribe(words().pushed))
  }

  async function tell() {
    play('orderReady')
    if (!isAsked.value) return
    navigator.vibrate?.([200, 100, 200])
    if (notifies.value && visibility.value === 'hidden') notifies.value = await notifier.show(words().ready)
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
  onMounted(() => {
    watch(
      isAsked,
      (now) => {
        // Asked for before a reload: proved then.
        if (now && notifier.mayShow()) {
          notifies.value = true
          void subscribe(words().pushed).then((will) => (isPushed.value = will))
        }
        if (now) void armSound()
      },
      { immediate: true },
    )
    watch(ready, (now) => now && void tell())
  })
  return { alert, arm, blink }
}
