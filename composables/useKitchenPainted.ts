import type { Ref } from 'vue'
import type { Slip } from '#shared/kitchen/slips'

interface Options {
  visible: Ref<readonly Slip[]>
  ids: () => Iterable<string>
  painted: Set<string>
  position: Ref<number>
  shown: (position: number) => void
}

/**
 * Proof of display (DSP-1): tells the server how far the log was painted, and never more. A ticket counts when two
 * frames have passed since it came into the document of a visible page: the first frame paints it, the second proves
 * that the first was drawn.
 */
export function useKitchenPainted({ visible, ids, painted, position, shown }: Options) {
  /** The log position at which each ticket first came. */
  const came = new Map<string, number>()
  let claimed = 0
  let waiting = false

  function check() {
    if (waiting) return
    waiting = true
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        waiting = false
        if (document.visibilityState !== 'visible') return
        for (const slip of visible.value) painted.add(slip.ticket.id)
        claim()
      }),
    )
  }

  function claim() {
    let most = position.value
    const present = new Set<string>()
    for (const id of ids()) {
      present.add(id)
      if (!painted.has(id)) most = Math.min(most, (came.get(id) ?? position.value) - 1)
    }
    // What left the screen is forgotten: a ticket that comes back must be painted again.
    for (const id of painted) if (!present.has(id)) painted.delete(id)
    for (const id of came.keys()) if (!present.has(id)) came.delete(id)
    if (most <= claimed && position.value >= claimed) return
    claimed = most
    if (most > 0) shown(most)
  }

  watch(
    [visible, position],
    () => {
      for (const id of ids()) if (!came.has(id)) came.set(id, position.value)
      check()
    },
    { flush: 'post' },
  )
  onMounted(check)
  if (import.meta.client) useEventListener(document, 'visibilitychange', check)
}
