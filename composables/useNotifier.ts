/** Every notification of an order replaces the one before. */
const tag = 'comanda-ready'
/** How long a browser may take to start the worker, ms. */
const workerMs = 5_000

export interface Notifier {
  /** Asks for leave, and proves it by showing `words`: false when nothing was shown. Needs a gesture. */
  prove(words: NotificationWords): Promise<boolean>
  /** Shows `words`; false when it could not. */
  show(words: NotificationWords): Promise<boolean>
  /** Whether there is leave already. */
  mayShow(): boolean
  /**
   * Lets the browser's push service reach this device, also while the page is closed and the phone is locked; null
   * where that cannot work. `key`: the server's, base64url. Needs leave.
   */
  subscribe(key: string): Promise<PushSubscriptionJSON | null>
}
export interface NotificationWords {
  title: string
  body: string
}

/**
 * Notifications of one page, through a worker: phones show none that a page makes itself. `path` is the page's, with
 * the path that the site lies under.
 */
export function useNotifier(path: string): Notifier {
  const { baseURL } = useRuntimeConfig().app
  const mayShow = () => 'Notification' in window && Notification.permission === 'granted' && window.isSecureContext

  async function worker(): Promise<ServiceWorkerRegistration> {
    const registered = await navigator.serviceWorker.register(`${baseURL}alert-worker.js`, { scope: path })
    if (registered.active) return registered
    const starting = registered.installing ?? registered.waiting
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('The worker did not start')), workerMs)
      starting?.addEventListener('statechange', () => {
        if (starting.state !== 'activated') return
        clearTimeout(late)
        resolve()
      })
    })
    return registered
  }

  async function show({ title, body }: NotificationWords) {
    if (!mayShow()) return false
    const options = { body, icon: `${baseURL}icon.svg`, tag, data: location.href }
    try {
      if ('serviceWorker' in navigator) await (await worker()).showNotification(title, options)
      else void new Notification(title, options)
      return true
    } catch {
      return false
    }
  }

  async function prove(words: NotificationWords) {
    if (!('Notification' in window) || !window.isSecureContext) return false
    const leave = await Notification.requestPermission().catch(() => 'denied')
    return leave === 'granted' && (await show(words))
  }

  async function subscribe(key: string) {
    if (!mayShow() || !('PushManager' in window)) return null
    try {
      const { pushManager } = await worker()
      const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
      return made.toJSON()
    } catch {
      // No push service, or none that this browser may use (many private windows, Chromium without Google's).
      return null
    }
  }

  return { prove, show, mayShow, subscribe }
}
