/** Who follows a pizzeria from outside. */
export interface Hook {
  id: string
  pizzeria: string
  url: string
  secret: string
  types: string[]
  /** How far they have been told. */
  epoch: string
  position: number
  /** ms since 1970, as all times here */
  createdAt: number
}

/** One message to a webhook: what happened at a position of the log. */
export interface Delivery {
  id: string
  hook: string
  pizzeria: string
  position: number
  type: string
  number: number
  at: number
  /** When it is to be sent, or tried again; null: not any more. */
  dueAt: number | null
  tries: number
  outcome: 'waiting' | 'sent' | 'dead'
  answer: string | null
}

/** Webhooks, and what is to be sent to them. */
export interface HooksTx {
  /** Webhooks that have not been told all that is in the log of this epoch. */
  hooksBehind(epoch: string): Promise<Pick<Hook, 'id' | 'pizzeria'>[]>
  hooksOf(pizzeria: string): Promise<Hook[]>
  hook(id: string): Promise<Hook | undefined>
  insertHook(hook: Hook): Promise<void>
  moveHook(id: string, epoch: string, position: number): Promise<void>
  /** With its deliveries. */
  dropHook(id: string): Promise<void>
  /** Nothing happens when it is there. */
  insertDelivery(delivery: Delivery): Promise<void>
  delivery(id: string): Promise<Delivery | undefined>
  /** The newest first, at most `limit`. */
  deliveriesOf(hook: string, limit: number): Promise<Delivery[]>
  pizzeriasWithDueDeliveries(now: number): Promise<string[]>
  /** What is due, the oldest first, at most `limit`; it is due again at `again`, unless it is settled until then. */
  takeDueDeliveries(pizzeria: string, now: number, again: number, limit: number): Promise<Delivery[]>
  settleDelivery(id: string, change: Pick<Delivery, 'tries' | 'outcome' | 'answer' | 'dueAt'>): Promise<void>
  /** Drops what happened before a time, at most `limit`; returns how many. */
  dropDeliveriesBefore(time: number, limit: number): Promise<number>
}
