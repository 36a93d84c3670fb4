import type { Actor, MoveInput, Order, OrderState } from './order.ts'
import { isFinished, type Part } from './duty.ts'
import { findMove } from './moves.ts'
import type { Rejection } from './rejections.ts'
import type { DecideContext, Decision, Step } from './decision.ts'
import { decidePayment, paidOf, type PaymentCommand } from './payments.ts'
import { decideWaiting, type WaitingCommand } from './waiting.ts'

export type OrderCommand =
  ({ name: 'move' } & MoveInput) | { name: 'undo'; ifVersion: number } | PaymentCommand | WaitingCommand

export type { DecideContext, Decision, Step }

/**
 * The rule for changing orders, pure: what a command makes of an order. A state that is already reached succeeds and
 * changes nothing (a repeated tap is not an error). Then the version decides who was first, then the table of moves.
 */
export function decide(order: Order, command: OrderCommand, context: DecideContext): Decision {
  switch (command.name) {
    case 'move':
      return decideMove(order, command, context)
    case 'undo':
      return decideUndo(order, command, context)
    case 'pay':
    case 'payment':
      return decidePayment(order, command, context)
    case 'hold':
    case 'lapse':
    case 'restore':
      return decideWaiting(order, command, context)
    default:
      return command satisfies never
  }
}

/**
 * A station has finished its part. The last station makes the order ready; before that the order is in `making`,
 * because somebody has now shown that it was started.
 */
function decidePart(order: Order, part: Part, command: MoveInput, context: DecideContext): Decision {
  const before = order.done ?? []
  if (before.includes(part) || order.state === 'ready') return { outcome: 'unchanged', order }
  const done = [...before, part]
  const isLast = isFinished(order, done)
  const decision = decideMove(order, { ...command, part: undefined }, context)
  if (decision.outcome !== 'changed') return decision
  if (isLast) return { ...decision, order: { ...decision.order, done } }
  const state = order.state === 'queued' ? 'making' : order.state
  return { ...decision, order: { ...order, ...changed(order, context.now), state, done } }
}

function decideMove(order: Order, command: MoveInput, context: DecideContext): Decision {
  const { actor, now, accept } = context
  if (command.part && command.to === 'ready') return decidePart(order, command.part, command, context)
  if (order.state === command.to) return { outcome: 'unchanged', order }
  if (order.version !== command.ifVersion) return refuse('order.stale', order)
  const move = findMove(order.state, command.to)
  if (!move || !move.by.includes(actor)) return refuse('order.illegal', order)
  const limit = move.within?.[actor]
  if (limit !== undefined && Date.parse(now) - Date.parse(since(order)) > limit * 60_000)
    return refuse('order.illegal', order)
  if (actor === 'customer' && paidOf(order) > 0) return refuse('order.paid', order)
  if (move.reason && !command.reason) return refuse('order.reason_required', order)
  if (command.to === 'collected' && !order.paid && !command.confirmUnpaid) return refuse('order.unpaid', order)
  return {
    outcome: 'changed',
    type: 'order.moved',
    order: {
      ...order,
      ...changed(order, now),
      state: command.to,
      ...stamps(order.state, command, now),
      ...(order.state === 'pending' && command.to === 'queued' && accept && accepted(accept)),
    },
  }
}

const accepted = ({ later, ...settled }: NonNullable<DecideContext['accept']>): Partial<Order> => ({
  ...settled,
  heldFor: undefined,
  ...(later && { state: 'scheduled', queuedAt: null }),
})

/** How long a step can be undone, minutes. After that a ready order is recalled, and the kitchen sees BACK. */
export const undoMinutes = 10

/**
 * Undoes a step as if it had not been taken: state and facts are those before it. Proof of display stays, because a
 * screen has shown the order. Whoever made the step may undo it; staff may also restore what its customer cancelled.
 */
function decideUndo(order: Order, { ifVersion }: { ifVersion: number }, { actor, now, step }: DecideContext): Decision {
  if (order.version !== ifVersion) return refuse('order.stale', order)
  const late = step && Date.parse(now) - Date.parse(step.at) > undoMinutes * 60_000
  if (!step || late || !mayUndo(actor, step, order)) return refuse('order.illegal', order)
  const { state, day, number, promiseAt, queuedAt, bakingAt, readyAt, collectedAt, cancelledAt, cancelReason } =
    step.before
  const before = {
    state,
    heldFor: step.before.heldFor,
    day,
    number,
    promiseAt,
    queuedAt,
    bakingAt,
    readyAt,
    collectedAt,
    cancelledAt,
    cancelReason,
    recalledAt: step.before.recalledAt,
    done: step.before.done,
  }
  return { outcome: 'changed', type: 'order.moved', order: { ...order, ...before, ...changed(order, now) } }
}

const isStaff = (actor: Actor) => actor === 'counter' || actor === 'manager'
const mayUndo = (actor: Actor, step: Step, { state }: Order) =>
  isStaff(actor)
    ? isStaff(step.actor) || (state === 'cancelled' && step.actor === 'customer')
    : actor === 'kitchen' && step.actor === 'kitchen'

const changed = (order: Order, now: string) => ({ version: order.version + 1, updatedAt: now })

/** When the order reached its present state; the time limits for recall and undo count from here. */
const since = (order: Order) =>
  (order.state === 'ready' ? order.readyAt : order.state === 'collected' ? order.collectedAt : null) ?? order.updatedAt

/** The times that a step sets. A recall keeps the order's age (`queuedAt`) and shows BACK. */
function stamps(from: OrderState, { to, reason }: MoveInput, now: string): Partial<Order> {
  switch (to) {
    case 'queued':
      return { queuedAt: now }
    case 'making':
      return from === 'ready' ? { readyAt: null, bakingAt: null, recalledAt: now, done: [] } : {}
    case 'baking':
      return { bakingAt: now }
    case 'ready':
      return from === 'collected' ? { collectedAt: null } : { readyAt: now, recalledAt: null }
    case 'collected':
      return { collectedAt: now }
    case 'cancelled':
    case 'rejected':
      return { cancelledAt: now, cancelReason: reason ?? null }
    case 'expired':
      return { cancelledAt: now }
    default:
      return {}
  }
}

const refuse = (code: Rejection['code'], order: Order): Decision => ({
  outcome: 'refused',
  rejection: { code, details: { order } },
})
