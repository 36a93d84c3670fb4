import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises'
import SQLite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { Rejected } from '../shared/order/rejections.ts'
import { keepCopy } from './copies.ts'
import { migrateSqlite, type MigrationFiles } from './migrate.ts'
import { allQueries, type Transaction } from './queries/all.ts'
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
  const writer = await openWriter(file, lockWaitMs, migrations)
  const reader = connect(file, lockWaitMs)
  reader.pragma('query_only = ON')
  // From here on a busy timeout would block the whole process inside SQLite; we wait outside of it instead (see
  // `begin`).
  for (const client of [writer, reader]) client.pragma('busy_timeout = 0')
  const write = groupCommit(writer, transaction(writer), { batch, lockWaitMs, togetherMs })
  const read = oneAtATime(reader, transaction(reader))
  return {
    read,
    // One writer at a time for the whole file: more than is asked for (db/store.ts).
    write: (_pizzeria, work) => write(work),
    alone: write,
    async close() {
      await read(async () => {})
      reader.close()
      await write.idle()
      writer.close()
    },
  }
}

/** Migrated, and tried: who cannot write to it does not start. */
async function openWriter(file: string, lockWaitMs: number, migrations: MigrationFiles) {
  let writer: SQLite.Database | undefined
  try {
    const client = (writer = connect(file, lockWaitMs))
    await migrateSqlite(drizzle(client), migrations, (migration) => keepCopy(client, file, migration))
    probe(client)
    return client
  } catch (error) {
    writer?.close()
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

const transaction = (client: SQLite.Database) => allQueries({ db: quick(drizzle(client), client), schema })

/**
 * Readers have a connection of their own, so that none sees an uncommitted row; each in a transaction, one after the
 * other.
 */
function oneAtATime(client: SQLite.Database, { tx, began }: Transaction): Store['read'] {
  const [begin, end] = ['BEGIN', 'COMMIT'].map((text) => client.prepare(text))
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const next = last
      .then(async () => {
        begin!.run()
        began()
        try {
          return await work(tx)
        } finally {
          end!.run()
        }
      })
      .catch((error) => {
        throw translate(error)
      })
    last = next.catch(() => {})
    return next
  }
}

interface Job {
  run(): Promise<unknown>
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
  client: SQLite.Database,
  { tx, forget }: Transaction,
  { batch, lockWaitMs, togetherMs }: Required<Pick<SqliteOptions, 'batch' | 'lockWaitMs' | 'togetherMs'>>,
) {
  const [lock, commit, savepoint, release, rollback] = [
    'BEGIN IMMEDIATE',
    'COMMIT',
    'SAVEPOINT job',
    'RELEASE job',
    'ROLLBACK TO job',
  ].map((text) => client.prepare(text))
  // Changes when another connection has written. Ours is the only one that does, but people have tools.
  const dataVersion = client.prepare('PRAGMA data_version').pluck()
  let seenVersion: unknown
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
      if (await begin(waiting)) await runBatch(waiting.splice(0, batch))
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
   * has waited too long is refused and taken off the list, each by their own clock; false when nobody is left.
   */
  async function begin(jobs: Job[]): Promise<boolean> {
    for (; jobs.length > 0; await wait(20)) {
      try {
        lock!.run()
        const version = dataVersion.get()
        if (version !== seenVersion) forget()
        seenVersion = version
        return true
      } catch (error) {
        const late = isCode(error, 'SQLITE_BUSY') ? performance.now() - lockWaitMs : Infinity
        while (jobs[0] && jobs[0].since <= late) jobs.shift()!.reject(translate(error))
      }
    }
    return false
  }

  async function runBatch(jobs: Job[]) {
    try {
      const answers: (() => void)[] = []
      // Whoever is alone needs no savepoint: what it throws undoes all there is.
      const isAlone = jobs.length === 1
      for (const job of jobs) {
        if (!isAlone) savepoint!.run()
        try {
          const value = await job.run()
          if (!isAlone) release!.run()
          answers.push(() => job.resolve(value as never))
        } catch (error) {
          // A full disk ends the whole transaction by itself, and takes away what the others have done in it.
          if (isAlone || !client.inTransaction) throw error
          rollback!.run()
          forget()
          release!.run()
          answers.push(() => job.reject(translate(error)))
        }
      }
      commit!.run()
      remember(jobs)
      for (const answer of answers) answer()
    } catch (error) {
      if (client.inTransaction) client.exec('ROLLBACK')
      forget()
      if (jobs.length === 1) return jobs[0]!.reject(translate(error))
      // Nobody has been answered. Each alone, so that only those are refused for whom there really is no room.
      for (const job of jobs) if (await begin([job])) await runBatch([job])
    }
  }

  const write = <T>(work: (tx: Tx) => Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      waiting.push({ run: () => work(tx), resolve, reject, since: performance.now() })
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
