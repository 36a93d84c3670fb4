/** An order of a stranger that nobody has evidenced yet, under one of those it came from. */
export interface Trusted {
  pizzeria: string
  /** A hash. */
  who: string
  order: string
  /** `open` in the kitchen's queue, `held` until the counter says yes, `refused` by it or lapsed. */
  state: 'open' | 'held' | 'refused'
  /** Of several rows of an order, the one that the pizzeria's sum counts. */
  first: boolean
  pizzas: number
  /** Asked for a later time. */
  later: boolean
  at: number
  /** From then on it counts no longer. */
  until: number
}

/** What one source has in one state. */
export interface TrustSum {
  state: Trusted['state']
  orders: number
  pizzas: number
  laterPizzas: number
}

/** What strangers have used of their budgets. */
export interface BudgetsTx {
  /** When all of this budget will have come back; 0: nothing of it is used. */
  budgetUntil(what: string, who: string): Promise<number>
  keepBudget(row: { what: string; who: string; until: number }): Promise<void>
  insertTrust(row: Trusted): Promise<void>
  /** What has come from one source, by state. */
  trustOf(pizzeria: string, who: string, now: number): Promise<TrustSum[]>
  /** Pizzas that all strangers together have in the queue since a time. */
  rushPizzas(pizzeria: string, since: number): Promise<number>
  /** Who has brought how much of it, the most first. */
  rushSources(pizzeria: string, since: number): Promise<{ who: string; orders: number; pizzas: number }[]>
  /** What a source has brought in the queue since a time is held from now on, and remembered until then. */
  holdTrust(pizzeria: string, who: string, since: number, until: number): Promise<void>
  /** The pizzerias that have any of `heldInQueue`. */
  withHeldInQueue(): Promise<string[]>
  /** Orders that are held and still in the queue, with the source they are held for; at most `limit`. */
  heldInQueue(pizzeria: string, limit: number): Promise<{ order: string; who: string }[]>
  setTrust(order: string, state: Trusted['state'], until: number): Promise<void>
  dropTrust(order: string): Promise<void>
  /** Takes away what has come back or counts no longer, at most `limit` of each; returns the larger number. */
  sweepBudgets(now: number, limit: number): Promise<number>
}
