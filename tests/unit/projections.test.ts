import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readEvent, UnreadableEvent } from '../../shared/live/client/read-event.ts'
import type { LogEvent } from '../../shared/live/events.ts'
import { encoders } from '../../server/live/frames.ts'
import { streamKinds } from '../../server/live/stream-kinds.ts'
import { audiences, type Audience } from '../../shared/live/streams.ts'
import { mode } from '../../shared/order/modes.ts'
import { orderStates, type Order } from '../../shared/order/order.ts'
import { boardEntry, customerOrder, ticket, toTicket } from '../../shared/order/views.ts'
import { buildEvent, buildLine, buildMenu, buildOrder, noon } from '../support/build.ts'
import { priceLines } from '../../shared/menu/pricing.ts'
import { seed } from '../support/seed.ts'

const project = (audience: Audience, event: LogEvent) => streamKinds[audience].project(event)

const orderTypes = ['order.placed', 'order.moved', 'order.paid']
const types = [
  ...orderTypes,
  'menu.changed',
  'kitchen.unseen',
  'kitchen.shown',
  'kitchen.screen',
  'kitchen.ring',
  'something.new',
]

/** Which audience sees anything of which event: `[STR-4]` in one table. */
const sees: Record<Audience, string[]> = {
  kitchen: [...orderTypes, 'menu.changed', 'kitchen.unseen', 'kitchen.screen', 'kitchen.ring'],
  counter: [...orderTypes, 'menu.changed', 'kitchen.unseen', 'kitchen.shown', 'kitchen.screen', 'kitchen.ring'],
  board: orderTypes,
  menu: ['menu.changed'],
  order: orderTypes,
}

const screen = { id: 'device-1', name: 'Oven', connected: true, seenAt: noon, shownPosition: 4, report: {} }
const dataOf = (type: string, order: Order): unknown => {
  switch (type) {
    case 'menu.changed':
      return { change: { items: [] }, out: ['basil'] }
    case 'kitchen.unseen':
      return { level: 2, since: noon, order }
    case 'kitchen.shown':
      return { orders: [{ id: order.id, shownAt: noon }] }
    case 'kitchen.screen':
      return screen
    case 'kitchen.ring':
      return {}
    default:
      return order
  }
}
const logged = (type: string, order: Order): LogEvent =>
  buildEvent(order, {
    type,
    data: dataOf(type, order),
    ...(orderTypes.includes(type) ? {} : { subject: type === 'menu.changed' ? 'menu' : 'kitchen' }),
  })
const bytes = (audience: Audience, event: LogEvent) =>
  Object.values(encoders)
    .map((encoder) => encoder.event(`${audience}:napoli`, 'e', project(audience, event)).toString())
    .join('')

describe.each(audiences)('what %s may see', (audience) => {
  it.each(types)('[STR-4] [STR-5] of %s', (type) => {
    const event = logged(type, buildOrder())
    const seen = project(audience, event)
    if (sees[audience].includes(type))
      expect(seen).toMatchObject({ type, id: 'event-1', at: noon, data: expect.anything() as unknown })
    else
      expect(JSON.parse(JSON.stringify(seen))).toEqual({
        position: audience === 'menu' || audience === 'order' ? event.version : event.position,
      })
  })
})

it('[BDG-2] an order that is placed to wait comes to no kitchen before it is accepted; one taken back goes', () => {
  const waits = buildOrder({ state: 'pending' })
  const event = logged('order.placed', waits)
  expect(JSON.parse(JSON.stringify(project('kitchen', event)))).toEqual({ position: event.position })
  expect(project('counter', event).data).toEqual(waits)
  expect(project('kitchen', logged('order.moved', buildOrder())).data).toEqual(toTicket(buildOrder()))
  expect(project('kitchen', logged('order.moved', waits)).data).toMatchObject({ state: 'pending' })
})

describe('the shape of what is seen', () => {
  const order = buildOrder()
  const data = (audience: Audience, type = 'order.moved') => project(audience, logged(type, order)).data

  it('[STR-4] an order has exactly the fields of its audience', () => {
    expect(ticket.strict().parse(data('kitchen'))).toEqual(data('kitchen'))
    expect(boardEntry.strict().parse(data('board'))).toEqual(data('board'))
    expect(customerOrder.strict().parse(data('order'))).toEqual(data('order'))
    expect(data('counter')).toEqual(order)
  })

  it('[STR-4] kitchen and board call people by their first name', () => {
    expect(data('kitchen')).toMatchObject({ name: 'Ada' })
    expect(data('board')).toMatchObject({ name: 'Ada' })
  })

  it('[STR-4] the customer sees no phone number, and not the key of the order either', () => {
    expect(Object.keys(data('order') as object)).not.toContain('tracking')
    expect(JSON.stringify(data('order'))).not.toContain('33612345678')
  })

  it('[STR-4] the kitchen learns of stock and of unseen orders in its own words', () => {
    expect(data('kitchen', 'menu.changed')).toEqual({ out: ['basil'] })
    expect(data('kitchen', 'kitchen.unseen')).toEqual({ level: 2, since: noon, ticket: toTicket(order) })
  })

  it('[MNU-3] [MSG-5] a menu that is not listed is read by no page, so that each takes a snapshot', () => {
    const event = { ...logged('menu.changed', order), data: { change: null, out: [] } } as LogEvent
    for (const audience of ['menu', 'counter'] as const) {
      const seen = project(audience, event)
      expect(seen.data).toEqual({ items: null })
      expect(() => readEvent(audience, seen)).toThrow(UnreadableEvent)
    }
    expect(project('kitchen', event).data).toEqual({ out: [] })
  })

  it('[STR-4] the board hears of a scheduled order when its turn comes, and of every order that leaves', () => {
    const seen = (state: Order['state'], version: number) =>
      project('board', buildEvent(buildOrder({ state, version }))).type !== undefined
    expect([seen('scheduled', 1), seen('pending', 1), seen('queued', 1)]).toEqual([false, false, true])
    expect([seen('cancelled', 2), seen('collected', 5)]).toEqual([true, true])
  })
})

/** Words that occur nowhere by accident. */
const secretMoney = 918_273
const anyOrder = fc
  .record({
    state: fc.constantFrom(...orderStates),
    version: fc.integer({ min: 1, max: 99 }),
    mode: fc.constantFrom(...mode.options),
    paid: fc.boolean(),
    test: fc.boolean(),
    phone: fc.stringMatching(/^\+39[0-9]{9}$/),
    tracking: fc.stringMatching(/^[a-z]{24}$/),
    last: fc.stringMatching(/^[A-Z]{12}$/),
    note: fc.string({ maxLength: 20 }),
    cancelReason: fc.option(fc.string()),
    half: fc.constantFrom('left' as const, 'right' as const, 'whole' as const),
    quantity: fc.integer({ min: 1, max: 5 }),
  })
  .map(({ phone, tracking, last, half, quantity, ...rest }) => {
    const menu = buildMenu({
      toppings: buildMenu().toppings.map((topping) => ({
        ...topping,
        prices: { small: secretMoney, medium: secretMoney, large: secretMoney },
      })),
    })
    const priced = priceLines(menu, [
      buildLine({ quantity, toppings: [{ topping: 'mushrooms', half }], remove: ['basil'] }),
    ])
    if (!priced.ok) throw new Error(priced.rejection.code)
    return {
      phone,
      tracking,
      last,
      order: buildOrder({
        ...rest,
        tracking,
        customer: { name: `Ada ${last}`, phone },
        lines: priced.lines,
        total: priced.total,
      }),
    }
  })

describe(`whatever the order (COMANDA_SEED=${seed})`, () => {
  it('[STR-4] no byte for the kitchen or the board contains phone, surname, money or key', () => {
    fc.assert(
      fc.property(anyOrder, fc.constantFrom(...types), ({ order, phone, tracking, last }, type) => {
        for (const audience of ['kitchen', 'board'] as const) {
          const said = bytes(audience, logged(type, order))
          const secrets = [
            phone,
            phone.slice(1),
            tracking,
            last,
            String(secretMoney),
            String(order.total),
            String(order.lines[0]!.unitPrice),
            '"price"',
            '"total"',
            '"unitPrice"',
            '"phone"',
            '"customer"',
            '"tracking"',
            '"paid"',
          ]
          expect(secrets.filter((secret) => said.includes(secret))).toEqual([])
        }
      }),
      { seed, numRuns: 400 },
    )
  })

  it('[STR-4] a field added to an order stays on the server until somebody lists it', () => {
    fc.assert(
      fc.property(anyOrder, fc.stringMatching(/^zz[a-z]{10}$/), ({ order }, name) => {
        const grown = {
          ...order,
          [name]: 'new',
          lines: order.lines.map((line) => ({ ...line, [name]: 'new' })),
          customer: { ...order.customer, [name]: 'new' },
        }
        for (const audience of ['kitchen', 'board', 'order', 'menu'] as const)
          for (const type of orderTypes) expect(bytes(audience, logged(type, grown))).not.toContain(name)
      }),
      { seed, numRuns: 100 },
    )
  })
})
