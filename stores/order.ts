import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { isNewer } from '#shared/live/by-version'
import type { LiveEvent } from '#shared/live/events'
import type { Snapshot } from '#shared/live/messages'
import type { CustomerOrder, OrderViewState } from '#shared/order/views'
import type { PizzeriaView } from '#shared/menu/menu'

/** One order as its customer follows it. An older version never replaces a newer one, whichever way it came. */
export const useOrderStore = defineStore('order', () => {
  const order = shallowRef<CustomerOrder | null>(null)
  const pizzeria = shallowRef<PizzeriaView | null>(null)

  function reset(snapshot: Snapshot<OrderViewState>) {
    pizzeria.value = snapshot.state.pizzeria
    order.value = snapshot.state.order
  }

  function take(newer: CustomerOrder) {
    if (order.value?.id !== newer.id || isNewer(order.value, newer)) order.value = newer
  }

  function apply(event: LiveEvent<'order'>) {
    switch (event.type) {
      case 'order.placed':
      case 'order.moved':
      case 'order.paid':
        return event.data.id === order.value?.id ? take(event.data) : undefined
      case undefined:
        return
      default:
        return event satisfies never
    }
  }

  return { order, pizzeria, reset, take, apply }
})
