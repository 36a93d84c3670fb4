import type { OrderState } from '../order/order.ts'

/** A step that was asked for and can still be taken back: it is sent only when the ring has closed. */
export interface Pending {
  id: string
  number: number
  to: OrderState
  from: OrderState
  /** ms */ sendAt: number
}
export interface Sent {
  id: string
  number: number
  from: OrderState
  to: OrderState
}

/** Pending steps, and the last ones that went out, for a later undo. */
export interface UndoRing {
  pending: Pending[]
  sent: Sent[]
}

/** ms in which a bump is taken back without anybody having seen it. */
export const undoMs = 3_000
export const emptyRing: UndoRing = { pending: [], sent: [] }

/** Asks for a step. Asking again for the same ticket changes nothing while its ring runs. */
export const ask = (ring: UndoRing, step: Omit<Pending, 'sendAt'>, now: number): UndoRing =>
  ring.pending.some((one) => one.id === step.id)
    ? ring
    : { ...ring, pending: [...ring.pending, { ...step, sendAt: now + undoMs }] }

/** Takes back the latest: one that waits, else one that went out (which must then be recalled). */
export function undo(ring: UndoRing): {
  ring: UndoRing
  undone: { name: 'pending'; step: Pending } | { name: 'sent'; step: Sent } | null
} {
  const waiting = ring.pending.at(-1)
  if (waiting)
    return { ring: { ...ring, pending: ring.pending.slice(0, -1) }, undone: { name: 'pending', step: waiting } }
  const sent = ring.sent.at(-1)
  if (sent) return { ring: { ...ring, sent: ring.sent.slice(0, -1) }, undone: { name: 'sent', step: sent } }
  return { ring, undone: null }
}

/** Splits off what must be sent now, in the order in which it was asked for. */
export function due(ring: UndoRing, now: number): { ring: UndoRing; send: Pending[] } {
  const send = ring.pending.filter((one) => one.sendAt <= now)
  if (send.length === 0) return { ring, send }
  return {
    ring: {
      pending: ring.pending.filter((one) => one.sendAt > now),
      sent: [...ring.sent, ...send.map(({ id, number, from, to }) => ({ id, number, from, to }))].slice(-10),
    },
    send,
  }
}

/** Forgets a ticket that somebody else moved meanwhile: what was asked for no longer means anything. */
export const forget = (ring: UndoRing, id: string): UndoRing => ({
  pending: ring.pending.filter((one) => one.id !== id),
  sent: ring.sent.filter((one) => one.id !== id),
})
