/** A browser that is told when an order is ready. */
export interface Push {
  order: string
  pizzeria: string
  endpoint: string
  p256dh: string
  auth: string
  title: string
  body: string
  at: number
}

/** Browsers that are told when an order is ready. */
export interface PushesTx {
  /** Writes it, or writes it anew for the same browser. */
  savePush(push: Push): Promise<void>
  /** The endpoints that an order tells. */
  pushesOf(order: string): Promise<string[]>
  /** From when on an order's browsers are to be told; null: not yet. */
  setPushesDue(order: string, at: number | null): Promise<void>
  /** Pizzerias for which something is due. */
  pizzeriasWithDuePushes(now: number): Promise<string[]>
  /**
   * What is due at a pizzeria, at most `limit`, and how often it was tried before. It is due again at `again`, unless
   * it is dropped until then.
   */
  takeDuePushes(pizzeria: string, now: number, again: number, limit: number): Promise<(Push & { tries: number })[]>
  dropPush(order: string, endpoint: string): Promise<void>
  dropPushesOf(order: string): Promise<void>
  /** Drops what was written before a time, at most `limit`; returns how many. */
  dropPushesBefore(time: number, limit: number): Promise<number>
}
