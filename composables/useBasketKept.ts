import { watch } from 'vue'
import { z } from 'zod'
import { basketLine } from '#shared/menu/basket'
import { useBasketStore } from '~/stores/basket'
import { useKept } from '~/composables/useKept'

const keptBasket = z.object({ version: z.literal(1), lines: z.array(basketLine).max(50) })
type KeptBasket = z.infer<typeof keptBasket>

/**
 * Ties the basket to this device, one per pizzeria: it survives a reload and follows other tabs. Call once, in the
 * page.
 */
export function useBasketKept(pizzeria: string) {
  const basket = useBasketStore()
  basket.load([])
  const kept = useKept<KeptBasket>(`comanda:basket:${pizzeria}`, keptBasket, { version: 1, lines: [] })
  watch(kept, (value) => basket.load(value.lines), { flush: 'sync' })
  watch(
    () => basket.lines,
    (lines) => {
      if (lines !== kept.value.lines) kept.value = { version: 1, lines }
    },
    { flush: 'sync' },
  )
}
