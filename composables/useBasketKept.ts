import { watch } from 'vue'
import { type Check, int, list, maybe, object, oneOf, text } from '#shared/live/client/checks'
import type { BasketLine } from '#shared/menu/basket'
import type { Line } from '#shared/menu/line'
import { useBasketStore } from '~/stores/basket'
import { useKept } from '~/composables/useKept'

interface KeptBasket {
  version: 1
  lines: BasketLine[]
}

/** Less than one would make the sum smaller. */
const pieces: Check = (value) => int(value) && (value as number) > 0

/** A line as this device keeps it. What it wishes is the server's to judge: it prices and refuses. */
export const keptLine = object<Line>({
  item: text,
  size: maybe(text),
  crust: maybe(text),
  half: maybe(text),
  quantity: pieces,
  toppings: list(
    object<Line['toppings'][number]>({
      topping: text,
      half: oneOf('left', 'right', 'whole'),
      amount: oneOf('none', 'light', 'normal', 'extra'),
    }),
  ),
  remove: list(text),
  note: text,
})
const keptBasket = object<KeptBasket>({
  version: oneOf(1),
  lines: list(object<BasketLine>({ id: text, line: keptLine, seen: int })),
})

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
