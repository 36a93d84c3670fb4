import { useStorage } from '@vueuse/core'
import type { Ref } from 'vue'
import type { Check } from '#shared/live/client/checks'

/**
 * A value kept on this device. It is checked like any foreign input: an older build, another tab or a curious user may
 * have written it, and a broken basket must never break the page. `check` says whether it is a `T`. It is read after
 * mounting, so that the browser's first paint equals the server's.
 */
export function useKept<T>(key: string, check: Check, fallback: T): Ref<T> {
  // Without a given storage it asks for the browser's own; where that is blocked, `onError` is called.
  return useStorage<T>(key, fallback, undefined, {
    initOnMounted: true,
    writeDefaults: false,
    shallow: true,
    serializer: { read: (raw) => parse<T>(raw, check) ?? fallback, write: (value) => JSON.stringify(value) },
    // When storage is full or forbidden (private windows), this device forgets the value; the order is never lost.
    onError: (error) => console.warn(`Nothing is kept on this device (${key})`, error),
  })
}

function parse<T>(raw: string, check: Check): T | null {
  try {
    const found: unknown = JSON.parse(raw)
    return check(found) ? (found as T) : null
  } catch {
    return null
  }
}
