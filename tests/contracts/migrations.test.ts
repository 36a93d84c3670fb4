import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { describe, expect, it } from 'vitest'
import { migrateSqlite, migrationsIn } from '../../db/migrate.ts'
import { root } from '../support/sources.ts'

const files = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => [
        join(entry.parentPath, entry.name).slice(folder.length),
        readFileSync(join(entry.parentPath, entry.name), 'utf8'),
      ]),
  )

describe('the migrations', () => {
  it.each([
    ['sqlite', 'sqlite'],
    ['postgres', 'postgresql'],
  ])(
    '[LOG-1] of %s are in step with the schema: generating again adds nothing',
    { timeout: 120_000 },
    (name, dialect) => {
      // Inside the project, because the tool takes paths relative to it.
      const folder = mkdtempSync(join(root, 'node_modules/.migrations-'))
      try {
        cpSync(join(root, 'db/migrations', name), folder, { recursive: true })
        const before = files(folder)
        const run = spawnSync(
          process.execPath,
          [
            join(root, 'node_modules/drizzle-kit/bin.cjs'),
            'generate',
            `--dialect=${dialect}`,
            `--schema=./db/schema.${name}.ts`,
            `--out=./${folder.slice(root.length + 1)}`,
          ],
          { cwd: root, encoding: 'utf8' },
        )
        expect(run.status, run.stdout + run.stderr).toBe(0)
        expect(files(folder)).toEqual(before)
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    },
  )

  it('[LOG-5] change nothing when they run twice, and keep the epoch', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'comanda-migrate-'))
    const client = new SQLite(join(folder, 'comanda.db'))
    const migrations = migrationsIn(new URL('../../db/migrations/sqlite/', import.meta.url))
    const state = () => [
      client.prepare('SELECT sql FROM sqlite_master ORDER BY name').all(),
      client.prepare('SELECT * FROM log').all(),
      client.prepare('SELECT * FROM __drizzle_migrations').all(),
    ]
    await migrateSqlite(drizzle(client), migrations)
    const before = state()
    await migrateSqlite(drizzle(client), migrations)
    expect(state()).toEqual(before)
    client.close()
    rmSync(folder, { recursive: true })
  })
})
