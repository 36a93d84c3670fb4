import { newEpoch, readMigrations, type MigrationFiles } from '../migrate.ts'
import type { Connection } from './connection.ts'

/** For our advisory locks: "coma" in ASCII, so that other users of the same server are not in their way. */
const lockClass = 0x636f6d61
export const migrationLock = `SELECT pg_advisory_xact_lock(${lockClass}, 1);`
export const aloneLock = `SELECT pg_advisory_xact_lock(${lockClass}, 2);`

/** How long a node waits for another one's migrations, ms. */
const patienceMs = 600_000

/** Brings the database up to date, and gives a new one its epoch; ten nodes may do it at once. All or nothing. */
export async function migratePostgres(connection: Connection, files: MigrationFiles) {
  const migrations = await readMigrations(files)
  await connection.open()
  await requireUnicode(connection)
  await connection.run(`BEGIN; SET LOCAL lock_timeout = 0; ${migrationLock}`, patienceMs)
  try {
    await connection.run(
      'CREATE TABLE IF NOT EXISTS migrations (tag text PRIMARY KEY, created_at bigint NOT NULL, hash text NOT NULL)',
    )
    const { rows } = await connection.run('SELECT coalesce(max(created_at), 0) AS last FROM migrations')
    const { last } = rows[0] as { last: number }
    for (const { tag, folderMillis, hash, sql } of migrations) {
      if (folderMillis <= last) continue
      await connection.run(sql.join(';\n'), patienceMs)
      await connection.query({ text: 'INSERT INTO migrations VALUES ($1, $2, $3)' }, [tag, folderMillis, hash])
    }
    await connection.query({ text: 'INSERT INTO log (id, epoch) VALUES (1, $1) ON CONFLICT DO NOTHING' }, [newEpoch()])
    await connection.run('COMMIT')
  } catch (error) {
    if (connection.alive) await connection.run('ROLLBACK').catch(() => connection.abandon())
    throw error
  }
}

/** Another encoding lacks most letters, and says so only when somebody writes one; SQL_ASCII takes every byte. */
async function requireUnicode(connection: Connection) {
  const { rows } = await connection.run("SELECT current_setting('server_encoding') AS encoding")
  const { encoding } = rows[0] as { encoding: string }
  if (!['UTF8', 'SQL_ASCII'].includes(encoding))
    throw new Error(`the database has the encoding ${encoding}, but it must be UTF8`)
}
