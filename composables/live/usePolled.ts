import { useDocumentVisibility, useIntervalFn } from '@vueuse/core'
import type { Ref } from 'vue'
import type { LiveStatus } from '#shared/live/client/types'
import { sendCommand } from '~/composables/useCommand'

/**
 * Asks an address again every so often (ms) while somebody looks, for what has no stream of its own. `data` begins as
 * what the server rendered; `clock` says what the page may claim of it (`LiveBadge`), by the server's own `now`.
 */
export function usePolled<T extends { now: string }>(path: string, data: Ref<T | null>, everyMs: number) {
  const status = shallowRef<LiveStatus>({ name: 'idle' })
  const visibility = useDocumentVisibility()
  let confirmedAt = Date.parse(data.value?.now ?? '') || 0
  /** The server's clock minus ours, ms. */
  let ahead: number | null = null

  async function ask() {
    const result = await sendCommand<T>(path, { method: 'GET', timeout: everyMs })
    if (result.name === 'done') {
      data.value = result.data
      confirmedAt = Date.parse(result.data.now)
      ahead = confirmedAt - Date.now()
      status.value = { name: 'live', transport: 'polling' }
    } else if (status.value.name !== 'waiting')
      status.value = { name: 'waiting', attempt: 1, retryAt: 0, reason: result.name }
  }
  const { pause, resume } = useIntervalFn(() => void ask(), everyMs, { immediate: false })
  onMounted(() =>
    watch(
      visibility,
      (now) => {
        if (now !== 'visible') return pause()
        void ask()
        resume()
      },
      { immediate: true },
    ),
  )
  const serverNow = () => (ahead === null ? confirmedAt : Date.now() + ahead)
  return { clock: { status, serverNow, confirmedAt: () => confirmedAt }, ask }
}
