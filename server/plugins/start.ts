import { openSqlite } from '../../db/sqlite'
import { readConfig, type Config } from '../config'
import { createConnections } from '../live/connections'
import { createDisplay } from '../live/display'
import { createHub } from '../live/hub'
import { createSocketServer, createWebSocketTransport, livePath } from '../live/transports/websocket'
import { createRehearsals } from '../orders/rehearsal'
import { provideServices, type Services } from '../services'
import { createLimits } from '../staff/limits'
import { startClockwork } from '../system/clockwork'
import { createCommit } from '../system/commit'
import { prepareDemo, welcome } from '../system/demo'
import { drainOn } from '../system/drain'
import { createLog, type Log } from '../system/log'
import { createMetrics } from '../system/metrics'
import { readSecrets, type Secrets } from '../system/secrets'

/**
 * The only place that constructs things. Nitro does not wait for plugins, so the database opens behind a promise that
 * every request awaits; what crossws and the process need is set here, before the server listens.
 */
export default defineNitroPlugin((nitro) => {
  const config = readConfigOrExit()
  const log = createLog(config.COMANDA_LOG)
  // Nitro's own way to end would stop listening at once: nobody could be told to come back later (see `drainOn`).
  process.env.NITRO_SHUTDOWN_DISABLED = '1'
  // crossws reads this when the server starts. Without the gate every URL of the site would accept a WebSocket. Pings
  // are our own (transports/websocket.ts): those of crossws go to everybody in the same moment.
  Object.assign(nitro.h3App.options, {
    websocket: {
      wss: createSocketServer(),
      idleTimeout: 0,
      hooks: {
        upgrade: (request: Request) => {
          if (new URL(request.url).pathname !== livePath) throw new Response(null, { status: 404 })
        },
      },
    },
  })
  const starting = start(config, log)
  provideServices(starting)
  starting.catch((error) => {
    console.error(`Comanda cannot start: ${(error as Error).message}`)
    process.exit(1)
  })

  async function start(config: Config, log: Log): Promise<Services> {
    const { mkdirSync } = await import('node:fs')
    const { dirname } = await import('node:path')
    mkdirSync(dirname(config.databaseFile), { recursive: true })
    const secrets: Secrets = readSecrets(config.databaseFile)
    // nuxt-auth-utils reads its password from here, at the first request.
    process.env.NUXT_SESSION_PASSWORD ||= secrets.sessionPassword
    const store = await openSqlite({ file: config.databaseFile, migrations: { read: readMigration } })
    const pin = await prepareDemo(store, config, secrets)
    const metrics = createMetrics()
    const clock = () => Date.now()
    const uptime = () => performance.now()
    const hub = createHub({ store, clock, uptime, metrics, log })
    const commit = createCommit(store, (events) => hub.ring(events))
    const connections = createConnections({ store, clock, uptime })
    const services = {
      config,
      store,
      commit,
      hub,
      connections,
      metrics,
      log,
      clock,
      uptime,
      display: createDisplay({ store, commit, clock, metrics }),
      limits: createLimits(),
      build: useRuntimeConfig().public.build,
      draining: false,
    } as Services
    services.websocket = createWebSocketTransport({
      services,
      connections,
      readSession: (headers) => readSession({ headers }),
    })
    services.rehearsals = createRehearsals(services)
    const stopClockwork = startClockwork(services)
    drainOn(services, nitro.hooks, stopClockwork)
    if (pin && config.PORT !== 0) process.stdout.write(`${welcome(config.PORT, pin)}\n`)
    return services
  }
})

function readConfigOrExit(): Config {
  try {
    return readConfig(process.env)
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
}

/** The migrations travel inside the build. */
async function readMigration(path: string): Promise<string> {
  const text = await useStorage('assets:migrations').getItem<unknown>(`sqlite:${path.replaceAll('/', ':')}`)
  if (text === null) throw new Error(`The build has no migration ${path}.`)
  return typeof text === 'string'
    ? text
    : text instanceof Uint8Array
      ? Buffer.from(text).toString('utf8')
      : JSON.stringify(text)
}
