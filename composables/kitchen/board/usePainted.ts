import type { Ref, ShallowRef } from 'vue'
import type { Slip } from '#shared/kitchen/parts'
import type { Duty } from '#shared/order/duty'
import type { Ticket } from '#shared/order/views'
import type { LiveStream } from '~/composables/useLiveStream'
import { arrive, noProof, paint, provenUpTo } from '#shared/kitchen/proof'

/** What a visible page has painted of the tickets that are on the screen. */
export interface PaintedTickets {
  /** Ids of the tickets that were painted with all of their parts. */
  whole: ReadonlySet<string>
  /** Parts of torn tickets whose others were not painted yet, as `id 2/3`. */
  parts: ReadonlySet<string>
}
export const nothingPainted: PaintedTickets = { whole: new Set(), parts: new Set() }

interface Options {
  tickets: Readonly<Ref<readonly Ticket[]>>
  visible: Readonly<Ref<readonly Slip[]>>
  /** Where is told what was painted: a new value each time. */
  painted: ShallowRef<PaintedTickets>
  /** The log position of what is on the screen. */
  position: Readonly<Ref<number>>
  /** What the screen answers for: what of a painted order was painted. */
  duty: Readonly<Ref<Duty>>
  shown: LiveStream['shown']
}

/**
 * Proof of display (DSP-1): names to the server what was painted, and never more. A ticket counts when two frames have
 * passed since it, or each of its parts, came into the document of a visible page: the first frame paints it, the
 * second proves that the first was drawn.
 */
export function usePainted({ tickets, visible, painted, duty, position, shown }: Options) {
  let proof = noProof
  let told = noProof
  let waiting = false

  function check() {
    if (waiting) return
    // What hangs was painted before: a position without a new ticket needs no frames to be proved.
    if (visible.value.every(({ ticket }) => proof.painted.has(proofOf(ticket)))) return claim()
    waiting = true
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        waiting = false
        if (document.visibilityState !== 'visible') return
        proof = paint(
          proof,
          visible.value.map(({ ticket, part, of }) => ({ id: proofOf(ticket), part, of })),
        )
        tell()
        claim()
      }),
    )
  }

  function claim() {
    if (document.visibilityState !== 'visible') return
    shown(Math.max(0, provenUpTo(proof, position.value)), { orders: [...painted.value.whole], duty: duty.value })
  }

  function tell() {
    if (proof.painted === told.painted && proof.parts === told.parts) return
    told = proof
    painted.value = {
      whole: new Set([...proof.painted].map(idOf)),
      parts: new Set([...proof.parts].flatMap(([of, parts]) => [...parts].map((part) => `${idOf(of)} ${part}`))),
    }
  }

  function look() {
    proof = arrive(proof, tickets.value.map(proofOf), position.value)
    tell()
    check()
  }
  watch([tickets, visible, position, duty], look, { flush: 'post' })
  onMounted(look)
  if (import.meta.client) useEventListener(document, 'visibilitychange', check)
}

/** What is proved: an order as it was ordered last. One that was amended is painted anew. */
const proofOf = ({ id, amended }: Pick<Ticket, 'id' | 'amended'>) => (amended ? `${id} ${amended.at}` : id)
const idOf = (proof: string) => proof.split(' ', 1)[0]!
