import type { Store } from '../db/store.ts'
import type { Context } from './context.ts'
import { createCommit } from './ground/commit.ts'
import { createDoorbell } from './ground/doorbell.ts'
import type { Bus, OpenCarrier } from './bus/bus.ts'
import { joinNodes } from './bus/join.ts'
import { createMetrics } from './ground/metrics.ts'
import { createConnections, type Connections } from './live/connections.ts'
import { createDisplay, type Display } from './live/display.ts'
import { createHub, type Hub } from './live/hub.ts'
import { createProjector, type Project } from './live/projector.ts'
import { createWebSocketTransport, type ReadSession, type WebSocketTransport } from './live/transports/websocket.ts'
import { createRehearsals, type Rehearsals } from './orders/rehearsal.ts'
import { createClockWatch, type ClockWatch } from './clock/watch-clock.ts'
import { createFigures, type Figures } from './figures/figures.ts'
import { createHealth, type Health } from './health/health.ts'
import { createBudgets, type Budgets } from './budgets/budgets.ts'
import type { startCarrier } from './carrier/carrier.ts'
import type { createLab, Lab } from './lab/lab.ts'
import type { createPusher, Pusher } from './pusher/pusher.ts'

/** The roof: it constructs the ground and everything that is built on it. Handlers reach it through `useApp`. */
export interface App extends Context {
  /** Null: there are no other nodes. */
  bus: Bus | null
  project: Project
  hub: Hub
  display: Display
  connections: Connections
  websocket: WebSocketTransport
  rehearsals: Rehearsals
  budgets: Budgets
  figures: Figures
  health: Health
  /** Null where Comanda does not speak the Pusher protocol. */
  pusher: Pusher | null
  /** Null where there is no demo. */
  lab: Lab | null
  clockWatch: ClockWatch
}

/** What the process provides: Nitro's in production, a test's own in tests. */
export interface AppOptions extends Pick<Context, 'config' | 'clock' | 'trusted' | 'uptime' | 'logger' | 'build'> {
  store: Store
  /** Whose upgrade request it is. */
  readSession: ReadSession
  /** The secret for hashes and tokens. */
  secret: () => string
  /** What carries words between nodes; null: there are no others. */
  carrier: OpenCarrier | null
  /** Where COMANDA_PUSHER is set; loaded only there. */
  createPusher?: typeof createPusher
  /** Where the demo's pizzeria is; loaded only there. */
  createLab?: typeof createLab
  /** Where COMANDA_CARRIER is set; loaded only there. */
  startCarrier?: typeof startCarrier
}

/** Constructs everything in order: each module after the modules that it needs. */
export function createApp({
  readSession,
  secret,
  carrier,
  createPusher,
  createLab,
  startCarrier,
  ...given
}: AppOptions): App {
  const { COMANDA_PUSHER: app, COMANDA_CARRIER: foreign } = given.config
  const doorbell = createDoorbell()
  const context: Context = {
    ...given,
    commit: createCommit(given.store, doorbell.ring),
    metrics: createMetrics(),
    life: { phase: 'serving' },
  }
  const project = createProjector(context)
  const local = createHub({ ...context, project })
  const lab = createLab?.({ ...context, project, openRedis: given.config.REDIS_URL ? carrier : null, secret }) ?? null
  doorbell.onRing(lab ? lab.listen(local.ring) : local.ring)
  const pump = (foreign && startCarrier?.({ ...context, project, carrier: foreign })) ?? (() => {})
  doorbell.onRing(pump)
  const heard: Hub = {
    ...local,
    ring(events, epoch) {
      local.ring(events, epoch)
      pump()
    },
  }
  const bus =
    carrier && joinNodes({ carrier, secret: secret(), hub: heard, metrics: context.metrics, logger: context.logger })
  if (bus) doorbell.onRing((events, epoch) => bus.publish({ kind: 'events', epoch, events }))
  const hub: Hub = {
    ...local,
    forgetEvents(pizzeria) {
      local.forgetEvents(pizzeria)
      bus?.publish({ kind: 'forget', pizzeria })
    },
  }
  const display = createDisplay(context)
  const budgets = createBudgets(context, secret)
  const connections = createConnections({
    ...context,
    hub,
    display,
    budgets,
    perAddress: given.config.COMANDA_SOCKETS_PER_ADDRESS,
  })
  return {
    ...context,
    bus,
    project,
    hub,
    display,
    connections,
    websocket: createWebSocketTransport({ ...context, connections, readSession }),
    rehearsals: createRehearsals(context),
    budgets,
    figures: createFigures(context),
    health: createHealth(context),
    pusher: (app && createPusher?.({ ...context, app, hub, connections, budgets })) ?? null,
    lab,
    clockWatch: createClockWatch(context),
  }
}

let provided: Promise<App> | undefined

/** Called once, at the start (`server/plugins/start.ts`). Requests wait until the promise resolves. */
export function provideApp(app: Promise<App>) {
  provided = app
  // Each request that awaits it gets the error; without this line the process would end before it could say why.
  app.catch(() => {})
}

/** The application, as soon as the database is open and migrated. */
export function useApp(): Promise<App> {
  if (!provided) throw new Error('The server is used before its plugins have run.')
  return provided
}
