import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { BasketLine } from '#shared/menu/basket'
import { addLine } from '#shared/menu/basket'

/** The basket of the pizzeria that is open. `composables/useBasketKept.ts` keeps it on the device. */
export const useBasketStore = defineStore('basket', () => {
  const lines = shallowRef<BasketLine[]>([])

  const load = (kept: BasketLine[]) => {
    lines.value = kept
  }
  const add = (line: BasketLine) => {
    lines.value = addLine(lines.value, line)
  }
  const replace = (line: BasketLine) => {
    lines.value = lines.value.map((one) => (one.id === line.id ? line : one))
  }
  const clear = () => {
    lines.value = []
  }

  function setQuantity(id: string, quantity: number) {
    lines.value = lines.value.map((one) => (one.id === id ? { ...one, line: { ...one.line, quantity } } : one))
  }

  /** Takes a line out and returns what puts it back where it was. */
  function remove(id: string): () => void {
    const index = lines.value.findIndex((one) => one.id === id)
    const gone = lines.value[index]
    if (!gone) return () => {}
    lines.value = lines.value.filter((one) => one.id !== id)
    return () => {
      if (lines.value.some((one) => one.id === id)) return
      lines.value = [...lines.value.slice(0, index), gone, ...lines.value.slice(index)]
    }
  }

  return { lines, load, add, replace, setQuantity, remove, clear }
})
