import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { BasketLine } from '#shared/menu/basket'
import { addLine } from '#shared/menu/basket'

/** The basket of the open pizzeria. `composables/useBasketKept.ts` keeps it on the device. */
export const useBasketStore = defineStore('basket', () => {
  const pizzeria = shallowRef<string | null>(null)
  const lines = shallowRef<BasketLine[]>([])
  /** Counts what the customer did: only that is worth keeping, and never what was just read. */
  const changes = shallowRef(0)

  /** Opens a pizzeria's basket. If it is already open it stays as it is, because two pages overlap while one leaves. */
  function open(id: string) {
    if (pizzeria.value === id) return
    pizzeria.value = id
    lines.value = []
  }
  const load = (kept: BasketLine[]) => {
    lines.value = kept
  }
  function change(to: BasketLine[]) {
    lines.value = to
    changes.value += 1
  }

  const add = (line: BasketLine) => change(addLine(lines.value, line))
  const replace = (line: BasketLine) => change(lines.value.map((one) => (one.id === line.id ? line : one)))
  const clear = () => change([])
  const setQuantity = (id: string, quantity: number) =>
    change(lines.value.map((one) => (one.id === id ? { ...one, line: { ...one.line, quantity } } : one)))

  /** Takes a line out and returns a function that puts it back where it was. */
  function remove(id: string): () => void {
    const index = lines.value.findIndex((one) => one.id === id)
    const gone = lines.value[index]
    if (!gone) return () => {}
    change(lines.value.filter((one) => one.id !== id))
    return () => {
      if (lines.value.some((one) => one.id === id)) return
      change([...lines.value.slice(0, index), gone, ...lines.value.slice(index)])
    }
  }

  return { pizzeria, lines, changes, open, load, add, replace, setQuantity, remove, clear }
})
