import type { Budget, SharedBudget } from './budget.ts'

const minute = 60_000
const hour = 60 * minute

/**
 * All budgets of Comanda: what somebody who is not signed in may use up. Who: an address (an IPv6 address by its /64),
 * a device that staff have signed in on, a phone number, a table, a session. What then stands beside each.
 */
export const budgets = {
  /**
   * Wrong PINs of strangers at one pizzeria: 49 an hour in all, whatever the number of addresses; ten at once for the
   * first address, fewer for each that comes after. Then: 429 with the time to wait, and the counter is told.
   */
  pin: {
    all: { limit: 40, perMs: (40 / 9) * hour },
    one: { limit: 10, perMs: 10 * hour },
    share: 0.34,
  } satisfies SharedBudget,
  /** Wrong PINs from a device that staff have signed in on before; strangers do not use this up. Then: 429. */
  knownPin: { limit: 10, perMs: hour } satisfies Budget,
  /** Guessed links of `/setup/{token}`: as wrong PINs are, for the whole installation. Then: 429. */
  setup: {
    all: { limit: 40, perMs: (40 / 9) * hour },
    one: { limit: 10, perMs: 10 * hour },
    share: 0.34,
  } satisfies SharedBudget,
  /** How often the counter is told of guessing. */
  pinTold: { limit: 1, perMs: 15 * minute } satisfies Budget,
  /** Pairing codes asked for by an address, and codes tried by a session. Then: 429. */
  pairing: { limit: 30, perMs: minute } satisfies Budget,
  /** Events read from the log for an address that is not signed in. Then: a snapshot, which is smaller. */
  replay: { limit: 20_000, perMs: minute } satisfies Budget,
  /** Live lines, WebSocket and SSE alike, open at once. Then: 4503, or 429. By address: COMANDA_SOCKETS_PER_ADDRESS. */
  lines: { perSession: 16 },
  /**
   * Orders of strangers that nobody has evidenced yet: made, ready, collected or accepted ones count no longer. Then:
   * the order waits for the counter's yes, and so does what came from there in the same rush. Slots: of what the
   * pizzeria makes in a quarter of an hour.
   */
  order: {
    /** By address, phone or table. A Friday night's 49 orders of 96 pizzas fit, from one address and all at once. */
    one: { orders: 60, slots: 9, laterSlots: 3 },
    /** Everybody together, within one rush. */
    all: { slots: 9 },
    /** Who has no more than this is left alone when everybody together is too much. */
    household: { orders: 2, pizzas: 10 },
    rushMs: 15 * minute,
    /** How long refused or lapsed orders speak against who sent them, and how many make more of them wait. */
    remembered: { ms: hour, orders: 4 },
  },
} as const
