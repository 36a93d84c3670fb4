/**
 * Keeps the last good kitchen page and its files, for a start without a server. The network always comes first for the
 * page; built files and messages are named by their content, so the copy is as good as the original. Nothing of /api is
 * ever kept.
 */
const store = 'comanda-kitchen-1'
const patienceMs = 5000
/** The path that the site lies under. */
const base = new URL('.', self.location).pathname
const built = [`${base}_nuxt/`, `${base}_i18n/`]

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url)
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return
  if (event.request.mode === 'navigate') event.respondWith(page(event.request, url))
  else if (built.some((folder) => url.pathname.startsWith(folder))) event.respondWith(file(event.request))
})

async function page(request, url) {
  const cache = await caches.open(store)
  const key = url.origin + url.pathname
  const late = new Promise((resolve) => setTimeout(resolve, patienceMs))
  const fetched = fetch(request).then(async (response) => {
    if (response.ok) {
      await cache.put(key, response.clone())
      void prune(cache, key)
    }
    return response
  })
  const fresh = await Promise.race([fetched.catch(() => undefined), late])
  // An answer of 5xx is a server that is just starting: the copy is better.
  if (fresh && fresh.status < 500) return fresh
  return (await cache.match(key)) ?? fresh ?? fetched
}

async function file(request) {
  const cache = await caches.open(store)
  const kept = await cache.match(request)
  if (kept) return kept
  const response = await fetch(request)
  if (response.ok) await cache.put(request, response.clone())
  return response
}

/** Files of builds long past go; there are about a hundred in a build. */
async function prune(cache, key) {
  const all = (await cache.keys()).filter((request) => request.url !== key)
  for (const request of all.slice(0, Math.max(0, all.length - 400))) await cache.delete(request)
}
