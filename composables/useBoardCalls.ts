import type { Ref } from 'vue'
import { callsDue, nextCall } from '#shared/order/calls'
import type { BoardEntry } from '#shared/order/views'

/** How long a call fills the board, ms. */
export const callMs = 6000

/**
 * Calls ready orders one after the other: large for a moment and, where `spoken` is on, aloud. Orders that were ready
 * before the board was opened are not called again. `now`: the page's ticking server clock, ms.
 */
export function useBoardCalls(ready: Ref<readonly BoardEntry[]>, now: Ref<number>, say: (entry: BoardEntry) => void) {
  const calling = shallowRef<BoardEntry | null>(null)
  /** By entry; kept after the entry has left, so that undoing "collected" does not call it again. */
  const made = new Map<string, { round: number; readyAt: string | null }>()
  let endsAt = 0

  function start() {
    for (const entry of ready.value) made.set(entry.id, { round: callsDue(entry, now.value), readyAt: entry.readyAt })
  }

  function tick() {
    if (calling.value && (now.value >= endsAt || !ready.value.some((entry) => entry.id === calling.value?.id)))
      calling.value = null
    if (calling.value) return
    const rounds = new Map(
      ready.value.map((entry) => {
        const before = made.get(entry.id)
        return [entry.id, before && before.readyAt === entry.readyAt ? before.round : 0]
      }),
    )
    const call = nextCall(ready.value, rounds, now.value)
    const entry = call && ready.value.find((one) => one.id === call.id)
    if (!call || !entry) return
    if (made.size > 300) made.delete(made.keys().next().value!)
    made.set(call.id, { round: call.round, readyAt: entry.readyAt })
    calling.value = entry
    endsAt = now.value + callMs
    say(entry)
  }

  onMounted(() => {
    start()
    watch([now, ready], tick)
  })

  return { calling }
}
