import type { Store } from '../db/store.ts'
import type { Config } from './config.ts'
import type { Append, Commit } from './ground/commit.ts'
import type { Logger } from './ground/logger.ts'
import type { Metrics } from './ground/metrics.ts'
import type { TrustedClock } from './ground/trusted-clock.ts'

/** The types for writing events, which belong to the ground. */
export type { Append, Commit }

/** Where the process is in its life. Whoever ends the process changes `phase`; all others only read it. */
export interface Life {
  /** `draining`: the process is about to end and takes no new command and no new connection. */
  phase: 'serving' | 'draining'
}

/**
 * The ground that every module may use. It knows nothing of what is built on it (`server/app.ts`), so a module takes a
 * `Pick` of it and names the other modules that it needs beside it.
 */
export interface Context {
  readonly config: Config
  readonly store: Store
  readonly commit: Commit
  /** The server's clock: ms since 1970. Somebody may set it, forwards or backwards. */
  readonly clock: () => number
  /** The time that is believed: what ends, expires or is forgotten by time asks here (CLK-1). */
  readonly trusted: TrustedClock
  /** ms since some fixed moment, never backwards: for measuring how long something takes. */
  readonly uptime: () => number
  readonly logger: Logger
  readonly metrics: Metrics
  /** The name of this build, as screens know it. */
  readonly build: string
  readonly life: Life
}
