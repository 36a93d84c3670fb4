import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { applyMenuChange } from '#shared/menu/sold-out'
import type { Menu, MenuChange, PizzeriaView } from '#shared/menu/menu'
import { byId, byVersion, isNewer } from '#shared/live/by-version'
import type { LiveEvent, Seen } from '#shared/live/events'
import type { Snapshot } from '#shared/live/messages'
import { isActive } from '#shared/order/moves'
import type { Order } from '#shared/order/order'
import type { CounterState, ScreenView, Unseen } from '#shared/order/views'

/**
 * What the counter knows. Every record is replaced, never changed, so that the card of an unchanged order keeps its
 * object and is not drawn again. An older version never replaces a newer one, whether the stream or an answer brings
 * it.
 */
export const useCounterStore = defineStore('counter', () => {
  const pizzeria = shallowRef<PizzeriaView | null>(null)
  const orders = shallowRef<Record<string, Order>>({})
  const screens = shallowRef<Record<string, ScreenView>>({})
  const unseen = shallowRef<Record<string, Unseen>>({})
  /** When somebody was last stopped from guessing PINs. */
  const guessedAt = shallowRef<string | null>(null)
  /** How far the server's clock jumped, ms; null while it is believed. */
  const clockOff = shallowRef<number | null>(null)
  /** Read when the 86 panel opens; after that the stream keeps it up to date. */
  const menu = shallowRef<Menu | null>(null)

  function reset(snapshot: Snapshot<CounterState>) {
    const state = snapshot.state
    pizzeria.value = state.pizzeria
    orders.value = byId(state.orders)
    screens.value = byId(state.screens)
    unseen.value = state.unseen
    guessedAt.value = state.guessedAt ?? null
    clockOff.value = state.clockOff ?? null
    menu.value = null
  }

  function apply(event: LiveEvent<'counter'>) {
    switch (event.type) {
      case 'order.placed':
      case 'order.moved':
      case 'order.paid':
        return upsert(event.data)
      case 'kitchen.unseen':
        return missing(event.data)
      case 'kitchen.shown':
        return shown(event.data)
      case 'kitchen.screen':
        return screen(event.data)
      case 'menu.changed':
        return change(event.data)
      case 'staff.guessing':
        return void (guessedAt.value = event.data.at)
      case 'clock.jumped':
        return void (clockOff.value = event.data.off)
      case 'kitchen.ring':
      case undefined:
        return
      default:
        return event satisfies never
    }
  }

  /** Takes an order from the stream or from the answer to a command, unless something newer is here already. */
  function upsert(order: Order) {
    const known = orders.value[order.id]
    if (!isNewer(known, order)) return
    const kept = known ? orders.value : recent(orders.value, order.placedAt)
    orders.value = byVersion(kept, { ...order, shownAt: order.shownAt ?? known?.shownAt ?? null })
    if (order.state !== 'queued' || order.shownAt) see([order.id])
  }

  /** The answers to one act for many. */
  function upsertAll(changed: readonly Order[]) {
    for (const order of changed) upsert(order)
  }

  function missing({ level, since, order }: Seen<'kitchen.unseen', 'counter'>) {
    upsert(order)
    if (orders.value[order.id]?.state === 'queued') unseen.value = { ...unseen.value, [order.id]: { level, since } }
  }

  /** A fact beside an order's own history: it raises no version. */
  function shown({ orders: painted }: Seen<'kitchen.shown', 'counter'>) {
    const next = { ...orders.value }
    for (const { id, shownAt } of painted) if (next[id]) next[id] = { ...next[id], shownAt }
    orders.value = next
    see(painted.map((one) => one.id))
  }

  const see = (ids: string[]) => {
    if (ids.some((id) => id in unseen.value))
      unseen.value = Object.fromEntries(Object.entries(unseen.value).filter(([id]) => !ids.includes(id)))
  }

  const screen = (view: ScreenView) => {
    screens.value = { ...screens.value, [view.id]: view }
  }

  function change(changed: MenuChange) {
    if (changed.pizzeria) pizzeria.value = changed.pizzeria
    if (menu.value) menu.value = applyMenuChange(menu.value, changed)
  }

  const setMenu = (read: Menu) => {
    menu.value = read
  }

  return {
    pizzeria,
    orders,
    screens,
    unseen,
    guessedAt,
    clockOff,
    menu,
    reset,
    apply,
    upsert,
    upsertAll,
    change,
    setMenu,
  }
})

/** How long finished orders stay on a counter that is open for weeks, ms; its snapshot has as many. */
const doneStaysMs = 12 * 3_600_000

/** Drops what had ended long before a new order came. */
const recent = (orders: Record<string, Order>, placedAt: string) =>
  Object.fromEntries(
    Object.entries(orders).filter(
      ([, order]) => isActive(order.state) || Date.parse(placedAt) - Date.parse(order.updatedAt) < doneStaysMs,
    ),
  )
