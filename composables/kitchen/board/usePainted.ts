import type { Ref, ShallowRef } from 'vue'
import type { Slip } from '#shared/kitchen/parts'
import type { Ticket } from '#shared/order/views'
import { arrive, noProof, paint, provenUpTo } from '#shared/kitchen/proof'

interface Options {
  tickets: Readonly<Ref<readonly Ticket[]>>
  visible: Readonly<Ref<readonly Slip[]>>
  /** Where the ids of painted tickets are told; a new set each time. */
  painted: ShallowRef<ReadonlySet<string>>
  /** The log position of what is on the screen. */
  position: Readonly<Ref<number>>
  shown: (position: number) => void
}

/**
 * Proof of display (DSP-1): tells the server how far the log was painted, and never more. A ticket counts when two
 * frames have passed since it came into the document of a visible page: the first frame paints it, the second proves
 * that the first was drawn.
 */
export function usePainted({ tickets, visible, painted, position, shown }: Options) {
  let proof = noProof
  let claimed = 0
  let waiting = false

  function check() {
    if (waiting) return
    waiting = true
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        waiting = false
        if (document.visibilityState !== 'visible') return
        proof = paint(
          proof,
          visible.value.map((slip) => slip.ticket.id),
        )
        painted.value = proof.painted
        claim()
      }),
    )
  }

  function claim() {
    const upTo = provenUpTo(proof, position.value)
    // A position lower than the last one is another log's, which begins anew.
    if (upTo <= claimed && position.value >= claimed) return
    claimed = upTo
    if (upTo > 0) shown(upTo)
  }

  function look() {
    proof = arrive(
      proof,
      tickets.value.map((ticket) => ticket.id),
      position.value,
    )
    painted.value = proof.painted
    check()
  }
  watch([tickets, visible, position], look, { flush: 'post' })
  onMounted(look)
  if (import.meta.client) useEventListener(document, 'visibilitychange', check)
}
