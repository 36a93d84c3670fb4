import type { Store } from '../db/store.ts'
import type { Config } from './config.ts'
import type { Append, Commit } from './ground/commit.ts'
import type { Logger } from './ground/logger.ts'
import type { Metrics } from './ground/metrics.ts'

/** What writes events, by the name of the ground that it belongs to. */
export type { Append, Commit }

/** Where the process is in its life. Whoever ends it moves `phase` on; everybody else only asks. */
export interface Life {
  /** `draining`: about to end; no new command and no new connection is taken. */
  phase: 'serving' | 'draining'
}

/**
 * The ground: what every module may stand on. It knows nothing of what is built on it (`server/app.ts`), so a module
 * takes a `Pick` of it, and names each neighbour that it needs beside it.
 */
export interface Context {
  readonly config: Config
  readonly store: Store
  readonly commit: Commit
  /** The server's clock: ms since 1970. Somebody may set it, forwards or backwards. */
  readonly clock: () => number
  /** ms since some moment, never backwards: for how long things take. */
  readonly uptime: () => number
  readonly logger: Logger
  readonly metrics: Metrics
  /** The name of this build, as screens know it. */
  readonly build: string
  readonly life: Life
}
