import { watch } from 'vue'
import { z } from 'zod'
import { basketLine } from '#shared/menu/basket'
import { useBasketStore } from '~/stores/basket'
import { useKept } from '~/composables/useKept'

const keptBasket = z.object({ version: z.literal(1), lines: z.array(basketLine).max(50) })
type KeptBasket = z.infer<typeof keptBasket>

/**
 * Keeps the basket on this device, one per pizzeria: it survives a reload and follows other tabs. Call once, in each
 * page that shows or fills a basket. Pages overlap while the router changes from one to the next, so none of them
 * empties the open basket, and each writes only for its own pizzeria.
 */
export function useBasketKept(pizzeria: string) {
  const basket = useBasketStore()
  basket.open(pizzeria)
  const kept = useKept<KeptBasket>(`comanda:basket:${pizzeria}`, keptBasket, { version: 1, lines: [] })
  watch(
    kept,
    (value) => {
      if (basket.pizzeria === pizzeria) basket.load(value.lines)
    },
    { flush: 'sync' },
  )
  watch(
    () => basket.changes,
    () => {
      if (basket.pizzeria === pizzeria) kept.value = { version: 1, lines: basket.lines }
    },
    { flush: 'sync' },
  )
}
