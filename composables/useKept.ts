import { useStorage } from '@vueuse/core'
import type { z } from 'zod'
import type { Ref } from 'vue'

/**
 * A value kept on this device. It is parsed like any foreign input: an older build, another tab or a curious user may
 * have written it, and a broken basket must never break the page. It is read after mounting, so that the browser's
 * first paint equals the server's.
 */
export function useKept<T>(key: string, schema: z.ZodType<T>, fallback: T): Ref<T> {
  // Without a given storage it asks for the browser's own; where that is blocked, `onError` is called.
  return useStorage<T>(key, fallback, undefined, {
    initOnMounted: true,
    writeDefaults: false,
    shallow: true,
    serializer: { read: (raw) => parse(raw, schema) ?? fallback, write: (value) => JSON.stringify(value) },
    // When storage is full or forbidden (private windows), this device forgets the value; the order is never lost.
    onError: (error) => console.warn(`Nothing is kept on this device (${key})`, error),
  })
}

function parse<T>(raw: string, schema: z.ZodType<T>): T | null {
  try {
    const found = schema.safeParse(JSON.parse(raw))
    return found.success ? found.data : null
  } catch {
    return null
  }
}
