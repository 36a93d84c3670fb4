import { onMounted, onScopeDispose, shallowRef, toValue, watch } from 'vue'
import type { MaybeRefOrGetter } from 'vue'
import { int, list, nullable, object, text } from '#shared/live/client/checks'
import type { Mode } from '#shared/order/modes'
import { sendCommand } from '~/composables/useCommand'

export interface DayOfSlots {
  /** `YYYY-MM-DD` */ day: string
  note: string | null
  slots: { /** ISO 8601 */ at: string; /** Pizzas that it still takes. */ left: number }[]
}
export type SlotsState = { name: 'asking' } | { name: 'shown'; days: DayOfSlots[] } | { name: 'unreachable' }

const answer = object<{ days: DayOfSlots[] }>({
  days: list(
    object<DayOfSlots>({
      day: text,
      note: nullable(text),
      slots: list(object<DayOfSlots['slots'][number]>({ at: text, left: int })),
    }),
  ),
})
/** Others order too: what is free is asked again after so long, ms. */
const againMs = 60_000

/** The times that may be ordered for (ORD-40), for so many pizzas; asked again when those change, and each minute. */
export function useSlots(pizzeria: string, wanted: MaybeRefOrGetter<{ mode: Mode; pizzas: number }>) {
  const state = shallowRef<SlotsState>({ name: 'asking' })
  let running: AbortController | null = null

  async function ask() {
    running?.abort()
    const mine = (running = new AbortController())
    const { mode, pizzas } = toValue(wanted)
    if (state.value.name === 'unreachable') state.value = { name: 'asking' }
    const path = `/api/pizzerias/${pizzeria}/slots?mode=${mode}&pizzas=${pizzas}`
    const result = await sendCommand<{ days: DayOfSlots[] }>(path, { method: 'GET', tries: 3, signal: mine.signal })
    if (mine !== running || mine.signal.aborted) return
    if (result.name === 'done' && answer(result.data)) state.value = { name: 'shown', days: result.data.days }
    // What was shown may still be right, and the order itself is the proof.
    else if (state.value.name !== 'shown') state.value = { name: 'unreachable' }
  }

  watch(
    () => JSON.stringify(toValue(wanted)),
    () => void ask(),
  )
  onMounted(() => {
    void ask()
    const timer = setInterval(() => void ask(), againMs)
    onScopeDispose(() => clearInterval(timer))
  })
  onScopeDispose(() => running?.abort())
  return { state, ask }
}
