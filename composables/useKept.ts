import { useStorage } from '@vueuse/core'
import type { z } from 'zod'
import type { Ref } from 'vue'

/**
 * A value kept on this device. What lies there is parsed like any foreign input: an older build, another tab or
 * a curious user may have written it, and a broken basket must never break the page.
 * It is read after mounting, so that the browser's first paint is the server's.
 */
export function useKept<T>(key: string, schema: z.ZodType<T>, fallback: T): Ref<T> {
  // Without a storage it asks for the browser's own, and where that is blocked `onError` hears of it.
  return useStorage<T>(key, fallback, undefined, {
    initOnMounted: true,
    writeDefaults: false,
    shallow: true,
    serializer: { read: (raw) => parse(raw, schema) ?? fallback, write: (value) => JSON.stringify(value) },
    // A full or forbidden storage (private windows) costs the memory of this device, never the order.
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
