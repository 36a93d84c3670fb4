/**
 * Registers the worker that keeps the page itself on the device, so that the screen comes up when the server does not.
 * Only in a secure context; elsewhere the browser shows its own error page until the server is back.
 */
export function useKitchenWorker(pizzeria: string) {
  onMounted(() => {
    if (window.isSecureContext && 'serviceWorker' in navigator)
      navigator.serviceWorker.register('/kitchen-worker.js', { scope: `/${pizzeria}/kitchen`, updateViaCache: 'none' }).catch(() => {})
  })
}
