import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'

export const ownEntry = join(import.meta.dirname, '../../.output/server/index.mjs')
const shiftedClock = join(import.meta.dirname, 'shifted-clock.ts')
/** Generous: many servers may start at once, three of them in one test. */
const startLimitMs = 60_000

/** The PIN of every demo role under test. */
export const demoPin = '2468'

export interface ServerOptions {
  /** Added to the server's environment; an empty string takes a variable away. */
  env?: Record<string, string>
  /** An SQLite file to open; without it (and without a `DATABASE_URL`) a new one in a temporary folder. */
  databaseFile?: string
  /** 0: any free port. */
  port?: number
  /** When the server's clock says it starts (ms since 1970), in place of now. */
  at?: number
  /** Another build than this tree's own: its `server/index.mjs`. */
  entry?: string
  /** Modules that are loaded before the server itself, by path. */
  preload?: string[]
}

/** The built server as its own process, ended by nobody but us. */
export interface TestServer {
  /** With the path that the site lies under, if any, and without a last slash. */
  readonly url: string
  readonly port: number
  readonly pid: number
  readonly databaseFile: string
  /** Everything it has said so far, of all its lives. */
  logs: () => string
  /** Sends a signal and waits for the end; answers the exit code, or the signal's name. */
  kill: (signal?: NodeJS.Signals) => Promise<number | NodeJS.Signals>
  /**
   * Lives again on the same port and database, with more environment, another clock and another build if given. Kills
   * it first when it still runs.
   */
  restart: (env?: Record<string, string>, at?: number, entry?: string) => Promise<void>
  /** Ends it and removes what it left. */
  stop: () => Promise<void>
}

/** Starts the production build with the demo pizzeria `napoli` and waits until it is ready. */
export async function startServer({
  env = {},
  databaseFile,
  port = 0,
  at,
  entry = ownEntry,
  preload = [],
}: ServerOptions = {}): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'comanda-'))
  const database = databaseFile ?? join(folder, 'comanda.db')
  let said = ''
  let life: Life

  async function begin(onPort: number, more: Record<string, string> = {}, clock = at, build = entry) {
    Object.assign(env, more)
    const before = clock === undefined ? preload : [shiftedClock, ...preload]
    life = launch(
      [...before.flatMap((module) => ['--import', module]), build],
      {
        ...(clock !== undefined && { COMANDA_TEST_CLOCK: String(clock) }),
        HOST: '127.0.0.1',
        PORT: String(onPort),
        DATABASE_URL: `file:${database}`,
        COMANDA_DEMO: '1',
        COMANDA_DEMO_PIN: demoPin,
        ...env,
      },
      (text) => {
        said += text
      },
    )
    await life.ready
  }
  const kill = async (signal: NodeJS.Signals = 'SIGTERM') => {
    life.child.kill(signal)
    return life.ended
  }

  await begin(port)
  if (!databaseFile && at === undefined && !env.DATABASE_URL) moveToAfternoon(database)
  const url = await life!.ready
  return {
    url,
    port: Number(new URL(url).port),
    databaseFile: database,
    get pid() {
      return life.child.pid!
    },
    logs: () => said,
    kill,
    async restart(more, clock, build) {
      await kill('SIGKILL')
      await begin(Number(new URL(url).port), more, clock, build)
    },
    async stop() {
      await kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/**
 * Where it is about two in the afternoon now: numbers begin again at five in the morning (ORD-9), and tests run at any
 * hour.
 */
const afternoon = 14 - new Date().getUTCHours()
export const testTimezone = `Etc/GMT${afternoon > 0 ? '-' : '+'}${Math.abs(afternoon)}`

function moveToAfternoon(file: string) {
  const database = new SQLite(file)
  database.prepare('UPDATE pizzerias SET timezone = ?').run(testTimezone)
  database.close()
}

interface Life {
  child: ChildProcess
  /** Its address. */ ready: Promise<string>
  ended: Promise<number | NodeJS.Signals>
}

function launch(command: string[], env: Record<string, string>, say: (text: string) => void): Life {
  const child = spawn(process.execPath, command, {
    env: clean({ ...process.env, NODE_ENV: 'production', ...env }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const leave = () => child.kill('SIGKILL')
  process.once('exit', leave)
  const ended = once(child, 'exit').then(([code, signal]) => {
    process.off('exit', leave)
    return (signal ?? code) as number | NodeJS.Signals
  })

  let said = ''
  const url = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        say(text)
        said += text
        const found = /Listening on (http:\/\/\S+:\d+)/.exec(said)
        if (found) resolve(found[1]! + (env.NUXT_APP_BASE_URL ?? '').replace(/\/$/, ''))
      })
    }
  })
  // Only when its pipes are closed too has everything been read that it said.
  const closed = once(child, 'close').catch(() => {})
  const early = ended.then(async (how) => {
    await closed
    throw new Error(`The server ended (${how}) before it was ready. It said:\n${said}`)
  })
  early.catch(() => {})
  return { child, ended, ready: Promise.race([url.then(untilReady), early]) }
}

/** Asks /readyz until it says yes; throws what it said last when the time is over. */
async function untilReady(url: string): Promise<string> {
  const deadline = performance.now() + startLimitMs
  for (;;) {
    const answer = await fetch(`${url}/readyz`).then(
      async (answer) => (answer.ok ? null : `${answer.status} ${await answer.text()}`),
      String,
    )
    if (answer === null) return url
    if (performance.now() > deadline)
      throw new Error(`The server is not ready after ${startLimitMs / 1000} s: ${answer}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const clean = (env: NodeJS.ProcessEnv) =>
  Object.fromEntries(
    Object.entries(env).filter(
      ([name, value]) => value !== '' && !name.startsWith('VITEST') && name !== 'NODE_OPTIONS',
    ),
  )
