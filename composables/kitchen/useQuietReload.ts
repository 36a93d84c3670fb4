import type { Ref } from 'vue'
import type { LiveStream } from '~/composables/useLiveStream'
import { browserStorage } from '~/composables/browserStorage'

interface Options {
  live: Pick<LiveStream, 'newBuild' | 'status'>
  /** Changes whenever the queue does. */
  queue: Ref<unknown>
  /** Somebody is in the middle of something. */
  busy: () => boolean
  armed: () => boolean
}

/** How long nothing may have happened, ms; after half an hour without such a moment, a short one must do. */
const quietMs = 15_000
const shortMs = 3_000
const patienceMs = 30 * 60_000
const mark = 'comanda.reloaded'

/**
 * After a deployment the page reloads itself, but only in a quiet moment. `rearmed` then says whether sound, which was
 * on before, is on again; a screen that lost its voice by reloading must say so.
 */
export function useQuietReload({ live, queue, busy, armed }: Options) {
  const lost = shallowRef(false)
  let changedAt = 0
  let knownAt = 0
  let timer: ReturnType<typeof setInterval> | undefined

  watch(
    queue,
    () => {
      changedAt = performance.now()
    },
    { flush: 'sync' },
  )

  function look() {
    const asked =
      live.newBuild.value !== null || (live.status.value.name === 'stopped' && live.status.value.code === 4426)
    if (!asked) return
    const now = performance.now()
    knownAt ||= now
    if (busy() || now - changedAt < (now - knownAt > patienceMs ? shortMs : quietMs)) return
    // Without a storage, only the message after the reload is missing.
    browserStorage('sessionStorage')?.setItem(mark, armed() ? 'armed' : 'mute')
    location.reload()
  }

  onMounted(() => {
    changedAt = performance.now()
    timer = setInterval(look, 1_000)
    const session = browserStorage('sessionStorage')
    lost.value = session?.getItem(mark) === 'armed'
    session?.removeItem(mark)
  })
  onScopeDispose(() => clearInterval(timer))
  return {
    /** True when a reload of ours took the sound away and it has not come back. */
    lostSound: computed(() => lost.value && !armed()),
  }
}
