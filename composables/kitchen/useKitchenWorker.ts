import type { Ref } from 'vue'
import type { LiveStatus } from '#shared/live/client/types'

/** Must be the name that `public/kitchen-worker.js` reads from. */
const store = 'comanda-kitchen-1'

/**
 * Registers the worker that keeps the page itself on the device, so that the screen comes up when the server does not.
 * Only in a secure context; elsewhere the browser shows its own error page until the server is back.
 */
export function useKitchenWorker(pizzeria: string, status: Ref<LiveStatus>) {
  const base = useRuntimeConfig().app.baseURL
  const path = `${base}${pizzeria}/kitchen`
  const built = [`${base}_nuxt/`, `${base}_i18n/`]
  let kept = false

  /** The first visit went past the worker: its page and files are fetched once more, once the screen is at work. */
  async function keep() {
    kept = true
    const files = performance
      .getEntriesByType('resource')
      .map(({ name }) => new URL(name))
      .filter((url) => url.origin === location.origin && built.some((folder) => url.pathname.startsWith(folder)))
    const cache = await caches.open(store)
    await Promise.allSettled([path, ...new Set(files.map((url) => url.pathname))].map((file) => cache.add(file)))
  }

  onMounted(async () => {
    if (!window.isSecureContext || !('serviceWorker' in navigator)) return
    await navigator.serviceWorker
      .register(`${base}kitchen-worker.js`, { scope: path, updateViaCache: 'none' })
      .catch(() => {})
  })
  watch(status, ({ name }) => {
    if (name === 'live' && !kept && window.isSecureContext && 'caches' in window) void keep().catch(() => {})
  })
}
