import { useEventListener } from '@vueuse/core'
import { savesData } from '~/composables/savesData'

/**
 * Fetches a page's sheets before a finger asks for one: at the first sign of a hand, once the browser has nothing
 * better to do. Not where the visitor saves data, and not for who only looks. `sheets` imports them.
 */
export function useSheetsReady(sheets: () => Promise<unknown>[]) {
  onMounted(() => {
    if (savesData()) return
    const idle = window.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 200))
    // A failed one is asked for again when it is opened.
    const fetchAll = () => idle(() => sheets().forEach((sheet) => sheet.catch(() => {})))
    for (const sign of ['pointermove', 'pointerdown', 'touchstart', 'scroll', 'keydown'] as const)
      useEventListener(window, sign, fetchAll, { once: true, passive: true })
  })
}
