import type { Actor, OrderState } from './order.ts'

/** One allowed step. `within` (minutes, from when the order reached `from`) and `reason` bound it further. */
export interface Move {
  from: OrderState
  to: OrderState
  by: readonly Actor[]
  within?: Partial<Record<Actor, number>>
  reason?: boolean
}

const staff = ['counter', 'manager'] as const
const makers = ['kitchen', ...staff] as const

/** The table of allowed steps: anything that is not here is refused. */
export const moves: readonly Move[] = [
  { from: 'scheduled', to: 'queued', by: ['system', ...staff] },
  { from: 'pending', to: 'queued', by: staff },
  { from: 'pending', to: 'rejected', by: staff },
  { from: 'queued', to: 'making', by: makers },
  { from: 'making', to: 'baking', by: makers },
  { from: 'queued', to: 'baking', by: makers },
  { from: 'queued', to: 'ready', by: makers },
  { from: 'making', to: 'ready', by: makers },
  { from: 'baking', to: 'ready', by: makers },
  { from: 'ready', to: 'collected', by: staff },
  { from: 'ready', to: 'making', by: makers, within: { kitchen: 30 } },
  { from: 'collected', to: 'ready', by: staff, within: { counter: 10, manager: 10 } },
  { from: 'scheduled', to: 'cancelled', by: ['customer', ...staff] },
  { from: 'pending', to: 'cancelled', by: ['customer', ...staff] },
  { from: 'queued', to: 'cancelled', by: ['customer', ...staff] },
  { from: 'making', to: 'cancelled', by: staff, reason: true },
  { from: 'baking', to: 'cancelled', by: staff, reason: true },
  { from: 'ready', to: 'cancelled', by: staff, reason: true },
  { from: 'ready', to: 'expired', by: staff },
]

/** The step between two states, or undefined when there is none. */
export const findMove = (from: OrderState, to: OrderState) => moves.find((move) => move.from === from && move.to === to)

/** States in which the kitchen still has work. */
export const openStates = ['queued', 'making', 'baking'] as const satisfies OrderState[]
/** States in which an order still waits for somebody: shown at the counter until it has ended. */
export const activeStates = ['scheduled', 'pending', ...openStates, 'ready'] as const satisfies OrderState[]
export const isOpen = (state: OrderState) => (openStates as readonly OrderState[]).includes(state)
export const isActive = (state: OrderState) => (activeStates as readonly OrderState[]).includes(state)
