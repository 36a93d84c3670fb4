import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { serveMoved } from '../../db/moved'
import { keepPrivate } from '../../db/private'
import { openStore, type Dialect } from '../../db/open'
import { createApp, provideApp, type App } from '../app'
import { chooseCarrier } from '../bus/choose'
import { readConfig, type Config } from '../config'
import { createSharedClock } from '../ground/clock'
import { isHost } from '../ground/host'
import { createLogger, type Logger } from '../ground/logger'
import { createSocketServer, livePath, takesUpgrade, refusedUpgrade } from '../live/transports/websocket'
import { applyErasures } from '../people/erase'
import { startClockwork } from '../system/clockwork'
import { prepareDemo, welcome } from '../system/demo'
import { inviteOwner } from '../system/invite'
import { drainOn } from '../system/drain'
import { checkBeside } from '../health/health'
import { secretKeeper } from '../system/secrets'
import { createTrustedClock } from '../ground/trusted-clock'
import { readMachine } from '../clock/machine'

/**
 * The start in Nitro. It does not wait for plugins, so the database opens behind a promise that every request awaits
 * (`useApp`); what crossws and the process need is set here, before the server listens.
 */
export default defineNitroPlugin((nitro) => {
  const config = readConfigOrExit()
  const logger = createLogger(config.COMANDA_LOG)
  // Nitro's own way to end would stop listening at once: nobody could be told to come back later (see `drainOn`).
  process.env.NITRO_SHUTDOWN_DISABLED = '1'
  // crossws reads this when the server starts. Without the gate every URL of the site would accept a WebSocket. Pings
  // are our own (transports/websocket.ts): those of crossws go to everybody in the same moment.
  Object.assign(nitro.h3App.options, {
    websocket: {
      wss: createSocketServer(),
      idleTimeout: 0,
      // crossws would make an address of the request before it asks anybody, which throws for some hosts.
      getNamespace: () => livePath(config),
      hooks: {
        upgrade: (request: Request) => {
          // An address cannot be made of every host, and asking for it would throw.
          if (!isHost(request.headers.get('host')))
            throw refusedUpgrade('request.invalid', { fields: [{ path: 'host' }] })
          if (!takesUpgrade(config, new URL(request.url).pathname)) throw refusedUpgrade('request.not_found')
        },
      },
    },
  })
  // Pages are told which carrier there is beside our own lines (composables/useLiveStream.ts).
  const carrier = config.COMANDA_CARRIER?.kind
  if (carrier) nitro.hooks.hook('request', (event) => void (event.context.carrier = carrier))
  process.on('uncaughtException', endWithoutPort)
  const starting = start(config, logger)
  provideApp(starting)
  starting.catch((error) => {
    console.error(`Comanda cannot start: ${(error as Error).message}`)
    process.exit(1)
  })

  async function start(config: Config, logger: Logger): Promise<App> {
    const { databaseFile } = config
    if (databaseFile !== null) {
      mkdirSync(dirname(databaseFile), { recursive: true })
      keepPrivate(databaseFile)
    }
    const store = await openStore({
      url: config.DATABASE_URL,
      migrations: (dialect) => ({ read: (path) => readMigration(dialect, path) }),
    })
    if (databaseFile === null) await serveMoved(store)
    const keeper = secretKeeper(databaseFile, store)
    // nuxt-auth-utils reads its password from here, at the first request.
    process.env.NUXT_SESSION_PASSWORD ||= (await keeper.read()).sessionPassword
    const pin = await prepareDemo(store, config, keeper)
    const machine = readMachine(Date.now)
    const shared = databaseFile === null ? createSharedClock(store, () => machine().up) : null
    await shared?.measure()
    const clock = shared?.now ?? Date.now
    const app = createApp({
      config,
      store,
      logger,
      clock,
      trusted: createTrustedClock(readMachine(clock)),
      uptime: () => performance.now(),
      build: useRuntimeConfig().public.build,
      readSession: (headers) => readSession({ headers }),
      secret: sessionSecret,
      carrier: await chooseCarrier(config),
      ...(pin !== null && { createLab: (await import('../lab/lab')).createLab }),
      ...(config.COMANDA_PUSHER && (await import('../pusher/pusher'))),
      ...(config.COMANDA_CARRIER && (await import('../carrier/carrier'))),
    })
    await app.clockWatch.begin()
    // Before anybody is served: the database may have been restored from before an erasure.
    await applyErasures(app)
    await app.rehearsals.sweep({ atStart: true })
    // Not in the seconds in which everybody comes back.
    if (databaseFile !== null) setTimeout(() => void lookInto(app, databaseFile), 2000).unref()
    drainOn(app, nitro.hooks, startClockwork(app, shared))
    if (pin && config.PORT !== 0) process.stdout.write(`${welcome(config, pin)}\n`)
    const invitation = await inviteOwner(app)
    if (invitation) process.stdout.write(`${invitation}\n`)
    return app
  }
})

/** A server that cannot listen has nothing to do; Nitro would print a stack and end as if all were well. */
function endWithoutPort(error: NodeJS.ErrnoException & { address?: string; port?: number }) {
  if (error.syscall !== 'listen') return
  const where = `${error.address ?? ''}:${error.port ?? ''}`
  const why = error.code === 'EADDRINUSE' ? 'is taken' : `cannot be used (${error.code})`
  console.error(`Comanda cannot start: ${where} ${why}. Choose another with PORT and HOST.`)
  process.exit(1)
}

/** The long check of the database, beside the server; `/readyz` follows. */
async function lookInto({ health, logger }: App, databaseFile: string) {
  const found = await checkBeside(databaseFile)
  if (found === null) return logger.warn('the check of the database could not run')
  if (found === 'ok') return
  health.damage()
  logger.error({ found }, 'the database is damaged: restore a backup (docs/operations.md)')
}

function readConfigOrExit(): Config {
  try {
    return readConfig(process.env)
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
}

/** The migrations travel inside the build. */
async function readMigration(dialect: Dialect, path: string): Promise<string> {
  const text = await useStorage('assets:migrations').getItem<unknown>(`${dialect}:${path.replaceAll('/', ':')}`)
  if (text === null) throw new Error(`The build has no migration ${path}.`)
  return typeof text === 'string'
    ? text
    : text instanceof Uint8Array
      ? Buffer.from(text).toString('utf8')
      : JSON.stringify(text)
}
