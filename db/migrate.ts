import { createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { sql } from 'drizzle-orm'

/** Where the checked-in migrations are read from: the folder of the source tree, or the assets of a build. */
export interface MigrationFiles {
  read(path: string): Promise<string>
}

export const migrationsIn = (folder: URL): MigrationFiles => ({
  read: (path) => readFile(new URL(path, folder), 'utf8'),
})

/** All migrations, oldest first, as drizzle takes them. */
export async function readMigrations(files: MigrationFiles) {
  const journal = JSON.parse(await files.read('meta/_journal.json')) as {
    entries: { tag: string; when: number; breakpoints: boolean }[]
  }
  return await Promise.all(
    journal.entries.map(async ({ tag, when, breakpoints }) => {
      const text = await files.read(`${tag}.sql`)
      return {
        tag,
        sql: text.split('--> statement-breakpoint'),
        folderMillis: when,
        hash: createHash('sha256').update(text).digest('hex'),
        bps: breakpoints,
      }
    }),
  )
}

/**
 * Brings an SQLite database up to date, and gives a new one its epoch. Safe to run at every start. `before` is told the
 * name of the first migration that is about to change a database with something in it; when it throws, nothing is
 * changed.
 */
export async function migrateSqlite(
  db: BetterSQLite3Database,
  files: MigrationFiles,
  before: (migration: string) => Promise<unknown> = async () => {},
) {
  const migrations = await readMigrations(files)
  const done = lastMigration(db)
  const next = migrations.find(({ folderMillis }) => folderMillis > done)
  if (done > 0 && next) await before(next.tag)
  // drizzle's own `migrate()` wants a folder on disk, which a build does not have; this is the call behind it.
  const { dialect, session } = db as unknown as {
    dialect: { migrate(migrations: unknown[], session: unknown, config: unknown): void }
    session: unknown
  }
  dialect.migrate(migrations, session, { migrationsFolder: '' })
  db.run(sql`INSERT OR IGNORE INTO log (id, epoch) VALUES (1, ${newEpoch()})`)
}

/** When the newest migration of this database was made (ms since 1970), as drizzle notes it; 0: it is new. */
function lastMigration(db: BetterSQLite3Database): number {
  const [table] = db.all(sql`SELECT name FROM sqlite_master WHERE name = '__drizzle_migrations'`)
  if (!table) return 0
  const [row] = db.all<{ last: number | null }>(sql`SELECT max(created_at) AS last FROM __drizzle_migrations`)
  return Number(row?.last ?? 0)
}

/** A random word for cursors; 8 characters are enough to tell two lives of a database apart. */
export const newEpoch = () => randomBytes(6).toString('base64url')
