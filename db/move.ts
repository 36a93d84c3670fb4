import { existsSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import SQLite from 'better-sqlite3'
import { getTableName, is, Table } from 'drizzle-orm'
import type { MigrationFiles } from './migrate.ts'
import { openPostgres } from './postgres.ts'
import { moved } from './moved.ts'
import { Connection } from './postgres/connection.ts'
import * as schema from './schema.sqlite.ts'
import { explain } from './sound.ts'
import { openSqlite } from './sqlite.ts'

export interface Moving {
  /** Path of the SQLite database. */
  from: string
  /** `postgres://…`, of an empty database, or of one that an earlier run has begun to fill. */
  to: string
  migrations: { sqlite: MigrationFiles; postgres: MigrationFiles }
  /** What lies beside the database: its secrets (JSON), and the ids of orders whose people were erased. */
  secrets: string | null
  erased: string[]
  now: number
}

type Row = Record<string, unknown>
/** Rows that travel together. */
const pageRows = 500
/** PostgreSQL takes 65,535 values in one statement. */
const maxValues = 30_000
/** How long the last run's connections are waited for, ms: its server notices soon that it was killed. */
const goneWithinMs = 5000

/**
 * Copies a shop's SQLite database into PostgreSQL and compares each row afterwards; returns how many rows each table
 * has. Nobody may write to the SQLite database meanwhile: it is locked. A run that was cut short is continued by the
 * next one. PostgreSQL keeps an epoch of its own, so that every client takes one snapshot.
 */
export async function moveToPostgres({ from, to, migrations, secrets, erased, now }: Moving) {
  if (!existsSync(from)) throw new Error(`There is no database ${from}.`)
  openAlone(from).close()
  // Both up to date: from here on they have the same tables.
  await (await openSqlite({ file: from, migrations: migrations.sqlite, lockWaitMs: 1000 })).close()
  await (await openPostgres({ url: to, migrations: migrations.postgres })).close()
  const source = openAlone(from)
  const target = new Connection({ url: to, lockWaitMs: 10_000, answerMs: 120_000 })
  try {
    await target.open()
    await aloneAt(target)
    await claim(source, target)
    const counts: Record<string, number> = {}
    const names = tables(source)
    for (const name of names) await copy(source, target, name)
    await target.query({ text: 'UPDATE log SET trusted_at = $1' }, [
      (source.prepare('SELECT trusted_at AS at FROM log').get() as { at: number | null }).at,
    ])
    for (const name of names) counts[name] = await compare(source, target, name)
    const keep = 'INSERT INTO secrets VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value'
    if (secrets) await target.query({ text: keep }, ['installation', secrets])
    for (const order of erased)
      await target.query({ text: 'INSERT INTO erasures VALUES ($1, $2) ON CONFLICT DO NOTHING' }, [order, now])
    await target.query({ text: 'DELETE FROM secrets WHERE name = $1' }, [moved.unfinished])
    return counts
  } finally {
    source.close()
    await target.close()
  }
}

/**
 * Opens the database for nobody else, until it is closed. A server that writes nothing at this moment has it open all
 * the same, and would go on to take orders that nobody copies.
 */
function openAlone(file: string): SQLite.Database {
  const source = new SQLite(file, { timeout: 1000 })
  try {
    source.pragma('locking_mode = EXCLUSIVE')
    source.exec('BEGIN IMMEDIATE')
    return source
  } catch (error) {
    source.close()
    if (!(error as { code?: string }).code?.startsWith('SQLITE_BUSY')) throw explain(error, file)
    throw new Error(`A server runs on ${file}. Stop it, then move.`, { cause: error })
  }
}

/** A node that runs there meanwhile knows nothing of what is copied, and may write under it. */
async function aloneAt(target: Connection) {
  const text = `SELECT count(*) AS others FROM pg_stat_activity
    WHERE datname = current_database() AND application_name LIKE 'comanda%' AND pid <> pg_backend_pid()`
  for (const until = performance.now() + goneWithinMs; ; await wait(100)) {
    const [row] = (await target.run(text)).rows as { others: number }[]
    if (row!.others === 0) return
    if (performance.now() > until) throw new Error('Nodes run on this PostgreSQL database. Stop them, then move.')
  }
}

/** Refuses a database with somebody else's rows in it, and one that nodes have served since. */
async function claim(source: SQLite.Database, target: Connection) {
  const { epoch } = source.prepare('SELECT epoch FROM log').get() as { epoch: string }
  const [known] = (await target.query({ text: 'SELECT value FROM secrets WHERE name = $1' }, [moved.from]))
    .rows as Row[]
  const [row] = (await target.run('SELECT count(*) AS count FROM pizzerias')).rows as { count: number }[]
  if (known?.value === moved.served)
    throw new Error('Nodes have run on this PostgreSQL database since it was moved; move into an empty one.')
  if (known ? known.value !== epoch : row!.count > 0)
    throw new Error('This PostgreSQL database has rows of another Comanda; move into an empty one.')
  await target.query({ text: 'INSERT INTO secrets VALUES ($1, $2), ($3, $2) ON CONFLICT DO NOTHING' }, [
    moved.from,
    epoch,
    moved.unfinished,
  ])
}

/**
 * Each after those that it refers to, else by name, wherever this runs: a module's names have no order of their own
 * everywhere. Not the log's own row, and nothing that lies beside.
 */
function tables(source: SQLite.Database): string[] {
  const all = Object.values<unknown>(schema).flatMap((one) => (is(one, Table) ? [getTableName(one)] : []))
  const own = new Set(['log', 'secrets', 'erasures'])
  const sorted = new Set<string>()
  function add(name: string) {
    if (sorted.has(name)) return
    for (const { table } of source.pragma(`foreign_key_list(${name})`) as { table: string }[]) add(table)
    sorted.add(name)
  }
  all
    .filter((name) => !own.has(name))
    .toSorted()
    .forEach(add)
  return [...sorted]
}

interface Shape {
  columns: string[]
  keys: string[]
  /** Which of them are true or false, and which are text. */
  kinds: Map<string, string>
}

async function shapeOf(source: SQLite.Database, target: Connection, table: string): Promise<Shape> {
  const info = source.pragma(`table_info(${table})`) as { name: string; pk: number }[]
  const { rows } = await target.query(
    { text: 'SELECT column_name AS name, data_type AS kind FROM information_schema.columns WHERE table_name = $1' },
    [table],
  )
  return {
    columns: info.map(({ name }) => name),
    keys: info
      .filter(({ pk }) => pk > 0)
      .toSorted((a, b) => a.pk - b.pk)
      .map(({ name }) => name),
    kinds: new Map((rows as { name: string; kind: string }[]).map(({ name, kind }) => [name, kind])),
  }
}

const quoted = (names: string[]) => names.map((name) => `"${name}"`).join(', ')

/** A value as PostgreSQL has it; a document keeps its text, letter by letter. */
function asKept(value: unknown, kind: string | undefined): unknown {
  if (value === null) return null
  if (kind === 'boolean') return value === 1
  return kind === 'text' ? String(value).replaceAll('\0', '\uFFFD') : value
}

async function copy(source: SQLite.Database, target: Connection, table: string) {
  const { columns, kinds } = await shapeOf(source, target, table)
  const most = Math.min(pageRows, Math.floor(maxValues / columns.length))
  const page = source.prepare(
    `SELECT rowid AS "rowid ", * FROM "${table}" WHERE rowid > ? ORDER BY rowid LIMIT ${most}`,
  )
  for (let last: unknown = 0; ;) {
    const rows = page.all(last) as Row[]
    if (rows.length === 0) return
    last = rows.at(-1)!['rowid ']
    const places = rows.map((_, row) => `(${columns.map((__, at) => `$${row * columns.length + at + 1}`).join()})`)
    await target.query(
      { text: `INSERT INTO "${table}" (${quoted(columns)}) VALUES ${places.join()} ON CONFLICT DO NOTHING` },
      rows.flatMap((row) => columns.map((name) => asKept(row[name], kinds.get(name)))),
    )
  }
}

/** Reads both in the same order, row by row; throws at the first that differs. */
async function compare(source: SQLite.Database, target: Connection, table: string): Promise<number> {
  const { columns, keys, kinds } = await shapeOf(source, target, table)
  const order = keys.map((key) => `"${key}"${kinds.get(key) === 'text' ? ' COLLATE "C"' : ''}`).join(', ')
  await target.run(
    `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL idle_in_transaction_session_timeout = 0;
     DECLARE moved NO SCROLL CURSOR FOR SELECT ${quoted(columns)} FROM "${table}" ORDER BY ${order}`,
  )
  try {
    let theirs: Row[] = []
    let count = 0
    for (const ours of source.prepare(`SELECT * FROM "${table}" ORDER BY ${quoted(keys)}`).iterate() as Iterable<Row>) {
      if (theirs.length === 0) theirs = (await target.run(`FETCH ${pageRows} FROM moved`)).rows as Row[]
      const their = theirs.shift()
      const name = columns.find((column) => their?.[column] !== asKept(ours[column], kinds.get(column)))
      if (!their || name)
        throw new Error(
          `Row ${keys.map((key) => String(ours[key])).join(' ')} of "${table}" is not the same in PostgreSQL` +
            `${their ? ` (${name})` : ''}. Nothing was changed in SQLite; empty the new database and move again.`,
        )
      count += 1
    }
    if (theirs.length > 0 || (await target.run('FETCH 1 FROM moved')).rows.length > 0)
      throw new Error(`PostgreSQL has more rows of "${table}" than SQLite; empty it and move again.`)
    return count
  } finally {
    await target.run('ROLLBACK')
  }
}
