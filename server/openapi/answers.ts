import { z } from 'zod'
import { screenSettings } from '../../shared/kitchen/screen-settings.ts'
import { carrierKinds } from '../../shared/live/carrier.ts'
import { menuFields, menuParts } from '../../shared/menu/document.ts'
import { importFaults, type ImportFault } from '../../shared/menu/import.ts'
import * as menus from '../../shared/menu/menu.ts'
import { languages } from '../../shared/menu/words.ts'
import { orderLine as soldLine } from '../../shared/menu/line.ts'
import { eventPage as events, snapshot as streamSnapshot } from '../../shared/live/messages.ts'
import * as history from '../../shared/order/history.ts'
import { report } from '../../shared/figures/report.ts'
import { payment as fact } from '../../shared/order/money.ts'
import * as orders from '../../shared/order/order.ts'
import { sharedOrder, tableOrder } from '../../shared/order/shared.ts'
import { rejections } from '../../shared/order/rejections.ts'
import { roles } from '../../shared/order/roles.ts'
import { hookTypes } from '../../shared/webhooks.ts'
import * as views from '../../shared/order/views.ts'

/*
 * What the server answers, for `/openapi.json`: each export stands there under its own name. Schemas of what screens
 * read as well come from shared/.
 */

const time = z.iso.datetime()
/** Minor units. */
const money = z.int()

export const anyJson = z.unknown()
export const done = z.object({ ok: z.literal(true) })

export const order = orders.order
export const ticket = views.ticket
export const customerOrder = views.customerOrder
export const orderLine = soldLine
export const payment = fact
export const pizzeriaView = menus.pizzeriaView
export const menuPolicies = menus.menuPolicies
export const menu = menus.menu
export const kitchenState = views.kitchenState
export const counterState = views.counterState
export const boardState = views.boardState
export const orderView = views.orderView
export const eventPage = events
export const screenView = views.screenView

export const snapshot = streamSnapshot.extend({
  state: z.union([menu, kitchenState, counterState, boardState, orderView]),
})
/** As whoever asked may see it: the kitchen sees no money and no phone number. */
export const changedOrder = z.object({ order: z.union([order, ticket]) })
export const wholeOrder = z.object({ order })
export const ownOrder = z.object({ order: customerOrder })
export const amendedOrder = changedOrder.extend({ difference: money })
export const amendedOwnOrder = ownOrder.extend({ difference: money })
export const placedOrder = ownOrder.extend({ tracking: z.string() })
export const notedPayment = wholeOrder.extend({ payment })
export const owedOrders = z.array(z.object({ order, owed: money }))
export const answeredOrders = z.object({
  orders: z.array(order),
  refused: z.array(z.object({ id: z.string(), code: z.enum(Object.keys(rejections) as [string]) })),
})
export const queuePlace = z.object({ ahead: z.object({ orders: z.int(), pizzas: z.int() }).nullable() })
export const shareWord = z.object({ share: z.string() })
export const sharedView = z.object({
  now: time,
  pizzeria: z.object({ id: z.string(), name: z.string(), timezone: z.string() }),
  order: sharedOrder,
})
export const quote = z.object({
  lines: z.array(orderLine),
  total: money,
  currency: z.string(),
  promise: z.object({ at: time, because: z.enum(['base', 'queue', 'busy', 'slot']) }),
})

export const pastOrder = history.pastOrder
export const figures = report

export const knownCustomers = z.object({
  customers: z.array(z.object({ name: z.string(), phone: z.string(), placedAt: time, lines: z.array(orderLine) })),
})

export const siteAddresses = z.object({ addresses: z.array(z.string()) })
export const startView = z.object({
  shop: z.boolean(),
  dishes: z.int(),
  hours: z.boolean(),
  people: z.int(),
  screens: z.int(),
  tables: z.int(),
  trial: z.boolean(),
  orders: z.boolean(),
})
const hook = z.object({
  id: z.string(),
  url: z.string(),
  types: z.array(z.enum(hookTypes)),
  createdAt: time,
  deliveries: z.array(
    z.object({
      id: z.string(),
      type: z.enum(hookTypes),
      number: z.int(),
      at: time,
      outcome: z.enum(['waiting', 'sent', 'dead']),
      tries: z.int(),
      answer: z.string().nullable(),
      dueAt: time.nullable(),
    }),
  ),
})
export const hookList = z.object({ hooks: z.array(hook) })
export const addedHook = z.object({ hook, secret: z.string() })

export const pizzeriaList = z.array(menus.pizzeriaView.pick({ id: true, name: true, open: true }))
const opening = z.object({ from: z.string(), to: z.string() })
export const settings = z.object({
  name: z.string(),
  country: z.string(),
  phone: z.string().nullable(),
  address: z.string().nullable(),
  timezone: z.string(),
  languages: z.array(z.enum(languages)),
  modes: z.array(z.string()),
  hours: z.array(opening.extend({ day: z.int() })).nullable(),
  exceptions: z.array(z.object({ from: z.iso.date(), to: z.iso.date(), openings: z.array(opening), note: z.string() })),
  logo: menus.photo.nullable(),
  closedUntil: time.nullable(),
  lastOrderMinutes: z.int(),
  aheadDays: z.int(),
  slotMinutes: z.int(),
  pizzasPerSlot: z.int(),
  makers: z.int(),
  ovenSlots: z.int(),
  bakeSeconds: z.int(),
  reloadSeconds: z.int(),
  baseMinutes: z.int(),
  leadMinutes: z.int(),
  patienceMinutes: z.int(),
  phoneRequired: z.boolean(),
  acceptByHand: z.boolean(),
  customersAmend: z.boolean(),
  calledAs: menus.callStyle,
  halfTopping: menus.halfTopping,
  maxQuantity: z.int(),
  maxPieces: z.int(),
  tables: z.array(z.object({ name: z.string(), token: z.string() })),
})
export const versionedSettings = z.object({ version: z.int(), settings })
/** `touched`: orders that wait for a time at which it is closed now. */
export const pizzeriaState = versionedSettings.extend({
  pizzeria: pizzeriaView,
  policies: menuPolicies,
  touched: z.array(order),
})
export const slots = z.object({
  now: time,
  timezone: z.string(),
  slotMinutes: z.int(),
  pausedUntil: time.nullable(),
  days: z.array(
    z.object({
      day: z.iso.date(),
      note: z.string().nullable(),
      slots: z.array(z.object({ at: time, left: z.int() })),
    }),
  ),
})
export const holidays = z.object({
  regions: z.array(z.object({ code: z.string(), name: z.string() })),
  holidays: z.array(z.object({ date: z.iso.date(), name: z.string() })),
})
export const table = z.object({
  now: time,
  table: z.object({ name: z.string() }),
  orders: z.array(tableOrder),
})
export const itemStock = menus.menuItem.pick({ id: true, available: true, until: true, stock: true })
export const toppingStock = menus.menuTopping.pick({ id: true, available: true, until: true })
const changes = z.object({
  entries: z.array(
    z.object({
      part: z.enum(menuParts),
      id: z.string(),
      name: menus.text,
      how: z.enum(['added', 'archived', 'changed']),
      fields: z.array(z.string()),
      prices: z.array(z.object({ size: z.string(), before: money.nullable(), after: money.nullable() })),
    }),
  ),
  ordered: z.array(z.enum(menuParts)),
})
export const publishedMenu = z.object({ version: z.int(), changes })
export const importedMenu = publishedMenu.extend({
  errors: z.array(
    z.object({
      line: z.int().nullable(),
      field: z.string(),
      value: z.string(),
      code: z.enum(Object.keys(importFaults) as [ImportFault]),
      message: z.string(),
    }),
  ),
})
export const menuBook = z.object(menuFields).extend({
  version: z.int(),
  currency: z.string(),
  languages: z.array(z.string()),
  archived: z.object({ items: menuFields.items, toppings: menuFields.toppings }),
})
const document = z.object(menuFields)
export const menuPlan = z.object({
  plan: z
    .object({
      at: time,
      by: z.string().nullable(),
      trouble: z.string().nullable(),
      changes,
      menu: document.optional(),
      base: document.optional(),
    })
    .nullable(),
})
export const uploadedPhoto = z.object({ photo: z.string() })
export const carrierWay = z.object({ transport: z.enum(carrierKinds), url: z.string(), channel: z.string() })
export const keptDays = z.object({ keptDays: z.int().nullable() })
export const erasures = z.object({ erased: z.int(), waiting: z.int() })
export const rehearsalView = z.object({
  running: z.boolean(),
  placed: z.int(),
  planned: z.int(),
  endsAt: time.nullable(),
})
/** `pusher`: whose server of that protocol there is, and `key` the application's at our own. */
export const labView = z.object({
  stream: z.string(),
  redis: z.boolean(),
  pusher: z.enum(['carrier', 'ours']).nullable(),
  key: z.string().nullable(),
  orders: rehearsalView,
})
/** `off`: how far the machine's clock is from the time that is believed, ms; null: it is believed. */
export const clockView = z.object({ now: time, believed: time, off: z.number().nullable() })

export const member = z.object({ id: z.string(), name: z.string(), role: z.enum(roles), mustChangePin: z.boolean() })
export const memberList = z.array(member)
export const changedMember = z.object({ member })
/** `pin`: one that was made, and is not said again. */
export const newMember = changedMember.extend({ pin: z.string().optional() })
export const book = z.object({
  entries: z.array(
    z.object({
      position: z.int(),
      at: time,
      type: z.string(),
      actor: z.enum(orders.actors),
      by: z.object({ id: z.string(), name: z.string() }).nullable(),
      order: z.object({ id: z.string(), number: z.string(), state: z.string(), version: z.int() }).nullable(),
      member: z.object({ name: z.string(), what: z.string() }).nullable(),
    }),
  ),
  before: z.int().nullable(),
})

export const signedIn = z.object({
  pizzeria: menus.slug,
  role: z.enum(roles),
  name: z.string(),
  kind: z.enum(['staff', 'screen']),
})
export const signIn = z.object({ user: signedIn, mustChangePin: z.boolean(), token: z.string().optional() })
export const openedPizzeria = z.object({ pizzeria: z.object({ id: menus.slug, name: z.string() }), user: signedIn })
export const ownPizzerias = z.array(z.object({ id: menus.slug, name: z.string(), isCurrent: z.boolean() }))
export const goodUntil = z.object({ expiresAt: time })

export const screen = screenView.extend({ paired: z.boolean(), settings: screenSettings })
export const screenList = z.array(screen)
export const changedScreen = z.object({ screen })
export const ownScreen = z.object({ id: z.string(), name: z.string(), settings: screenSettings })
export const pairingCode = z.object({ code: z.string(), token: z.string(), expiresAt: time, site: z.string() })
export const pairingState = z.object({ paired: z.boolean() })

export const health = z.object({ ok: z.literal(true) })
export const readiness = z.object({ ready: z.boolean(), reason: z.string().nullable(), build: z.string() })
export const pushKey = z.object({ key: z.string() })
export const channelName = z.object({ channel: z.string() })
export const channelGrant = z.object({ auth: z.string(), channel_data: z.string().optional() })
const channelFacts = z.object({ user_count: z.int().optional(), subscription_count: z.int().optional() })
export const channelView = channelFacts.extend({ occupied: z.boolean() })
export const channelList = z.object({ channels: z.record(z.string(), channelFacts) })
export const triggered = z.object({ channels: z.record(z.string(), channelFacts).optional() })
export const channelUsers = z.object({ users: z.array(z.object({ id: z.string() })) })
