/** A rehearsal that runs; its row is its life, on whatever node. */
export interface RehearsalRow {
  pizzeria: string
  id: string
  planned: number
  placed: number
  endsAt: number
  /** When its node last said that it is alive. */
  seenAt: number
}

/** Rehearsals that run: one per pizzeria at most. */
export interface RehearsalsTx {
  rehearsals(): Promise<RehearsalRow[]>
  rehearsal(pizzeria: string): Promise<RehearsalRow | null>
  /** MUST throw when the pizzeria has one. */
  insertRehearsal(rehearsal: RehearsalRow): Promise<void>
  /** False: it was ended meanwhile. */
  touchRehearsal(rehearsal: Pick<RehearsalRow, 'pizzeria' | 'id' | 'placed' | 'seenAt'>): Promise<boolean>
  dropRehearsal(pizzeria: string, id: string): Promise<void>
}
