import { napoli } from '../../db/demo/napoli.ts'
import type { Menu } from '../../shared/menu/menu.ts'
import { priceLine } from '../../shared/menu/pricing.ts'
import { lineInput } from '../../shared/menu/line.ts'
import { rehearse } from '../../shared/order/rehearsal.ts'
import type { Ticket } from '../../shared/order/views.ts'

/** When the first minute of the evening begins, ms: any moment will do, as long as it is always the same. */
export const fridayStart = Date.parse('2026-11-27T18:00:00.000Z')

const { kitchen: _, ...rest } = napoli
const menu: Menu = {
  ...rest,
  pizzeria: {
    id: napoli.id,
    name: napoli.name,
    currency: napoli.currency,
    timezone: napoli.timezone,
    open: true,
    pausedUntil: null,
    busyMinutes: 0,
  },
}

const rehearsed = () => rehearse({ menu, seed: 'friday', minutes: 60, peak: 239 })

/** The rehearsed Friday as people order it. */
export const fridayLines = () => rehearsed().map(({ name, lines, note }) => ({ customer: { name }, lines, note }))

/** The rehearsed Friday as the kitchen's tickets, each promised 20 min after it came; always the same 49. */
export function friday(): Ticket[] {
  return rehearsed().map(({ at, name, lines, note }, index) => {
    const came = new Date(fridayStart + at).toISOString()
    return {
      id: `friday-${index + 1}`,
      number: index + 1,
      state: 'queued',
      version: 1,
      mode: 'pickup',
      table: null,
      note,
      name,
      test: false,
      lines: lines.map((line) => {
        const priced = priceLine(menu, lineInput.parse(line))
        if ('code' in priced) throw new Error(`The rehearsal orders what the menu refuses: ${priced.code}`)
        const { unitPrice: _, total: __, toppings, ...made } = priced
        return { ...made, toppings: toppings.map(({ price: ___, ...topping }) => topping) }
      }),
      promiseAt: new Date(fridayStart + at + 20 * 60_000).toISOString(),
      placedAt: came,
      updatedAt: came,
      queuedAt: came,
      bakingAt: null,
      readyAt: null,
      cancelledAt: null,
      recalledAt: null,
    }
  })
}
