import { napoli } from '../../db/demo/napoli.ts'
import type { LogEvent } from '../../shared/live/events.ts'
import type { Menu } from '../../shared/menu/menu.ts'
import { priceLines } from '../../shared/menu/pricing.ts'
import { lineInput, type LineInput } from '../../shared/menu/line.ts'
import type { Order } from '../../shared/order/order.ts'

/** The values that tests start from: each valid by itself, each changed where a test says so. */

export const noon = '2026-06-12T10:00:00.000Z'
/** A moment some minutes after `noon`. */
export const later = (minutes: number) => new Date(Date.parse(noon) + minutes * 60_000).toISOString()

/** The demo's menu as customers get it, with policies of the test's own. */
export const buildMenu = (
  over: Partial<Omit<Menu, 'policies'>> & { policies?: Partial<Menu['policies']> } = {},
): Menu => ({
  ...napoli,
  pizzeria: {
    id: napoli.id,
    name: napoli.name,
    currency: napoli.currency,
    timezone: napoli.timezone,
    open: true,
    pausedUntil: null,
    busyMinutes: 0,
  },
  ...over,
  policies: { ...napoli.policies, ...over.policies },
})

export const buildLine = (over: Partial<LineInput> = {}) =>
  lineInput.parse({ item: 'margherita', size: 'medium', quantity: 1, ...over })

/** An order as it comes from `placeOrder`, with secrets that no test should find in the wrong place. */
export function buildOrder(over: Partial<Order> = {}): Order {
  const priced = priceLines(buildMenu(), [buildLine({ toppings: [{ topping: 'mushrooms', half: 'left' }] })])
  if (!priced.ok) throw new Error(priced.rejection.code)
  return {
    id: 'order-1',
    pizzeria: 'napoli',
    tracking: 'tracking-secret-1',
    number: 42,
    day: '2026-06-12',
    state: 'queued',
    version: 3,
    mode: 'pickup',
    table: null,
    customer: { name: 'Ada Lovelace', phone: '+33612345678' },
    lines: priced.lines,
    note: '',
    total: priced.total,
    currency: 'EUR',
    paid: false,
    promiseAt: later(20),
    wantedAt: null,
    placedAt: noon,
    updatedAt: noon,
    queuedAt: noon,
    bakingAt: null,
    readyAt: null,
    collectedAt: null,
    cancelledAt: null,
    cancelReason: null,
    recalledAt: null,
    shownAt: null,
    test: false,
    ...over,
  }
}

/** A log event about an order; `over` may turn it into what only a broken or a newer database holds. */
export const buildEvent = (order: Order, over: Partial<Record<keyof LogEvent, unknown>> = {}) =>
  ({
    pizzeria: order.pizzeria,
    position: 1,
    id: 'event-1',
    subject: `order:${order.tracking}`,
    version: order.version,
    type: 'order.moved',
    at: Date.parse(order.updatedAt),
    actor: 'counter',
    data: order,
    ...over,
  }) as LogEvent
