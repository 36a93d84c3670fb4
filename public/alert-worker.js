/**
 * Shows the notification that an order is ready: browsers on phones take one only from a worker. It keeps nothing and
 * touches no request.
 */
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
