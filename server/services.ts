import type { LogEvent, NewEvent } from '../db/queries/log.ts'
import type { Store, Tx } from '../db/store.ts'
import type { Config } from './config.ts'
import type { Connections } from './live/connections.ts'
import type { Display } from './live/display.ts'
import type { Hub } from './live/hub.ts'
import type { WebSocketTransport } from './live/transports/websocket.ts'
import type { Rehearsals } from './orders/rehearsal.ts'
import type { Limits } from './staff/limits.ts'
import type { Log } from './system/log.ts'
import type { Metrics } from './system/metrics.ts'

/** Writes an event to the log under the next position; its doorbell rings after the commit. */
export type Append = (event: NewEvent) => Promise<LogEvent>

/**
 * One transaction that may write events. Resolves after the commit is flushed, and only then rings the doorbell, so
 * that nobody hears of what might still be undone.
 */
export type Commit = <T>(work: (tx: Tx, append: Append) => Promise<T>) => Promise<T>

/** Everything that was constructed at start (`server/plugins/start.ts`), handed to whoever needs it. */
export interface Services {
  config: Config
  store: Store
  commit: Commit
  hub: Hub
  display: Display
  connections: Connections
  websocket: WebSocketTransport
  limits: Limits
  rehearsals: Rehearsals
  metrics: Metrics
  log: Log
  /** The server's clock: ms since 1970. */
  clock: () => number
  /** ms since whenever, and never backwards: for how long things take, while `clock` may be set. */
  uptime: () => number
  build: string
  /** The process is about to end: no new command is taken. */
  draining: boolean
}

let provided: Promise<Services> | undefined

/** Called once, by the plugin that constructs them; until the promise resolves, requests wait. */
export function provideServices(services: Promise<Services>) {
  provided = services
  // Whoever asks gets the error; without this the process would end before it could say why.
  services.catch(() => {})
}

/** The services, as soon as the database is open and migrated. */
export function useServices(): Promise<Services> {
  if (!provided) throw new Error('The server is used before its plugins have run.')
  return provided
}
