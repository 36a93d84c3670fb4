import type { LiveEvent, Seen, SeenBy } from '../events.ts'
import type { WireEvent } from '../messages.ts'
import type { Audience } from '../streams.ts'
import type { BoardEntry, CustomerOrder, ScreenView, TicketLine } from '../../order/views.ts'
import type { MenuChange, MenuHours, MenuItem, MenuPolicies, MenuTopping, PizzeriaView, Text } from '../../menu/menu.ts'
import type { OrderLine } from '../../menu/line.ts'
import type { Duty } from '../../order/duty.ts'
import type { Order } from '../../order/order.ts'
import type { Payment } from '../../order/money.ts'
import {
  flag,
  int,
  isObject,
  list,
  maybe,
  nullable,
  object,
  oneOf,
  record,
  text,
  type Check,
  type Fields,
} from './checks.ts'

/*
 * The second reader of `events.ts`, for browsers: what the pages of each audience accept of each type. It checks the
 * shape (which fields, which kinds of values) and leaves words and formats to the screens, so that a page of an older
 * build keeps working when a newer server knows one more state. A property test compares it with the schemas (MSG-5).
 */

const name = object<Text>({ fr: text, en: text, it: text })
const toppingFields = { topping: text, name, half: text, amount: text }
const lineFields: Fields<TicketLine> = {
  item: text,
  kind: text,
  category: text,
  name,
  size: text,
  sizeName: name,
  crust: nullable(text),
  crustName: nullable(name),
  half: nullable(object({ item: text, name })),
  quantity: int,
  toppings: list(object(toppingFields)),
  removed: list(object({ topping: text, name, half: text })),
  note: text,
  allergens: list(text),
  picture: nullable(object({ sauce: text, toppings: list(object({ topping: text, half: text, amount: text })) })),
}
const line = object<OrderLine>({
  ...lineFields,
  toppings: list(object({ ...toppingFields, price: int })),
  vat: maybe(text),
  unitPrice: int,
  total: int,
})

const by = nullable(object({ id: text, name: text }))
const customerFields: Fields<Omit<CustomerOrder, 'name'>> = {
  id: text,
  pizzeria: text,
  number: int,
  state: text,
  version: int,
  mode: text,
  table: nullable(text),
  lines: list(line),
  note: text,
  total: int,
  currency: text,
  paid: flag,
  promiseAt: text,
  placedAt: text,
  updatedAt: text,
  readyAt: nullable(text),
  collectedAt: nullable(text),
  cancelledAt: nullable(text),
  cancelReason: nullable(text),
  recalledAt: nullable(text),
  amended: maybe(object({ at: text, struck: list(line), fresh: list(int) })),
  test: flag,
}
const order = object<Order>({
  ...customerFields,
  tracking: text,
  day: text,
  customer: object({ name: text, phone: nullable(text) }),
  queuedAt: nullable(text),
  bakingAt: nullable(text),
  shownAt: nullable(text),
  wantedAt: maybe(nullable(text)),
  done: maybe(list(text)),
  heldFor: maybe(text),
  payments: maybe(list(object<Payment>({ id: text, kind: text, method: text, amount: int, at: text, by }))),
  calledAs: maybe(text),
})
const customerOrder = object<CustomerOrder>({ ...customerFields, name: text })
const boardEntry = object<BoardEntry>({
  id: text,
  number: int,
  state: text,
  version: int,
  readyAt: nullable(text),
  updatedAt: text,
  test: flag,
  name: text,
})
/** The kitchen accepts any ticket that can be identified: a missing field costs only that field (KIT-9). */
const ticket: Check = object({ id: text, version: int })

const until = nullable(text)
const item = object<MenuItem>({
  id: text,
  kind: text,
  name,
  description: name,
  category: text,
  available: flag,
  until,
  sizes: list(object({ id: text, name, price: int, available: flag })),
  toppings: list(text),
  allergens: list(text),
  diets: list(text),
  stock: nullable(int),
  portions: maybe(nullable(int)),
  vat: maybe(nullable(text)),
  picture: nullable(object({ sauce: text })),
  photo: maybe(nullable(text)),
})
const topping = object<MenuTopping>({
  id: text,
  name,
  group: text,
  available: flag,
  until,
  prices: record(int),
  allergens: list(text),
  diets: list(text),
})
const pizzeria = object<PizzeriaView>({
  id: text,
  name: text,
  currency: text,
  timezone: text,
  open: flag,
  opensAt: maybe(until),
  closesAt: maybe(until),
  hoursNote: maybe(nullable(text)),
  version: maybe(int),
  pausedUntil: until,
  busyMinutes: int,
  country: maybe(text),
  phone: maybe(nullable(text)),
  address: maybe(nullable(text)),
  languages: maybe(list(text)),
  logo: maybe(nullable(text)),
})
const policies = object<MenuPolicies>({
  halfTopping: text,
  maxQuantity: int,
  maxPieces: int,
  phoneRequired: flag,
  customersAmend: maybe(flag),
  patienceMinutes: maybe(int),
  calledAs: maybe(text),
  acceptByHand: maybe(flag),
  lastOrderMinutes: maybe(int),
  aheadDays: maybe(int),
  modes: maybe(list(text)),
  tableTokens: maybe(flag),
})
const span = { from: text, to: text }
const hours = object<MenuHours>({
  week: nullable(list(object({ ...span, day: int }))),
  exceptions: list(object({ ...span, openings: list(object(span)) })),
})
const menuChange = object<MenuChange>({
  pizzeria: maybe(pizzeria),
  items: maybe(list(item)),
  toppings: maybe(list(topping)),
  policies: maybe(policies),
  hours: maybe(hours),
})

const duty = object<Duty>({ station: text, share: text, categories: list(text) })
const unseenFields = { level: oneOf(1, 2, 3), since: text }
const screen = object<ScreenView>({
  id: text,
  name: text,
  connected: flag,
  seenAt: text,
  shownPosition: int,
  report: object<ScreenView['report']>({
    audio: maybe(text),
    wakeLock: maybe(flag),
    visible: maybe(flag),
    fullscreen: maybe(flag),
    page: maybe(text),
    build: maybe(text),
    transport: maybe(text),
    duty: maybe(duty),
  }),
})

type Checks<A extends Audience> = { [T in SeenBy<A>]: Check }
const checks: { [A in Audience]: Checks<A> } = {
  counter: {
    'order.placed': order,
    'order.moved': order,
    'order.paid': order,
    'menu.changed': menuChange,
    'kitchen.unseen': object<Seen<'kitchen.unseen', 'counter'>>({ ...unseenFields, order }),
    'kitchen.shown': object<Seen<'kitchen.shown', 'counter'>>({ orders: list(object({ id: text, shownAt: text })) }),
    'kitchen.screen': screen,
    'kitchen.ring': isObject,
    'clock.jumped': object<Seen<'clock.jumped', 'counter'>>({ off: nullable(int) }),
    'staff.guessing': object<Seen<'staff.guessing', 'counter'>>({ at: text }),
  },
  kitchen: {
    'order.placed': ticket,
    'order.moved': ticket,
    'order.paid': ticket,
    'menu.changed': object<Seen<'menu.changed', 'kitchen'>>({ out: list(text) }),
    'kitchen.unseen': object<Seen<'kitchen.unseen', 'kitchen'>>({ ...unseenFields, ticket }),
    'kitchen.screen': object<Seen<'kitchen.screen', 'kitchen'>>({ id: text, isServing: flag, duty }),
    'kitchen.ring': isObject,
  },
  board: { 'order.placed': boardEntry, 'order.moved': boardEntry, 'order.paid': boardEntry },
  menu: { 'menu.changed': menuChange },
  order: { 'order.placed': customerOrder, 'order.moved': customerOrder, 'order.paid': customerOrder },
}

/**
 * An event of a known type, with data that its audience never gets: only a snapshot helps. `isMeant`: the server says
 * so itself, because too much has changed to be listed (MNU-3).
 */
export class UnreadableEvent extends Error {
  readonly isMeant: boolean

  constructor(event: WireEvent) {
    super(`The event ${event.type} at ${event.position} cannot be read.`)
    this.name = 'UnreadableEvent'
    this.isMeant = isObject(event.data) && event.data.items === null
  }
}

/**
 * An event of the wire as a page of this audience reads it. A type that this build does not know is a position alone
 * (MSG-1). Throws `UnreadableEvent`, which the live client answers with a snapshot; the event is never skipped.
 */
export function readEvent<A extends Audience>(audience: A, event: WireEvent): LiveEvent<A> {
  const known: Partial<Record<string, Check>> = checks[audience]
  const { type, position } = event
  if (type === undefined || !Object.hasOwn(known, type)) return { position }
  if (!known[type]!(event.data)) throw new UnreadableEvent(event)
  return event as LiveEvent<A>
}
