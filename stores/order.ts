import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { LiveEvent, Snapshot } from '#shared/live/messages'
import type { CustomerOrder, OrderViewState } from '#shared/order/views'
import { customerOrder } from '#shared/order/views'
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
    if (order.value && order.value.id === newer.id && order.value.version >= newer.version) return
    order.value = newer
  }

  function apply(event: LiveEvent) {
    if (!event.type?.startsWith('order.')) return
    const found = customerOrder.safeParse(event.data)
    if (found.success && found.data.id === order.value?.id) take(found.data)
  }

  return { order, pizzeria, reset, take, apply }
})
