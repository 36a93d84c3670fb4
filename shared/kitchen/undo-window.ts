import type { Part } from '../order/duty.ts'
import type { OrderState } from '../order/order.ts'

/** A step that was asked for and can still be taken back: it is sent only when its window has closed. */
export interface Pending {
  id: string
  number: number
  to: OrderState
  from: OrderState
  /** The part that a station has finished, where the step is about that alone. */
  part?: Part
  /** ms */ sendAt: number
}
export interface Sent {
  id: string
  number: number
  from: OrderState
  to: OrderState
}

/** Pending steps, and the last ones that went out, for a later undo. */
export interface UndoWindow {
  pending: Pending[]
  sent: Sent[]
}

/** ms in which a bump is taken back without anybody having seen it. */
export const undoMs = 3_000
export const emptyWindow: UndoWindow = { pending: [], sent: [] }

/** Asks for a step. Asking again for the same ticket changes nothing while its window is open. */
export const ask = (steps: UndoWindow, step: Omit<Pending, 'sendAt'>, now: number): UndoWindow =>
  steps.pending.some((one) => one.id === step.id)
    ? steps
    : { ...steps, pending: [...steps.pending, { ...step, sendAt: now + undoMs }] }

/** Takes back the latest: one that waits, else one that went out (which must then be recalled). */
export function undo(steps: UndoWindow): {
  steps: UndoWindow
  undone: { name: 'pending'; step: Pending } | { name: 'sent'; step: Sent } | null
} {
  const waiting = steps.pending.at(-1)
  if (waiting)
    return { steps: { ...steps, pending: steps.pending.slice(0, -1) }, undone: { name: 'pending', step: waiting } }
  const sent = steps.sent.at(-1)
  if (sent) return { steps: { ...steps, sent: steps.sent.slice(0, -1) }, undone: { name: 'sent', step: sent } }
  return { steps, undone: null }
}

/** Splits off what must be sent now, in the order in which it was asked for. */
export function due(steps: UndoWindow, now: number): { steps: UndoWindow; send: Pending[] } {
  const send = steps.pending.filter((one) => one.sendAt <= now)
  if (send.length === 0) return { steps, send }
  return {
    steps: {
      pending: steps.pending.filter((one) => one.sendAt > now),
      sent: [...steps.sent, ...send.map(({ id, number, from, to }) => ({ id, number, from, to }))].slice(-10),
    },
    send,
  }
}

/** Forgets a ticket that somebody else moved meanwhile: what was asked for no longer means anything. */
export const forget = (steps: UndoWindow, id: string): UndoWindow => ({
  pending: steps.pending.filter((one) => one.id !== id),
  sent: steps.sent.filter((one) => one.id !== id),
})
