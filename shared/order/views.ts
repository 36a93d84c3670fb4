import { z } from 'zod'
import { pizzeriaView } from '../menu/menu.ts'
import { calledAs } from './called.ts'
import type { Order, orderState } from './order.ts'
import { orderLine } from '../menu/line.ts'
import { order } from './order.ts'
import { shares, stations, wholeDuty } from './duty.ts'

/**
 * What each audience may see of an order. These are allow-lists: `pick` names what is sent, so that a field added to an
 * order stays on the server until somebody writes it here.
 */
const ticketLine = orderLine.omit({ unitPrice: true, total: true, vat: true }).extend({
  toppings: z.array(orderLine.shape.toppings.element.omit({ price: true })),
})
export type TicketLine = z.infer<typeof ticketLine>

/** An order as the kitchen sees it: no phone, no address, no money. */
export const ticket = order
  .pick({
    id: true,
    number: true,
    state: true,
    version: true,
    mode: true,
    table: true,
    note: true,
    promiseAt: true,
    placedAt: true,
    updatedAt: true,
    queuedAt: true,
    bakingAt: true,
    readyAt: true,
    cancelledAt: true,
    recalledAt: true,
    done: true,
    test: true,
  })
  .extend({
    name: z.string(),
    lines: z.array(ticketLine),
    amended: order.shape.amended
      .unwrap()
      .extend({ struck: z.array(ticketLine) })
      .optional(),
  })
export type Ticket = z.infer<typeof ticket>

/** An order on the public pick-up board. */
export const boardEntry = order
  .pick({ id: true, number: true, state: true, version: true, readyAt: true, updatedAt: true, test: true })
  .extend({ name: z.string() })
export type BoardEntry = z.infer<typeof boardEntry>

/** An order as its customer sees it. */
export const customerOrder = order
  .pick({
    id: true,
    pizzeria: true,
    number: true,
    state: true,
    version: true,
    mode: true,
    table: true,
    lines: true,
    note: true,
    total: true,
    currency: true,
    paid: true,
    promiseAt: true,
    placedAt: true,
    updatedAt: true,
    readyAt: true,
    collectedAt: true,
    cancelledAt: true,
    cancelReason: true,
    recalledAt: true,
    amended: true,
    test: true,
  })
  .extend({ name: z.string() })
export type CustomerOrder = z.infer<typeof customerOrder>

/** What a screen is responsible for (`Duty`); a screen that does not say so is responsible for everything. */
export const duty = z.object({
  station: z.enum(stations).default('all'),
  share: z.enum(shares).default('all'),
  categories: z.array(z.string().max(48)).max(50).default([]),
})

/** What a kitchen screen reports about itself; shown on its card at the counter. */
export const screenReport = z.object({
  audio: z.enum(['armed', 'mute', 'unknown']).default('unknown'),
  wakeLock: z.boolean().default(false),
  visible: z.boolean().default(true),
  fullscreen: z.boolean().default(false),
  page: z.string().max(20).default(''),
  build: z.string().max(80).default(''),
  transport: z.string().max(20).default(''),
  /** Sent by builds that know stations and shares. */
  duty: duty.optional(),
})
export type ScreenReport = z.infer<typeof screenReport>

/** A kitchen screen's presence and health. `shownPosition` is the last log position it painted. */
export const screenView = z.object({
  id: z.string(),
  name: z.string(),
  connected: z.boolean(),
  seenAt: z.iso.datetime(),
  shownPosition: z.int(),
  report: screenReport,
})
export type ScreenView = z.infer<typeof screenView>

/** A screen as the other screens of the kitchen know it: its duty, and whether it is alive and visible. */
export const kitchenScreen = z.object({ id: z.string(), isServing: z.boolean(), duty })
export type KitchenScreen = z.infer<typeof kitchenScreen>

export const toKitchenScreen = ({ id, connected, report }: ScreenView): KitchenScreen => ({
  id,
  isServing: connected && report.visible,
  duty: report.duty ?? wholeDuty,
})

/**
 * An order that no kitchen screen has proved to show: 1 sent again (20 s), 2 the counter's alarm (45 s), 3 the
 * manager's (90 s).
 */
export const unseen = z.object({ level: z.int().min(1).max(3), since: z.iso.datetime() })
export type Unseen = z.infer<typeof unseen>

/** What the kitchen screen knows of the pizzeria: for next-up and the oven. */
export const kitchenPizzeria = pizzeriaView
  .pick({ id: true, name: true, timezone: true, busyMinutes: true, pausedUntil: true, open: true })
  .extend({
    makers: z.int(),
    ovenSlots: z.int(),
    bakeSeconds: z.int(),
    reloadSeconds: z.int(),
  })
export type KitchenPizzeria = z.infer<typeof kitchenPizzeria>

export const kitchenState = z.object({
  pizzeria: kitchenPizzeria,
  tickets: z.array(ticket),
  menu: z.object({ out: z.array(z.string()) }),
  /** Missing in what an older build wrote. */
  screens: z.array(kitchenScreen).optional(),
})
export type KitchenState = z.infer<typeof kitchenState>
export const counterState = z.object({
  pizzeria: pizzeriaView,
  orders: z.array(order),
  screens: z.array(screenView),
  unseen: z.record(z.string(), unseen),
  /** When somebody was last stopped from guessing PINs; absent when that is not recent. */
  guessedAt: z.iso.datetime().optional(),
  /** How far the machine's clock is from the time that is believed, ms; absent while it is believed. */
  clockOff: z.int().optional(),
})
export type CounterState = z.infer<typeof counterState>
export const boardState = z.object({
  pizzeria: pizzeriaView.pick({ id: true, name: true, timezone: true }),
  entries: z.array(boardEntry),
})
export type BoardState = z.infer<typeof boardState>
export const orderView = z.object({ pizzeria: pizzeriaView, order: customerOrder })
export type OrderViewState = z.infer<typeof orderView>

/** What the kitchen and the board call whoever ordered. */
const nameOf = ({ customer, calledAs: style }: Order) => calledAs(customer.name, style)

export const toTicket = (from: Order): Ticket => ticket.parse({ ...from, name: nameOf(from) })
export const toBoardEntry = (from: Order): BoardEntry => boardEntry.parse({ ...from, name: nameOf(from) })
export const toCustomerOrder = (from: Order): CustomerOrder =>
  customerOrder.parse({ ...from, name: from.customer.name })

const customerKeys = Object.keys(customerOrder.shape) as (keyof CustomerOrder)[]
/** The same for an order that was made just now: what nobody else has written needs no check. */
export function pickCustomerOrder(from: Order): CustomerOrder {
  const all = { ...from, name: from.customer.name }
  const picked: Record<string, unknown> = {}
  for (const key of customerKeys) if (key in all) picked[key] = all[key]
  return picked as CustomerOrder
}

/** States that stand on the board. */
export const boardStates = ['queued', 'making', 'baking', 'ready'] as const satisfies z.infer<typeof orderState>[]
export const isOnBoard = ({ state }: Pick<Order, 'state'>) => (boardStates as readonly string[]).includes(state)

/** All that the board says of an order that has left it; whose order it was is no longer shown. */
export const toBoardLeft = (from: Order): BoardEntry => boardEntry.parse({ ...from, name: '', readyAt: null })
