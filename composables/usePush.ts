import type { Notifier, NotificationWords } from '~/composables/useNotifier'

/** For `useReadyAlert`: has this device told by the server when the order is ready; whether it will be. */
export function usePush(tracking: string, notifier: Notifier) {
  return async (words: NotificationWords): Promise<boolean> => {
    try {
      const { key } = await $fetch<{ key: string }>('/api/push')
      const subscription = await notifier.subscribe(key)
      if (!subscription) return false
      await $fetch(`/api/tracking/${tracking}/push`, { method: 'PUT', body: { ...subscription, words } })
      return true
    } catch {
      // Refused, or no line: sound and the page's own notification are promised then, and no more.
      return false
    }
  }
}
