import type { Budget, SharedBudget } from './budget.ts'

const minute = 60_000
const hour = 60 * minute

/**
 * All budgets of Comanda: what strangers (people who are not signed in) may use up. A budget is counted by address (an
 * IPv6 address by its /64), device that staff have signed in on, phone number, table or session. Each entry says what
 * happens when it is used up.
 */
export const budgets = {
  /**
   * Wrong PINs of strangers at one pizzeria: 49 an hour in all, however many addresses they use; ten at once for the
   * first address, fewer for each address after it. When used up: 429 with the time to wait, and the counter is told.
   */
  pin: {
    all: { limit: 40, perMs: (40 / 9) * hour },
    one: { limit: 10, perMs: 10 * hour },
    share: 0.34,
  } satisfies SharedBudget,
  /** Wrong PINs from a device that staff have signed in on before; strangers do not use this up. When used up: 429. */
  knownPin: { limit: 10, perMs: hour } satisfies Budget,
  /** Guessed links of `/setup/{token}`: as wrong PINs are, for the whole installation. Then: 429. */
  setup: {
    all: { limit: 40, perMs: (40 / 9) * hour },
    one: { limit: 10, perMs: 10 * hour },
    share: 0.34,
  } satisfies SharedBudget,
  /** How often the counter is told that somebody guesses PINs. */
  pinTold: { limit: 1, perMs: 15 * minute } satisfies Budget,
  /** Pairing codes that an address asks for, and codes that a session tries. When used up: 429. */
  pairing: { limit: 30, perMs: minute } satisfies Budget,
  /** Events that an address which is not signed in reads from the log. When used up: a snapshot, which is smaller. */
  replay: { limit: 20_000, perMs: minute } satisfies Budget,
  /**
   * Open live connections, WebSocket and SSE alike. When used up: 4503, or 429. By address:
   * COMANDA_SOCKETS_PER_ADDRESS.
   */
  lines: { perSession: 16 },
  /**
   * Strangers' orders that staff have not acted on yet; an order that is made, ready, collected or accepted no longer
   * counts. When used up: the order waits until the counter accepts it, and so does what the same source sent in the
   * same rush. A slot is what the pizzeria makes in a quarter of an hour.
   */
  order: {
    /** Per address, phone or table. A Friday night's 49 orders of 96 pizzas fit, all at once and from one address. */
    one: { orders: 60, slots: 9, laterSlots: 3 },
    /** Everybody together, within one rush. */
    all: { slots: 9 },
    /** A source with no more than this is left alone when everybody together is over the limit. */
    household: { orders: 2, pizzas: 10 },
    rushMs: 15 * minute,
    /** How long refused or lapsed orders count against their source, and how many of them make its next orders wait. */
    remembered: { ms: hour, orders: 4 },
  },
} as const
