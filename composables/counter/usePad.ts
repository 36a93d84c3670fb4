import type { Line, OrderLine } from '#shared/menu/line'
import type { Menu, MenuItem } from '#shared/menu/menu'
import { priceLine, priceLines, type PriceRefusal } from '#shared/menu/pricing'
import { isSameWish, priceAmended, priceAmendedLine, type AmendedLines } from '#shared/order/amend'
import { againOf } from '#shared/order/again'
import type { Order } from '#shared/order/order'
import { emptyForm, formOf, linesOf, type PadForm } from '#shared/order/pad'
import { pageContext } from '~/composables/pageContext'
import { randomId } from '~/composables/randomId'
import { useText } from '~/composables/useText'

export interface PadLine {
  id: string
  line: Line
}
export interface PadEntry extends PadLine {
  item: MenuItem | null
  priced: OrderLine | PriceRefusal
}

/** What is kept of an order that was not finished when its pad was closed. */
export interface PadDraft {
  lines: PadLine[]
  form: PadForm
}

interface Options {
  menu: Readonly<Ref<Menu>>
  /** The order that is changed; null: a new one. It is replaced by what somebody else makes of it meanwhile. */
  order: Order | null
  draft: PadDraft | null
}

export type Pad = ReturnType<typeof usePad>
export const { provide: providePad, use: useThePad } = pageContext<Pad>('pad')

/**
 * The lines and the form of one order that is being written at the counter, new or changed, with what each line and all
 * of them cost. Whoever taps a topping or a size means the line that is `selected`: the one touched last.
 */
export function usePad({ menu, order, draft }: Options) {
  const text = useText()
  const base = shallowRef(order)
  const fresh = (line: Line): PadLine => ({ id: randomId(), line })
  const lines = shallowRef<PadLine[]>(draft?.lines ?? (order ? linesOf(order).map(fresh) : []))
  const selected = shallowRef<string | null>(lines.value.at(-1)?.id ?? null)
  const { timezone } = menu.value.pizzeria
  const form = reactive<PadForm>({ ...(draft?.form ?? (order ? formOf(order, timezone) : emptyForm)) })

  const priceOf = (line: Line) =>
    base.value ? priceAmendedLine(menu.value, base.value.lines, line) : priceLine(menu.value, line)
  const entries = computed<PadEntry[]>(() =>
    lines.value.map((one) => ({
      ...one,
      item: menu.value.items.find(({ id }) => id === one.line.item) ?? null,
      priced: priceOf(one.line),
    })),
  )
  const wanted = computed(() => lines.value.map(({ line }) => line))
  const sum = computed<AmendedLines>(() => {
    if (base.value) return priceAmended(menu.value, base.value.lines, wanted.value, { unlimited: true })
    const priced = priceLines(menu.value, wanted.value, { unlimited: true })
    return priced.ok ? { ...priced, struck: [], fresh: [] } : priced
  })

  /** One more line, or more of the same one. */
  function add(line: Line) {
    const same = lines.value.find((one) => isSameWish(one.line, line))
    if (same) return change(same.id, { ...same.line, quantity: same.line.quantity + line.quantity })
    const added = fresh(line)
    lines.value = [...lines.value, added]
    selected.value = added.id
  }
  /** What somebody had before, as far as the menu still has it. */
  function addAgain(before: readonly OrderLine[]) {
    for (const line of before.map(againOf)) add(line)
  }
  function change(id: string, line: Line) {
    lines.value = lines.value.map((one) => (one.id === id ? { id, line } : one))
    selected.value = id
  }
  function remove(id: string) {
    const at = lines.value.findIndex((one) => one.id === id)
    lines.value = lines.value.filter((one) => one.id !== id)
    if (selected.value === id) selected.value = (lines.value[at] ?? lines.value.at(-1))?.id ?? null
  }

  return {
    base,
    lines,
    selected,
    form,
    entries,
    wanted,
    sum,
    add,
    addAgain,
    short: (some: readonly OrderLine[]) => some.map((line) => `${line.quantity}× ${text(line.name)}`).join(', '),
    change,
    remove,
    current: computed(() => entries.value.find(({ id }) => id === selected.value) ?? null),
  }
}
