import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

/** Where Debian keeps its versions; the newest, or null where there is none. */
function findBinaries(): string | null {
  const base = '/usr/lib/postgresql'
  if (!existsSync(base)) return null
  const version = readdirSync(base)
    .filter((name) => existsSync(join(base, name, 'bin/initdb')))
    .sort((a, b) => Number(b) - Number(a))[0]
  return version ? join(base, version, 'bin') : null
}

const isRoot = process.getuid?.() === 0
/** PostgreSQL refuses to run as root. */
const owner = isRoot ? idsOf('postgres') : null
function idsOf(user: string) {
  const ask = (flag: string) =>
    Number(execFileSync('id', [flag, user], { stdio: ['ignore', 'pipe', 'ignore'] }).toString())
  try {
    return { uid: ask('-u'), gid: ask('-g') }
  } catch {
    return { uid: 65_534, gid: 65_534 }
  }
}
const asOwner = owner ?? {}

export const postgresBinaries = findBinaries()
/** Why there is no PostgreSQL here; with CI set that is a failure, and never a reason to skip. */
export const noPostgres =
  postgresBinaries || process.env.CI ? null : 'PostgreSQL is not installed here: apt-get install postgresql'

/** A free port of this machine. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

export interface Cluster {
  port: number
  folder: string
  /** A new, empty database of it. */
  createDatabase(name?: string): Promise<string>
  urlOf(database: string): string
  /** As an administrator, in the database `postgres` or another. */
  ask<Row>(text: string, database?: string): Promise<Row[]>
  /** Every process of it, the postmaster first. */
  pids(): number[]
  /** Every process of it gets this: `SIGSTOP` freezes it, `SIGCONT` lets it go on. */
  signal(signal: NodeJS.Signals): void
  running(): boolean
  /** `SIGQUIT` ends it as a crash would. */
  kill(signal: NodeJS.Signals): Promise<void>
  start(): Promise<void>
  /** A standby that follows asynchronously, started. */
  standby(): Promise<Cluster>
  promote(): Promise<void>
  dispose(): Promise<void>
}

export interface ClusterOptions {
  /** Flushes to the disk as in production; without it tests are quicker. */
  durable?: boolean
  settings?: Record<string, string>
}

/** A throwaway PostgreSQL on a free port, run by a user without rights. */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  if (!postgresBinaries) throw new Error('There is no /usr/lib/postgresql/*/bin/initdb: apt-get install postgresql')
  const folder = newFolder()
  run('initdb', ['-D', join(folder, 'data'), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'])
  return await launch(folder, options)
}

function newFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'comanda-postgres-'))
  if (owner) chownSync(folder, owner.uid, owner.gid)
  return folder
}

function run(tool: string, parameters: string[]) {
  const { status, stderr, stdout } = spawnSync(join(postgresBinaries!, tool), parameters, {
    ...asOwner,
    cwd: '/',
    env: { ...process.env, LC_ALL: 'C' },
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${tool} failed:\n${stdout}${stderr}`)
}

async function launch(folder: string, options: ClusterOptions): Promise<Cluster> {
  const { durable = false, settings = {} } = options
  const port = await freePort()
  const urlOf = (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`
  let child: ChildProcess
  let ended: Promise<unknown>
  let serial = 0
  const leave = () => child.kill('SIGQUIT')

  async function start() {
    const all = {
      listen_addresses: '127.0.0.1',
      port: String(port),
      unix_socket_directories: '',
      max_connections: '200',
      shared_buffers: '64MB',
      ...(!durable && { fsync: 'off', full_page_writes: 'off' }),
      ...settings,
    }
    child = spawn(
      join(postgresBinaries!, 'postgres'),
      ['-D', join(folder, 'data'), ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      { ...asOwner, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, LC_ALL: 'C' } },
    )
    process.once('exit', leave)
    ended = once(child, 'exit').then(() => process.off('exit', leave))
    let said = ''
    await new Promise<void>((resolve, reject) => {
      child.stderr!.setEncoding('utf8').on('data', (text: string) => {
        said += text
        if (/ready to accept (read-only )?connections/.test(said)) resolve()
      })
      void ended.then(() => reject(new Error(`PostgreSQL ended. It said:\n${said}`)))
    })
  }

  async function ask<Row>(text: string, database = 'postgres'): Promise<Row[]> {
    const client = new pg.Client({ connectionString: urlOf(database), connectionTimeoutMillis: 5000 })
    await client.connect()
    try {
      return ((await client.query(text)) as pg.QueryResult).rows as Row[]
    } finally {
      await client.end()
    }
  }

  async function kill(signal: NodeJS.Signals) {
    child.kill(signal)
    await ended
  }

  const pids = () => [
    child.pid!,
    ...spawnSync('pgrep', ['-P', String(child.pid)], { encoding: 'utf8' })
      .stdout.split('\n')
      .filter(Boolean)
      .map(Number),
  ]
  const running = () => child.exitCode === null && child.signalCode === null

  function signal(signal: NodeJS.Signals) {
    for (const pid of pids())
      try {
        process.kill(pid, signal)
      } catch {
        // A backend that has ended meanwhile.
      }
  }

  await start()
  return {
    port,
    folder,
    urlOf,
    async createDatabase(name = `t${++serial}`) {
      await ask(`CREATE DATABASE ${name}`)
      return urlOf(name)
    },
    ask,
    pids,
    running,
    signal,
    kill,
    start,
    async standby() {
      const its = newFolder()
      run('pg_basebackup', [
        ...['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', '-D', join(its, 'data')],
        ...['-R', '-c', 'fast', '--no-sync'],
      ])
      return await launch(its, options)
    },
    async promote() {
      await ask('SELECT pg_promote(true, 30)')
    },
    async dispose() {
      if (running()) {
        signal('SIGCONT')
        await kill('SIGQUIT')
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
