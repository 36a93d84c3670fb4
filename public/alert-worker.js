/**
 * Shows the notification that an order is ready: browsers on phones take one only from a worker, and a locked phone
 * gets one only by a push message. It keeps nothing and touches no request.
 */
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
