import { useDocumentVisibility, useEventListener, useIntervalFn } from '@vueuse/core'

/** How often a page that could not be shown is asked for again while somebody looks, ms. */
const againMs = 5_000

/** Loads this address again by itself once the server answers for it: for a page that could not be shown just now. */
export function useComesBack() {
  const visibility = useDocumentVisibility()
  async function ask() {
    if (visibility.value !== 'visible') return
    const answer = await fetch(location.href, { method: 'HEAD', cache: 'no-store' }).catch(() => null)
    if (answer && answer.status < 500) reloadNuxtApp({ force: true })
  }
  const { resume } = useIntervalFn(() => void ask(), againMs, { immediate: false })
  onMounted(() => {
    resume()
    for (const sign of ['online', 'focus'] as const) useEventListener(window, sign, () => void ask())
  })
}
