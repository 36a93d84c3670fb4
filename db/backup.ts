import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import SQLite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { businessDay } from '../shared/menu/hours.ts'
import { copyTo, flush, keepCopy } from './copies.ts'
import { migrateSqlite, newEpoch, type MigrationFiles } from './migrate.ts'
import { giveToOwner } from './private.ts'
import { requireHeader } from './sound.ts'

/** Files that belong to a database and lie beside it: the secrets that seal its sessions, and the list of erasures. */
const companions = ['.secrets.json', '.erasures.jsonl'] as const
const everyPage = 0x7f_ff_ff_ff

/**
 * Copies a database and the files that belong to it into a new folder, also while a server uses it. Resolves when the
 * copy is checked and on the disk; until then the folder has another name.
 */
export async function backUp(databaseFile: string, folder: string) {
  if (!existsSync(databaseFile)) throw new Error(`There is no database ${databaseFile}.`)
  requireHeader(databaseFile)
  if (existsSync(folder)) throw new Error(`${folder} is there already.`)
  const part = `${folder}.part`
  rmSync(part, { recursive: true, force: true })
  mkdirSync(part, { recursive: true })
  const copy = join(part, basename(databaseFile))
  const client = new SQLite(databaseFile, { timeout: 10_000 })
  try {
    await copyTo(client, copy, everyPage)
  } finally {
    client.close()
  }
  requireSound(copy, copy)
  for (const ending of companions) {
    if (!existsSync(databaseFile + ending)) continue
    copyFileSync(databaseFile + ending, copy + ending)
    flush(copy + ending)
  }
  flush(part)
  renameSync(part, folder)
  flush(dirname(folder))
}

export interface Restoring {
  databaseFile: string
  /** The copy: a backup's database file, or a copy that a migration made. */
  from: string
  migrations: MigrationFiles
  /** ms since 1970 */
  now: number
}

/**
 * Replaces the database with a copy; no server may be running on it. What happened since the copy was made is kept
 * beside it (`comanda.db.before-restore.bak`). Only this is carried over: the order numbers that were given, the ends
 * of sessions, the secrets, and the list of erasures. Until the last step the database is unchanged.
 */
export async function restore({ databaseFile, from, migrations, now }: Restoring) {
  requireHeader(from)
  const staged = `${databaseFile}.restoring`
  for (const side of ['', '-wal', '-shm', '-journal']) rmSync(staged + side, { force: true })
  copyFileSync(from, staged)
  requireSound(staged, from)
  const given = existsSync(databaseFile) ? await putAside(databaseFile) : null
  const client = new SQLite(staged)
  try {
    client.pragma('journal_mode = DELETE')
    await migrateSqlite(drizzle(client), migrations)
    carryOver(client, given, now)
    client.prepare('UPDATE log SET epoch = ?').run(newEpoch())
    client.prepare('UPDATE screens SET connected = false').run()
  } finally {
    client.close()
  }
  flush(staged)
  bringCompanions(databaseFile, from)
  // The WAL of the previous database is removed: it would be read into this one.
  for (const side of ['-wal', '-shm', '-journal']) rmSync(databaseFile + side, { force: true })
  giveToOwner(databaseFile)
  renameSync(staged, databaseFile)
  flush(dirname(databaseFile))
}

/** What was given out since the copy was made and must not be given again. */
interface Given {
  numbers: { pizzeria: string; day: string; test: number; last: number }[]
  ended: { id: string; ended_at: number }[]
}

/**
 * Keeps a copy of the present database, with all of its WAL in one file, and reads what is carried over. Returns null
 * when the database cannot be read, which may be why somebody restores; its files are then kept as they are.
 */
async function putAside(databaseFile: string): Promise<Given | null> {
  let client: SQLite.Database | undefined
  try {
    requireHeader(databaseFile)
    client = new SQLite(databaseFile, { timeout: 0 })
    // Fails while anybody else has the database open; afterwards there is no WAL.
    client.pragma('journal_mode = DELETE')
    await keepCopy(client, databaseFile, 'restore')
    const has = (table: string) =>
      client!.prepare('SELECT 1 FROM sqlite_master WHERE name = ?').get(table) !== undefined
    return {
      numbers: (has('numbers')
        ? client.prepare('SELECT pizzeria, day, test, last FROM numbers').all()
        : client
            .prepare('SELECT pizzeria, day, 0 AS test, max(number) AS last FROM orders GROUP BY 1, 2')
            .all()) as Given['numbers'],
      ended: client.prepare('SELECT id, ended_at FROM sessions WHERE ended_at IS NOT NULL').all() as Given['ended'],
    }
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY'))
      throw new Error(`A server runs on ${databaseFile}. Stop it, then restore.`, { cause: error })
    for (const side of ['', '-wal', '-shm'])
      if (existsSync(databaseFile + side)) copyFileSync(databaseFile + side, `${databaseFile}.damaged${side}`)
    return null
  } finally {
    client?.close()
  }
}

/** How many numbers are skipped when nobody knows which ones were given since the copy was made. */
const unknownNumbers = 100

function carryOver(client: SQLite.Database, given: Given | null, now: number) {
  const raise = client.prepare(
    `INSERT INTO numbers (pizzeria, day, test, last) SELECT id, @day, @test, @last FROM pizzerias WHERE id = @pizzeria
     ON CONFLICT (pizzeria, day, test) DO UPDATE SET last = max(last, excluded.last)`,
  )
  const end = client.prepare('UPDATE sessions SET ended_at = @ended_at WHERE id = @id AND ended_at IS NULL')
  if (given) {
    for (const number of given.numbers) raise.run(number)
    for (const session of given.ended) end.run(session)
    return
  }
  const pizzerias = client.prepare('SELECT id, timezone FROM pizzerias').all() as { id: string; timezone: string }[]
  for (const { id, timezone } of pizzerias) {
    const today = businessDay(now, timezone)
    const days = client
      .prepare('SELECT day, max(number) AS last FROM orders WHERE pizzeria = ? AND day >= ? GROUP BY day')
      .all(id, today) as { day: string; last: number }[]
    for (const { day, last } of days.some(({ day }) => day === today) ? days : [...days, { day: today, last: 0 }])
      for (const test of [0, 1]) raise.run({ pizzeria: id, day, test, last: last + unknownNumbers })
  }
}

/** The secrets stay, or every device would have to sign in again. Both lists of erasures are kept completely. */
function bringCompanions(databaseFile: string, from: string) {
  const [secrets, erasures] = companions
  if (!existsSync(databaseFile + secrets) && existsSync(from + secrets))
    copyFileSync(from + secrets, databaseFile + secrets)
  const lines = [databaseFile, from]
    .filter((file) => existsSync(file + erasures))
    .flatMap((file) => readFileSync(file + erasures, 'utf8').split('\n'))
    .filter(Boolean)
  if (lines.length === 0) return
  const part = `${databaseFile}${erasures}.part`
  writeFileSync(part, `${[...new Set(lines)].join('\n')}\n`, { mode: 0o600 })
  flush(part)
  renameSync(part, databaseFile + erasures)
}

/** This also leaves the copy in one file, without a WAL that could be forgotten. */
function requireSound(file: string, name: string) {
  const client = new SQLite(file)
  try {
    client.pragma('journal_mode = DELETE')
    const [first] = client.pragma('quick_check(1)') as { quick_check: string }[]
    if (first?.quick_check !== 'ok') throw new Error(first?.quick_check)
    client.prepare('SELECT epoch FROM log').get()
  } catch (error) {
    throw new Error(`${name} is damaged, or no database of Comanda: ${(error as Error).message}`, { cause: error })
  } finally {
    client.close()
  }
}
