/**
 * For customers' pages: shows the notification that an order is ready, because browsers on phones take one only from a
 * worker, and a locked phone gets one only by a push message; and keeps the last menu and orders for a start without a
 * line. The network comes first for a page, and a copy says how old it is, because its answer keeps the time at which
 * it was served. Built files are named by their content. Nothing of /api is ever kept, and no page for staff is touched.
 */
const store = 'comanda-customer-1'
const patienceMs = 5000
/** What is kept at most: files of builds long past go, and so do pages that nobody has opened for long. */
const maxFiles = 200
const maxPages = 12
/** A page that was kept so recently (ms) is not asked for again. */
const freshMs = 60_000
/** The path that the site lies under, and the one of the pages that this worker is for. */
const base = new URL('.', self.location).pathname
const scope = new URL(self.registration.scope).pathname
const folders = ['_nuxt/', '_i18n/', '_pictures/', '_photos/', 'icon.svg'].map((path) => base + path)

/** `/napoli/orders/` is for the orders below it; `/napoli` for the menu alone, and not for `/napoli/counter`. */
const isPage = (path) => (scope.endsWith('/') ? path.startsWith(scope) : path === scope)
const isBuilt = (path) => folders.some((folder) => path.startsWith(folder))

self.addEventListener('install', () => self.skipWaiting())

self.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request
  const { origin, pathname } = new URL(url)
  if (method !== 'GET' || origin !== self.location.origin) return
  if (mode === 'navigate') {
    if (isPage(pathname)) event.respondWith(page(event.request, origin + pathname))
  } else if (isBuilt(pathname)) event.respondWith(file(event.request, event.clientId))
})

/**
 * What a page that was opened without this worker shows: it and its files are kept for the next time, and then what
 * its build's list names, such as sheets that nobody has opened yet.
 */
self.addEventListener('message', (event) => {
  const { keep, list } = event.data ?? {}
  if (Array.isArray(keep)) event.waitUntil(keepAll(keep, typeof list === 'string' ? list : null))
})

async function page(request, key) {
  const cache = await caches.open(store)
  const late = new Promise((resolve) => setTimeout(resolve, patienceMs))
  const fetched = fetch(request).then(async (response) => {
    // Somebody has signed in since: the device forgets what it kept.
    if (response.headers.has('comanda-own')) await caches.delete(store)
    else if (response.ok) await cache.put(key, response.clone())
    return response
  })
  const fresh = await Promise.race([fetched.catch(() => undefined), late])
  // An answer of 5xx is a server that is just starting: the copy is better.
  if (fresh && fresh.status < 500) return fresh
  return (await cache.match(key)) ?? fresh ?? fetched
}

async function file(request, clientId) {
  const client = await self.clients.get(clientId)
  if (!client || !isPage(new URL(client.url).pathname)) return fetch(request)
  const cache = await caches.open(store)
  const kept = await cache.match(request)
  if (kept) return kept
  const response = await fetch(request)
  if (response.ok) await cache.put(request, response.clone())
  return response
}

async function keepAll(urls, list) {
  const cache = await caches.open(store)
  await Promise.all(urls.map((url) => keep(cache, new URL(url, self.location.origin))))
  const named = await filesOn(list)
  // One after the other, and after everything that the page itself asks for.
  for (const file of named) await keep(cache, file, { priority: 'low' })
  await prune(cache, new Set(named.map(({ href }) => href)))
}

/** The addresses that a list names: files that lie beside it. */
async function filesOn(list) {
  if (list === null) return []
  const address = new URL(list, self.location.origin)
  if (address.origin !== self.location.origin || !isBuilt(address.pathname)) return []
  const names = await fetch(address, { priority: 'low' })
    .then((response) => (response.ok ? response.json() : []))
    .catch(() => [])
  return Array.isArray(names) ? names.slice(0, maxFiles / 2).map((name) => new URL(String(name), address)) : []
}

async function keep(cache, { origin, pathname, href }, how) {
  if (origin !== self.location.origin || !(isPage(pathname) || isBuilt(pathname))) return
  const key = isPage(pathname) ? origin + pathname : href
  const kept = await cache.match(key)
  const keptAt = Date.parse(kept?.headers.get('date') ?? '')
  if (kept && (isBuilt(pathname) || Date.now() - keptAt < freshMs)) return
  const response = await fetch(href, how).catch(() => undefined)
  if (response?.ok) await cache.put(key, response)
}

/** `named` are the files of the build that is here now: the others go first, the oldest of them before the rest. */
async function prune(cache, named) {
  const all = await cache.keys()
  const built = all.filter(({ url }) => isBuilt(new URL(url).pathname))
  const pages = all.filter((request) => !built.includes(request))
  const files = [...built.filter(({ url }) => !named.has(url)), ...built.filter(({ url }) => named.has(url))]
  for (const old of [...files.slice(0, -maxFiles), ...pages.slice(0, -maxPages)]) await cache.delete(old)
}

self.addEventListener('push', (event) => {
  const { title, body, path } = event.data.json()
  const data = new URL(path, self.location.origin).href
  // The same tag as the page's own notification: whoever gets both sees one.
  event.waitUntil(
    self.registration.showNotification(title, { body, tag: 'comanda-ready', renotify: true, data, icon: 'icon.svg' }),
  )
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(show(event.notification.data))
})

/** The page that waits for this order, or a new one of it. */
async function show(address) {
  const open = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const page = open.find(({ url }) => url.startsWith(address))
  return page ? page.focus() : self.clients.openWindow(address)
}
