import { join, dirname } from 'node:path'
import { backUp } from '../db/backup.ts'
import { databaseFile } from './database-file.ts'

/** `npm run backup`, `npm run backup -- folder`: safe while the server runs. */
process.umask(0o077)
try {
  const file = databaseFile()
  const name = `comanda-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}`
  const folder = process.argv[2] ?? join(dirname(file), 'backups', name)
  await backUp(file, folder)
  console.log(folder)
} catch (error) {
  console.error(`No backup was made: ${(error as Error).message}`)
  process.exitCode = 1
}
