import type { MigrationFiles } from './migrate.ts'
import type { Store } from './store.ts'

export type Dialect = 'sqlite' | 'postgres'

export interface Opening {
  /** `file:…` or `postgres://…` */
  url: string
  migrations: (dialect: Dialect) => MigrationFiles
}

/** Opens the database that an address names. What the other kind needs is not even loaded. */
export async function openStore({ url, migrations }: Opening): Promise<Store> {
  if (url.startsWith('file:')) {
    const { openSqlite } = await import('./sqlite.ts')
    return await openSqlite({ file: url.slice('file:'.length), migrations: migrations('sqlite') })
  }
  const { openPostgres } = await import('./postgres.ts')
  return await openPostgres({ url, migrations: migrations('postgres') })
}
