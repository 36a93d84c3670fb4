import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { restore } from '../db/backup.ts'
import { migrationsIn } from '../db/migrate.ts'
import { databaseFile } from './database-file.ts'

/** `npm run restore -- folder`, or a copy that a migration made. The server must be stopped. */
process.umask(0o077)
try {
  const from = process.argv[2]
  if (!from) throw new Error('say which backup, as in "npm run restore -- .data/backups/comanda-2026-11-27T20-00-00".')
  await restore({
    databaseFile: databaseFile(),
    from: fileIn(from),
    migrations: migrationsIn(new URL('../db/migrations/sqlite/', import.meta.url)),
    now: Date.now(),
  })
  console.log('Restored. Start the server: every screen takes a fresh snapshot, and order numbers go on.')
} catch (error) {
  console.error(`Nothing was restored: ${(error as Error).message}`)
  process.exitCode = 1
}

/** The database of a backup's folder, or the file itself. */
function fileIn(path: string): string {
  if (!existsSync(path)) throw new Error(`there is no ${path}.`)
  if (statSync(path).isFile()) return path
  const name = readdirSync(path).find((one) => existsSync(join(path, one)) && !/\.(json|jsonl)$|-(wal|shm)$/.test(one))
  if (!name) throw new Error(`${path} holds no database.`)
  return join(path, name)
}
