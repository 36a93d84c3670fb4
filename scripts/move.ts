import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { migrationsIn } from '../db/migrate.ts'
import { moveToPostgres } from '../db/move.ts'
import type { Store } from '../db/store.ts'
import { erasureList } from '../server/people/list.ts'
import { readConfig } from '../server/config.ts'
import { databaseFile } from './database-file.ts'

/** `npm run move -- --to postgres://…`: from the SQLite file that the server would open, with the server stopped. */
try {
  const { to } = parseArgs({ options: { to: { type: 'string' } } }).values
  if (!to || !/^postgres(?:ql)?:\/\//.test(to)) throw new Error('say where to: npm run move -- --to postgres://…')
  const from = databaseFile()
  const secrets = `${from}.secrets.json`
  const migrations = (dialect: string) => migrationsIn(new URL(`../db/migrations/${dialect}/`, import.meta.url))
  const counts = await moveToPostgres({
    from,
    to,
    migrations: { sqlite: migrations('sqlite'), postgres: migrations('postgres') },
    secrets: existsSync(secrets) ? readFileSync(secrets, 'utf8') : null,
    // A file: it asks no store.
    erased: await erasureList({ config: readConfig({ DATABASE_URL: `file:${from}` }), store: {} as Store }).all(),
    now: Date.now(),
  })
  for (const [table, rows] of Object.entries(counts)) console.log(`${table.padEnd(14)}${rows}`)
  console.log('\nEach row was compared. Start the nodes with DATABASE_URL set to the new address.')
} catch (error) {
  console.error(`Nothing was changed in SQLite: ${(error as Error).message}`)
  process.exitCode = 1
}
