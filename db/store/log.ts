import type { LogEvent, NewEvent } from '../../shared/live/events.ts'

/** First and last position of a pizzeria's log that can be read; `position` is its head. */
export interface Head {
  position: number
  oldest: number
}

/** What is kept of the time over a restart, by whoever restarts. */
export interface KeptClock {
  /** The time that was believed when the machine had been up for `up` ms, in that `boot`. */
  at: number
  up: number
  boot: string
  /** How far the machine's clock was from it, ms; null: it was believed. */
  off: number | null
}

/** The log. Positions MUST follow the commits and MUST NOT have holes (LOG-2), also after a transaction was undone. */
export interface LogTx {
  /** A random word, new when the database is created or restored. MUST stay over a restart (LOG-5). */
  epoch(): Promise<string>
  /** Begins a new one, as a restored database does: no cursor of before is of any use. */
  renewEpoch(): Promise<void>
  /** What time it is, ms: the same for all nodes. */
  now(): Promise<number>
  /** Writes to the disk what is there already: MUST reject as any writer would. */
  probe(): Promise<void>
  /** What time was believed when it was last kept; null: never. */
  keptClock(): Promise<KeptClock | null>
  keepClock(kept: KeptClock): Promise<void>
  /** Writes the event under the pizzeria's next position. MUST throw when there is no such pizzeria. */
  append(event: NewEvent): Promise<LogEvent>
  heads(): Promise<(Head & { pizzeria: string })[]>
  head(pizzeria: string): Promise<Head | undefined>
  /** Events after a position, in order, at most `limit`. */
  eventsAfter(pizzeria: string, position: number, limit: number): Promise<LogEvent[]>
  /** Events of one subject after a version, in order, at most `limit`. */
  subjectEventsAfter(pizzeria: string, subject: string, version: number, limit: number): Promise<LogEvent[]>
  /** The oldest version of a subject that is still kept, or undefined when none is. */
  oldestOfSubject(pizzeria: string, subject: string): Promise<number | undefined>
  /**
   * Drops the oldest events, as long as they are from before a time, and moves the oldest kept position; at most
   * `limit` at once. Returns how many. An event from after `now` was written while the clock was wrong: it goes
   * when one behind it is old. MUST NOT leave a hole: an event stays while an older one does.
   */
  dropEventsBefore(pizzeria: string, time: number, limit: number, now?: number): Promise<number>
}
