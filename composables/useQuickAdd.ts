import { useTimeoutFn } from '@vueuse/core'
import { asItIs } from '#shared/menu/as-it-is'
import type { Line } from '#shared/menu/line'
import type { MenuItem, PizzeriaView } from '#shared/menu/menu'
import { piecesByItem, priceLine } from '#shared/menu/pricing'
import { randomId } from '~/composables/randomId'
import { useText } from '~/composables/useText'
import type { MenuContext } from '~/composables/useMenu'
import { useBasketStore } from '~/stores/basket'

/** How long it is said what was added, ms. */
const saidMs = 4_000

/** What goes into the basket by one tap: a dish as it is, or all of an earlier order, at today's prices. */
export function useQuickAdd({ menu, money }: Pick<MenuContext, 'menu' | 'money'>) {
  const { t } = useI18n()
  const text = useText()
  const basket = useBasketStore()
  /** What was added last, in words; empty again after a moment. */
  const said = shallowRef('')
  const { start } = useTimeoutFn(() => (said.value = ''), saidMs, { immediate: false })
  const pieces = computed(() => piecesByItem(basket.lines.map(({ line }) => line)))

  function say(what: string) {
    said.value = t('customer.menu.added', { what })
    start()
  }
  function add(item: MenuItem) {
    const found = asItIs(menu.value, item)
    if (!found) return
    const { line, priced } = found
    basket.add({ id: randomId(), line, seen: priced.unitPrice })
    const size = item.sizes.length > 1 ? `, ${text(priced.sizeName)}` : ''
    say(`${text(item.name)}${size}, ${money(priced.unitPrice)}`)
  }
  /** Adds what can be had of it. */
  function again(lines: readonly Line[]) {
    for (const line of lines) {
      const priced = priceLine(menu.value, line)
      if (!('code' in priced)) basket.add({ id: randomId(), line, seen: priced.unitPrice })
    }
  }
  return { add, again, said, countOf: ({ id }: Pick<MenuItem, 'id'>) => pieces.value.get(id) ?? 0 }
}

/**
 * A script for the page's head, which notes before the first paint whether this device ordered here before: the place
 * for what it ordered is then kept free, and nothing jumps when it comes.
 */
export const noteReturn = ({ id }: Pick<PizzeriaView, 'id'>) =>
  'try{if(JSON.parse(localStorage["comanda:orders"]).some(function(o){return o.lines&&o.pizzeria==' +
  `${JSON.stringify(id)}}))document.documentElement.dataset.back=""}catch(e){}`
