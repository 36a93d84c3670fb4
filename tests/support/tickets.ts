import type { Ticket, TicketLine } from '../../shared/order/views.ts'

const word = (name: string) => ({ en: name, fr: name, it: name })
export const minute = 60_000
export const start = Date.parse('2026-11-24T19:00:00.000Z')
export const iso = (time: number) => new Date(time).toISOString()

export function aLine(change: Partial<TicketLine> = {}): TicketLine {
  return {
    item: 'margherita',
    kind: 'pizza',
    category: 'classics',
    name: word('Margherita'),
    size: 'large',
    sizeName: word('Large'),
    crust: null,
    crustName: null,
    half: null,
    quantity: 1,
    toppings: [],
    removed: [],
    note: '',
    allergens: [],
    picture: { sauce: 'tomato', toppings: [] },
    ...change,
  }
}

/** A ticket that came at seven and is promised for twenty past. */
export function aTicket(change: Partial<Ticket> = {}): Ticket {
  const number = change.number ?? 1
  return {
    id: `t${number}`,
    number,
    state: 'queued',
    version: 1,
    mode: 'pickup',
    table: null,
    note: '',
    name: 'Ada',
    test: false,
    lines: [aLine()],
    promiseAt: iso(start + 20 * minute),
    placedAt: iso(start),
    updatedAt: iso(start),
    queuedAt: iso(start),
    bakingAt: null,
    readyAt: null,
    cancelledAt: null,
    recalledAt: null,
    ...change,
  }
}

export const aWish = (
  topping: string,
  half: 'left' | 'right' | 'whole' = 'whole',
  amount: 'light' | 'normal' | 'extra' = 'normal',
) => ({ topping, name: word(topping), half, amount })
export const without = (topping: string, half: 'left' | 'right' | 'whole' = 'whole') => ({
  topping,
  name: word(topping),
  half,
})
