import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises'
import SQLite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { Rejected } from '../shared/order/rejections.ts'
import { keepCopy } from './copies.ts'
import { migrateSqlite, type MigrationFiles } from './migrate.ts'
import { allQueries } from './queries/all.ts'
import { quick } from './quick.ts'
import * as schema from './schema.sqlite.ts'
import { explain, probe, requireHeader } from './sound.ts'
import type { Store, Tx } from './store.ts'

export interface SqliteOptions {
  file: string
  migrations: MigrationFiles
  /** Most writers that share one flush. 1: one flush per writer. */
  batch?: number
  /** How long writers wait for a database that another process has locked, ms. */
  lockWaitMs?: number
  /** Who was answered together comes back together, if at all, within so long after it: ms. */
  togetherMs?: number
}

/** Opens (and creates) an SQLite database file, migrated. */
export async function openSqlite({
  file,
  migrations,
  batch = 128,
  lockWaitMs = 5000,
  togetherMs = 4,
}: SqliteOptions): Promise<Store> {
  mkdirSync(dirname(file), { recursive: true })
  requireHeader(file)
  const clients = [await openMigrated(file, lockWaitMs, migrations), connect(file, lockWaitMs)]
  // From here on a busy timeout would block the whole process inside SQLite; we wait outside of it instead (see
  // `begin`).
  for (const client of clients) client.pragma('busy_timeout = 0')
  const connections = clients.map(connection)
  const write = groupCommit(connections, { batch, lockWaitMs, togetherMs })
  const read = oneAtATime(connections)
  return {
    read,
    // One writer at a time for the whole file: more than is asked for (db/store.ts).
    write: (_pizzeria, work) => write(work),
    alone: write,
    async close() {
      await read(async () => {})
      await write.idle()
      for (const client of clients) client.close()
    },
  }
}

/** Migrated, and tried: who cannot write to it does not start. */
async function openMigrated(file: string, lockWaitMs: number, migrations: MigrationFiles) {
  let opened: SQLite.Database | undefined
  try {
    const client = (opened = connect(file, lockWaitMs))
    await migrateSqlite(drizzle(client), migrations, (migration) => keepCopy(client, file, migration))
    probe(client)
    return client
  } catch (error) {
    opened?.close()
    throw explain(error, file)
  }
}

/**
 * How many pages of 4 kB start a checkpoint. Orders change the same pages again and again: the fewer checkpoints, the
 * fewer times each is written to the database itself.
 */
const checkpointPages = 4000
/** What the WAL keeps on the disk after all of it is in the database, bytes: what starts a checkpoint. */
const maxIdleWalBytes = checkpointPages * 4096
const maxStatements = 300

function connect(file: string, lockWaitMs: number) {
  const client = new SQLite(file, { timeout: lockWaitMs })
  client.pragma('journal_mode = WAL')
  client.pragma('synchronous = FULL')
  client.pragma('foreign_keys = ON')
  // A rush makes the WAL grow; the next writer cuts it back, instead of leaving it as large for ever.
  client.pragma(`wal_autocheckpoint = ${checkpointPages}`)
  // A savepoint keeps the pages as they were: in memory, as they are a few dozen, instead of in a file of each flush.
  client.pragma('temp_store = MEMORY')
  client.pragma(`journal_size_limit = ${maxIdleWalBytes}`)
  rememberStatements(client)
  return client
}

/** drizzle prepares each query anew; the same text is the same statement. */
function rememberStatements(client: SQLite.Database) {
  const prepare = client.prepare.bind(client)
  const known = new Map<string, SQLite.Statement>()
  client.prepare = ((text: string) => {
    let statement = known.get(text)
    if (!statement) {
      // Lists of ids make texts of every length: these are few, but not bounded.
      if (known.size >= maxStatements) known.clear()
      known.set(text, (statement = prepare(text)))
    }
    return statement
  }) as typeof client.prepare
}

/**
 * One of two connections. Whoever comes takes the first that is free, so that a reader and a writer that are both under
 * way do not see each other. That is nearly always the same one, with the pages in memory that it has just written:
 * a connection reads anew whatever another one has written.
 */
interface Connection {
  client: SQLite.Database
  tx: Tx
  /** Empties what was kept from reading. */
  forget(): void
  begin(as: 'reader' | 'writer'): void
  commit(): void
  /** Around what one of several writers does. */
  savepoint: Record<'set' | 'release' | 'rollback', SQLite.Statement>
}

function connection(client: SQLite.Database): Connection {
  const prepare = (text: string) => client.prepare(text)
  const [read, write, commit] = ['BEGIN', 'BEGIN IMMEDIATE', 'COMMIT'].map(prepare)
  const [set, release, rollback] = ['SAVEPOINT job', 'RELEASE job', 'ROLLBACK TO job'].map(prepare)
  // Changes when another connection has written. Nobody else does it as a rule, but people have tools.
  const dataVersion = prepare('PRAGMA data_version').pluck()
  let seenVersion: unknown
  let isWriter = false
  const { tx, forget } = allQueries({ db: quick(drizzle(client), client, () => isWriter), schema })
  return {
    client,
    tx,
    forget,
    begin(as) {
      isWriter = as === 'writer'
      ;(isWriter ? write : read)!.run()
      try {
        const version = dataVersion.get()
        if (version !== seenVersion) forget()
        seenVersion = version
      } catch (error) {
        client.exec('ROLLBACK')
        throw error
      }
    },
    commit: () => void commit!.run(),
    savepoint: { set: set!, release: release!, rollback: rollback! },
  }
}

/** There are as many connections as can be under way at once: a reader and a writer. */
const free = (connections: readonly Connection[]) => connections.find(({ client }) => !client.inTransaction)!

/** Readers see no uncommitted row; each in a transaction, one after the other. */
function oneAtATime(connections: readonly Connection[]): Store['read'] {
  let last = Promise.resolve()
  return async (work) => {
    const before = last
    let end!: () => void
    last = new Promise((resolve) => (end = resolve))
    await before
    const on = free(connections)
    try {
      on.begin('reader')
      return await work(on.tx)
    } catch (error) {
      throw translate(error)
    } finally {
      end()
      if (on.client.inTransaction) on.commit()
    }
  }
}

interface Job {
  work(tx: Tx): Promise<unknown>
  resolve(value: never): void
  reject(reason: unknown): void
  /** ms, `performance.now()` */ since: number
}

/**
 * Group commit: all writers that wait run inside one transaction, a savepoint each, and are answered together after
 * the one commit. The disk's flush is what limits orders per second, so they share it (LOG-7). In a rush the first who
 * comes back waits for the others of the last commit; whoever comes alone waits for nobody.
 */
function groupCommit(
  connections: readonly Connection[],
  { batch, lockWaitMs, togetherMs }: Required<Pick<SqliteOptions, 'batch' | 'lockWaitMs' | 'togetherMs'>>,
) {
  const waiting: Job[] = []
  let running: Promise<void> | null = null
  /** How many were answered together last or came meanwhile, and when that was: ms, `performance.now()`. */
  let last = { writers: 0, at: -Infinity }
  /** Whoever comes now came during the flush: nobody has got an answer yet. */
  let isFlushed = false
  /** Called when everybody of `last` waits. */
  let allHere: (() => void) | null = null

  async function runAll() {
    while (waiting.length > 0) {
      await gather()
      const on = await begin(waiting)
      if (on) await runBatch(on, waiting.splice(0, batch))
    }
    running = null
  }

  /** Lets others come along: everybody who arrives in the same turn of the event loop, and those of the last commit. */
  async function gather() {
    await turn()
    const rest = last.at + togetherMs - performance.now()
    if (areAllHere() || rest <= 0) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, rest)
      allHere = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    allHere = null
    await turn()
  }

  const areAllHere = () => waiting.length >= Math.min(last.writers, batch)

  /** Before these are answered. Who is in this process is back before the tick; requests are read after it. */
  function remember(jobs: Job[]) {
    last = { writers: jobs.length, at: performance.now() }
    process.nextTick(() => (isFlushed = true))
    setImmediate(() => (isFlushed = false))
  }

  /**
   * Takes the write lock, asking again every 20 ms while another process has it: heartbeats go on meanwhile. Whoever
   * has waited too long is refused and taken off the list, each by their own clock; null when nobody is left.
   */
  async function begin(jobs: Job[]): Promise<Connection | null> {
    for (; jobs.length > 0; await wait(20)) {
      try {
        const on = free(connections)
        on.begin('writer')
        return on
      } catch (error) {
        const late = isCode(error, 'SQLITE_BUSY') ? performance.now() - lockWaitMs : Infinity
        while (jobs[0] && jobs[0].since <= late) jobs.shift()!.reject(translate(error))
      }
    }
    return null
  }

  async function runBatch({ client, tx, forget, commit, savepoint }: Connection, jobs: Job[]) {
    try {
      const answers: (() => void)[] = []
      // Whoever is alone needs no savepoint: what it throws undoes all there is.
      const isAlone = jobs.length === 1
      for (const job of jobs) {
        if (!isAlone) savepoint.set.run()
        try {
          const value = await job.work(tx)
          if (!isAlone) savepoint.release.run()
          answers.push(() => job.resolve(value as never))
        } catch (error) {
          // A full disk ends the whole transaction by itself, and takes away what the others have done in it.
          if (isAlone || !client.inTransaction) throw error
          savepoint.rollback.run()
          forget()
          savepoint.release.run()
          answers.push(() => job.reject(translate(error)))
        }
      }
      commit()
      remember(jobs)
      for (const answer of answers) answer()
    } catch (error) {
      if (client.inTransaction) client.exec('ROLLBACK')
      forget()
      if (jobs.length === 1) return jobs[0]!.reject(translate(error))
      // Nobody has been answered. Each alone, so that only those are refused for whom there really is no room.
      for (const job of jobs) {
        const on = await begin([job])
        if (on) await runBatch(on, [job])
      }
    }
  }

  const write = <T>(work: (tx: Tx) => Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      waiting.push({ work, resolve, reject, since: performance.now() })
      if (isFlushed) last.writers += 1
      running ??= runAll()
      if (areAllHere()) allHere?.()
    })
  return Object.assign(write, {
    idle: async () => {
      while (running) await running
    },
  })
}

const isCode = (error: unknown, prefix: string) => error instanceof SQLite.SqliteError && error.code.startsWith(prefix)

/** The database's own troubles by their permanent codes. */
function translate(error: unknown) {
  if (isCode(error, 'SQLITE_BUSY') || isCode(error, 'SQLITE_LOCKED')) return new Rejected('server.busy')
  if (isCode(error, 'SQLITE_FULL') || isCode(error, 'SQLITE_IOERR') || isCode(error, 'SQLITE_READONLY'))
    return new Rejected('server.full')
  return error
}
