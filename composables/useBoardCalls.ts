import type { Ref } from 'vue'
import { callsDue, nextCall } from '#shared/order/calls'
import type { BoardEntry } from '#shared/order/views'

/** How long a call fills the board, ms. */
export const callMs = 6000

/**
 * Calls ready orders one after the other: large for a moment and, where `spoken` is on, aloud. What was ready before
 * the board came on is not called again. `now`: the page's ticking server clock, ms.
 */
export function useBoardCalls(ready: Ref<readonly BoardEntry[]>, now: Ref<number>, say: (entry: BoardEntry) => void) {
  const calling = shallowRef<BoardEntry | null>(null)
  const made = new Map<string, number>()
  let endsAt = 0

  function start() {
    for (const entry of ready.value) made.set(entry.id, callsDue(entry, now.value))
  }

  function tick() {
    const standing = new Set(ready.value.map(entry => entry.id))
    for (const id of made.keys())
      if (!standing.has(id)) made.delete(id)
    if (calling.value && (now.value >= endsAt || !standing.has(calling.value.id))) calling.value = null
    if (calling.value) return
    const call = nextCall(ready.value, made, now.value)
    const entry = call && ready.value.find(one => one.id === call.id)
    if (!call || !entry) return
    made.set(call.id, call.round)
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
