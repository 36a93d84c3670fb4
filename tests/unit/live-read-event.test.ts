import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readEvent, UnreadableEvent } from '../../shared/live/client/read-event.ts'
import { events, type EventType } from '../../shared/live/events.ts'
import type { Audience } from '../../shared/live/streams.ts'
import { toBoardEntry, toCustomerOrder, toTicket } from '../../shared/order/views.ts'
import { buildLine, buildMenu, buildOrder, noon } from '../support/build.ts'
import { priceLines } from '../../shared/menu/pricing.ts'
import { seed } from '../support/seed.ts'

const menu = buildMenu()
const priced = priceLines(menu, [
  buildLine({ half: 'diavola', crust: menu.crusts[0]!.id, toppings: [{ topping: 'mushrooms', half: 'left' }] }),
  buildLine({ remove: ['basil'], note: 'well done' }),
])
if (!priced.ok) throw new Error(priced.rejection.code)
const order = buildOrder({ lines: priced.lines, table: '7', cancelReason: 'no dough', readyAt: noon })
const change = {
  pizzeria: menu.pizzeria,
  policies: menu.policies,
  hours: {
    week: [{ day: 5, from: '18:00', to: '01:00' }],
    exceptions: [{ from: '2026-12-25', to: '2026-12-26', openings: [{ from: '12:00', to: '15:00' }] }],
  },
  items: menu.items.slice(0, 2),
  toppings: menu.toppings.slice(0, 2),
}
const unseen = { level: 2, since: noon }
const duty = { station: 'pizza', share: 'odd', categories: ['classics'] }
const report = {
  audio: 'mute',
  wakeLock: true,
  visible: true,
  fullscreen: false,
  page: '1/2',
  build: 'b',
  transport: 'sse',
}
const screen = { id: 'device-1', name: 'Oven', connected: true, seenAt: noon, shownPosition: 4, report }
const seen: Record<EventType, Partial<Record<Audience, object>>> = {
  ...(Object.fromEntries(
    ['order.placed', 'order.moved', 'order.paid'].map((type) => [
      type,
      { counter: order, kitchen: toTicket(order), board: toBoardEntry(order), order: toCustomerOrder(order) },
    ]),
  ) as Record<'order.placed' | 'order.moved' | 'order.paid', Partial<Record<Audience, object>>>),
  'menu.changed': { counter: change, menu: change, kitchen: { out: ['basil'] } },
  'kitchen.unseen': { counter: { ...unseen, order }, kitchen: { ...unseen, ticket: toTicket(order) } },
  'kitchen.shown': { counter: { orders: [{ id: order.id, shownAt: noon }] } },
  'kitchen.screen': { counter: screen, kitchen: { id: 'device-1', isServing: true, duty } },
  'staff.guessing': { counter: { at: noon } },
  'clock.jumped': { counter: { off: -3_600_000 } },
  'staff.changed': {},
  'kitchen.ring': { counter: {}, kitchen: {} },
}
const cases = Object.entries(seen).flatMap(([type, byAudience]) =>
  Object.entries(byAudience).map(([audience, data]) => ({
    type: type as EventType,
    audience: audience as Audience,
    data,
    schema: (events[type as EventType].sees as Partial<Record<string, (typeof events)['kitchen.ring']['log']>>)[
      audience
    ]!,
  })),
)
const reads = (audience: Audience, type: string, data: unknown) => {
  try {
    return readEvent(audience, { position: 1, type, data }).type === type
  } catch (error) {
    expect(error).toBeInstanceOf(UnreadableEvent)
    return false
  }
}

/** Every value of an object, as a path. */
const paths = (value: unknown, at: (string | number)[] = []): (string | number)[][] => [
  at,
  ...(typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => paths(inner, [...at, Array.isArray(value) ? Number(key) : key]))
    : []),
]
const kindOf = (value: unknown) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)
const get = (value: unknown, path: (string | number)[]) =>
  path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], value)
/** The object with another value at a path, or without it. */
function put(value: object, path: (string | number)[], change: { to: unknown } | 'gone'): unknown {
  if (path.length === 0) return change === 'gone' ? undefined : change.to
  const copy = structuredClone(value)
  const parent = get(copy, path.slice(0, -1)) as Record<string | number, unknown>
  const key = path.at(-1)!
  if (change !== 'gone') parent[key] = change.to
  else if (Array.isArray(parent)) parent.splice(Number(key), 1)
  else Reflect.deleteProperty(parent, key)
  return copy
}

describe(`what pages read of an event (COMANDA_SEED=${seed})`, () => {
  it.each(cases)('[MSG-5] $audience accepts $type as the table has it, with fields that it does not know', (one) => {
    expect(one.schema.safeParse(one.data).success).toBe(true)
    expect(reads(one.audience, one.type, one.data)).toBe(true)
    expect(reads(one.audience, one.type, { ...one.data, ofTomorrow: [1] })).toBe(true)
  })

  // A kitchen accepts any ticket that can be identified (KIT-9), so only its other events are checked against their
  // schema.
  const strict = cases.filter(({ audience, data }) => audience !== 'kitchen' || !('lines' in data || 'ticket' in data))
  it.each(strict)('[MSG-5] $audience refuses a broken $type exactly where the schema does', (one) => {
    const wrong = fc.constantFrom<unknown>(null, true, 'x', 0.5, 7, [], {}, [null], { a: 1 })
    fc.assert(
      fc.property(fc.constantFrom(...paths(one.data)), fc.option(wrong, { nil: 'gone' as const }), (path, value) => {
        const before = get(one.data, path)
        // Another word, number or list of the same kind is a matter of formats, which only the server checks.
        fc.pre(value === 'gone' || kindOf(value) !== kindOf(before) || kindOf(value) === 'object')
        const broken = put(one.data, path, value === 'gone' ? 'gone' : { to: value })
        fc.pre(!(kindOf(before) === 'null' && kindOf(value) === 'string'))
        // What the schema fills in has been filled in before it is sent.
        fc.pre(!path.includes('duty') || value !== 'gone')
        fc.pre(path.at(-1) !== 'duty' || kindOf(value) !== 'object')
        expect(reads(one.audience, one.type, broken), JSON.stringify(broken)).toBe(one.schema.safeParse(broken).success)
      }),
      { seed, numRuns: 400 },
    )
  })

  it('[KIT-9] [MSG-5] the kitchen accepts a ticket that can be identified, and nothing else', () => {
    expect(reads('kitchen', 'order.moved', { id: 'a', version: 2 })).toBe(true)
    for (const data of [undefined, null, [], {}, { id: 'a' }, { version: 2 }, { id: 7, version: 2 }])
      expect(reads('kitchen', 'order.moved', data)).toBe(false)
  })

  it('[MSG-1] a type that is unknown here, or not for this audience, is a position alone', () => {
    expect(readEvent('board', { position: 3, type: 'order.sung', data: 7 })).toEqual({ position: 3 })
    expect(readEvent('board', { position: 3, type: 'menu.changed', data: change })).toEqual({ position: 3 })
    expect(readEvent('board', { position: 3, type: 'constructor', data: {} })).toEqual({ position: 3 })
    expect(readEvent('board', { position: 3 })).toEqual({ position: 3 })
  })
})
